"""Looking back at milestones: what happened to the NPS of those a project is for, as far as one may say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.avatars.survey_kinds import LIKELY
from bot.messages import milestones as words
from bot.messages.dates import day
from bot.nps.ledger import Ledger, shown
from storage import milestones, nps_counts, nps_settings, projects
from storage.nps_segments import fold
from stories.attention import LOOKING_BACK
from stories.avatars.milestones import Kind, Span, span
from stories.avatars.project import ProjectState
from stories.nps.change import compare
from stories.nps.counts import Counts
from stories.nps.grammar import Cell
from stories.nps.periods import Calendar, Period
from stories.values import dataclass

__all__ = ["LOOKING_BACK", "can_look_back", "cell_of", "told_now"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A look back in words, and the thread in which it is told."""

    payload: dict[str, Any]
    thread_ts: str


async def can_look_back(session: AsyncSession, workspace_id: str, segment: str) -> bool:
    """Whether anybody answers here, and answers tell this kind of customer apart (all: when empty)."""
    if await nps_counts.days_covered(session, workspace_id) is None:
        return False
    return cell_of(await nps_counts.vocabulary(session, workspace_id), segment) is not None


def cell_of(vocabulary: Mapping[str, tuple[str, ...]], segment: str) -> Cell | None:
    """Whose answers are those of this kind of customer; None where answers do not tell them apart."""
    if not segment:
        return ()
    holding = [
        (name, value)
        for name, values in vocabulary.items()
        for value in values
        if fold(value) == fold(segment)
    ]
    rank = {fold(name): at for at, name in enumerate(LIKELY)}
    best = min(holding, key=lambda pair: rank.get(fold(pair[0]), len(rank)), default=None)
    return None if best is None else (best,)


async def told_now(
    session: AsyncSession, workspace_id: str, milestone_id: int, weeks: int, now: datetime
) -> Told | None:
    """What there is to tell so many weeks after; None when it was taken back or the project is over."""
    milestone = await milestones.get(session, workspace_id, milestone_id)
    project = await projects.get(session, workspace_id, milestone.project_id) if milestone else None
    if milestone is None or project is None or project.state is ProjectState.DONE:
        return None
    if weeks not in milestone.weeks:
        return None
    settings = await nps_settings.get(session, workspace_id)
    zone = ZoneInfo(settings.time_zone)
    marked_on = milestone.marked_at.astimezone(zone).date()
    cell = cell_of(await nps_counts.vocabulary(session, workspace_id), project.segment)
    if cell is None:
        return None
    ledger = Ledger(
        session,
        workspace_id,
        now.astimezone(zone).date(),
        Calendar(fiscal_start=settings.year_begins),
        fewest=settings.smallest_group,
    )
    sides = await _sides(ledger, cell, span(marked_on, weeks))
    payload = words.looked_back(
        project,
        Kind(milestone.kind),
        milestone_id=milestone_id,
        weeks=weeks,
        more=weeks < max(milestone.weeks),
        marked_on=day(marked_on),
        sides=sides,
        change=compare(sides[0][1], sides[1][1]) if sides else None,
    )
    return Told(payload=payload, thread_ts=milestone.thread_ts)


async def _sides(
    ledger: Ledger, cell: Cell, asked: Span
) -> tuple[tuple[Period, Counts], tuple[Period, Counts]] | None:
    """What may be shown of both sides; None where one of them may not be, or nobody answered."""
    found = []
    for period in (asked.before, asked.after):
        part = await ledger.decide(partial(shown, cell, period))
        counts = ledger.fetched.counts(cell, part) if part else None
        if part is None or counts is None or counts.n == 0:
            return None
        found.append((part, counts))
    return found[0], found[1]
