"""What a business figure goes together with: NPS by month set beside it, under the rules on small groups."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Mapping
from datetime import date
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.nps.facts import Facts, fiscal_of, ledger_of
from bot.nps.ledger import Ledger, shown
from storage import nps_figures
from storage.nps_figures import EVERYBODY, Segment
from storage.nps_segments import fold
from stories.nps.counts import score
from stories.nps.grammar import Cell
from stories.nps.periods import Unit, moved, starting, whole
from stories.nps.whitening import Series
from stories.nps.worth import FEWEST_SEGMENTS, Association, TooEarly, over_segments, over_time
from stories.values import dataclass

Amounts = Mapping[Segment, Mapping[date, float]]

MOST_MONTHS = 120

ENOUGH_DAYS = 21
"""A month counts with the part of it that may be shown, when that has at least so many days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What was found, of which months; `property_name` is that of the segments compared, "" for one series.

    `segment` is whose figure it is where one was asked about. `scores` and `amounts`, what a chart shows, are
    that segment's, else everybody's, where they are known.
    """

    figure: str
    segment: Segment = EVERYBODY
    found: Association | TooEarly
    months: tuple[date, ...]
    scores: tuple[float | None, ...]
    amounts: tuple[float | None, ...]
    property_name: str = ""


async def weigh(
    session: AsyncSession, workspace_id: str, facts: Facts, figure: str, segment: Segment = EVERYBODY
) -> Worth:
    """Set a figure beside NPS: over the segments of one property where that has enough, else over time.

    With a `segment` that has figures of its own its two series alone; one without is weighed as everybody.
    """
    known = _as_written(await nps_figures.series(session, workspace_id, figure), facts)
    about = segment if segment in known else EVERYBODY
    months = _months(facts, {about: known[about]} if about != EVERYBODY else known)
    ledger = ledger_of(session, workspace_id, facts)
    name = _panel(known) if about == EVERYBODY else ""
    segments = [about, *(one for one in known if one[0] == name and name)]
    await ledger.look_around(_cell(one) for one in segments)
    scores = {one: await _scores(ledger, _cell(one), months) for one in segments}
    amounts = {one: _amounts(known.get(one, {}), months) for one in segments}
    seed = zlib.crc32(figure.encode())
    # Shuffling takes up to a second, in which the bot has others to answer.
    if name:
        sides = [{one[1]: side[one] for one in segments[1:]} for side in (scores, amounts)]
        found = await asyncio.to_thread(over_segments, sides[0], sides[1], seed=seed)
    else:
        found = await asyncio.to_thread(over_time, scores[about], amounts[about], seed=seed)
    return Worth(
        figure=figure,
        segment=about,
        found=found,
        months=months,
        scores=tuple(scores[about]),
        amounts=tuple(amounts[about]),
        property_name=name,
    )


def asked_of(facts: Facts) -> Segment:
    """Whose figure a question of worth is about: the one segment that it names, else everybody's."""
    sides = facts.question.sides
    return sides[0][0] if len(sides) == 1 and len(sides[0]) == 1 else EVERYBODY


def _as_written(known: Amounts, facts: Facts) -> Amounts:
    """The same with segments as answers write them: figures may come in other capitals."""
    written = {
        (fold(name), fold(value)): (name, value)
        for name, values in facts.vocabulary.segments.items()
        for value in values
    }
    return {written.get((fold(one[0]), fold(one[1])), one): by_month for one, by_month in known.items()}


def _months(facts: Facts, known: Mapping[Segment, Mapping[date, float]]) -> tuple[date, ...]:
    """Every month from the first figure or answer, whichever is later, to the last that is over."""
    figures = [month for by_month in known.values() for month in by_month]
    if not figures or facts.covered is None:
        return ()
    first = max(min(figures), facts.covered[0].replace(day=1))
    end = min(max(figures), moved(starting(Unit.MONTH, facts.today, fiscal_of(facts)), Unit.MONTH, -1))
    months: list[date] = []
    while first <= end and len(months) < MOST_MONTHS:
        months.append(first)
        first = moved(first, Unit.MONTH, 1)
    return tuple(months)


def _panel(known: Mapping[Segment, object]) -> str:
    """The property with the most segments, when there are enough of them or nothing else; "" for none."""
    counts: dict[str, int] = {}
    for name, _value in known:
        counts[name] = counts.get(name, 0) + bool(name)
    best = max(counts, key=lambda name: (counts[name], name), default="")
    if counts.get(best, 0) >= FEWEST_SEGMENTS or (EVERYBODY not in known and counts.get(best, 0) > 1):
        return best
    return ""


def _cell(segment: Segment) -> Cell:
    return () if segment == EVERYBODY else (segment,)


async def _scores(ledger: Ledger, cell: Cell, months: tuple[date, ...]) -> Series:
    found: list[float | None] = []
    for month in months:
        span = whole(Unit.MONTH, month, ledger.fiscal)
        allowed = await ledger.decide(partial(shown, cell, span))
        enough = allowed is not None and allowed.days >= ENOUGH_DAYS
        found.append(score(ledger.fetched.counts(cell, allowed)) if allowed and enough else None)
    return found


def _amounts(by_month: Mapping[date, float], months: tuple[date, ...]) -> Series:
    return [by_month.get(month) for month in months]
