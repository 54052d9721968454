"""What each candidate for the top three is worth, where this workspace has learnt what NPS is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.nps.facts import understand
from bot.nps.worth import Worth as Weighed
from bot.nps.worth import weigh
from bot.priorities.evidence import Evidence
from storage import nps_figures
from storage.nps_figures import EVERYBODY
from stories.nps.counts import Counts
from stories.nps.worth import Association
from stories.priorities.evidence import Candidate
from stories.priorities.stakes import Estimated, at_stake, points_lost
from stories.values import dataclass

MOST_FIGURES = 2
"""Figures that candidates are weighed with: each takes up to a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a kind of customers brought in its last month, as far as it is known."""

    segment: str
    month: date
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """What one candidate is worth in one figure: what goes with its points, and what its kind brings.

    `amount` is None where no link is seen, or its points are not known.
    """

    figure: str
    amount: Estimated | None = None
    brought: Brought | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakes:
    """What was learnt of each figure (none: nobody brought any in), and what follows for each theme."""

    learned: tuple[Weighed, ...] = ()
    points: Mapping[int, Estimated | None] = field(default_factory=dict)
    of: Mapping[int, tuple[Stake, ...]] = field(default_factory=dict)


async def stakes(session: AsyncSession, workspace_id: str, evidence: Evidence, now: datetime) -> Stakes:
    """What follows for these candidates from the first figures there are. Takes up to a second for each."""
    facts = await understand(session, workspace_id, "worth", now)
    figures = tuple(facts.vocabulary.figures)[:MOST_FIGURES] if facts.covered else ()
    learned = [await weigh(session, workspace_id, facts, figure) for figure in figures]
    return await following(session, workspace_id, evidence, learned)


async def following(
    session: AsyncSession, workspace_id: str, evidence: Evidence, learned: Sequence[Weighed]
) -> Stakes:
    """The same from what was learnt already."""
    brought = {one.figure: await _brought(session, workspace_id, one.figure) for one in learned}
    return Stakes(
        learned=tuple(learned),
        points={one.theme_id: points_lost(one, evidence.scores) for one in evidence.candidates},
        of={
            one.theme_id: tuple(_stake(one, evidence.scores, what, brought[what.figure]) for what in learned)
            for one in evidence.candidates
        },
    )


def _stake(one: Candidate, everybody: Counts, learned: Weighed, brought: Mapping[str, Brought]) -> Stake:
    found = learned.found
    amount = at_stake(one, everybody, found) if isinstance(found, Association) else None
    kinds = (brought.get(name.casefold()) for name, _number in one.segments)
    return Stake(
        figure=learned.figure, amount=amount, brought=next((kind for kind in kinds if kind is not None), None)
    )


async def _brought(session: AsyncSession, workspace_id: str, figure: str) -> dict[str, Brought]:
    """What each kind of customers brought in its last month, by its folded value."""
    known = await nps_figures.series(session, workspace_id, figure)
    found = {}
    for segment, by_month in known.items():
        if segment != EVERYBODY and by_month:
            month = max(by_month)
            found[segment[1].casefold()] = Brought(segment=segment[1], month=month, amount=by_month[month])
    return found
