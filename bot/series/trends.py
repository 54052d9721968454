"""What moves among the kinds of customers that a season follows: reckoned anew before an episode is woven."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.nps.ledger import Ledger, shown
from storage import nps_counts, nps_settings, series_around, series_trends
from stories.nps.change import Change, compare
from stories.nps.counts import score
from stories.nps.grammar import Cell
from stories.nps.periods import Calendar, Period
from stories.series.material import Trend
from stories.series.seasons import Season
from stories.series.sources import Kind, Ref

DAYS = 91
"""Days of each stretch of NPS: thirteen whole weeks, so that the rules on small groups can allow it."""


async def keep(session: AsyncSession, workspace_id: str, season: Season, now: datetime) -> None:
    """Keep which themes, and whose NPS, moved by more than chance and may be told.

    NPS is told of a kind of customer where a property of answers has a value of the same name.
    """
    await series_trends.reckon(session, workspace_id, season, now.date())
    kinds = sorted({one.segment for one in season.agreed if one.segment})
    if kinds:
        found = [one async for one in _moved(session, workspace_id, kinds, now.date())]
        await series_around.keep_trends(session, workspace_id, found)


async def _moved(
    session: AsyncSession, workspace_id: str, kinds: list[str], today: date
) -> AsyncIterator[Trend]:
    settings = await nps_settings.get(session, workspace_id)
    cells = await _cells(session, workspace_id, kinds)
    fiscal = Calendar(fiscal_start=settings.year_begins)
    ledger = Ledger(session, workspace_id, today, fiscal, fewest=settings.smallest_group)
    last = today - timedelta(days=today.isoweekday())
    for kind, cell in cells.items():
        change = await _change(ledger, cell, last)
        if change is None or not change.real:
            continue
        before, after = score(change.before), score(change.after)
        if before is not None and after is not None and round(before) != round(after):
            yield Trend(
                ref=Ref(Kind.TREND, "0"),
                segment=kind,
                theme="",
                before=round(before),
                after=round(after),
                days=DAYS,
                day=last,
                people=min(change.before.n, change.after.n),
            )


async def _change(ledger: Ledger, cell: Cell, last: date) -> Change | None:
    """From one stretch to the next, where the rules on small groups let both be told whole."""
    first = last - timedelta(days=DAYS - 1)
    spans = (
        Period(first=first - timedelta(days=DAYS), last=first - timedelta(days=1)),
        Period(first=first, last=last),
    )
    for span in spans:
        if await ledger.decide(partial(shown, cell, span)) != span:
            return None
    before, after = (ledger.fetched.counts(cell, span) for span in spans)
    return compare(before, after)


async def _cells(session: AsyncSession, workspace_id: str, kinds: list[str]) -> dict[str, Cell]:
    """The cell of answers that bears the name of each kind of customer; no entry where none does."""
    words = await nps_counts.vocabulary(session, workspace_id)
    named = {value.casefold(): ((name, value),) for name, values in words.items() for value in values}
    return {kind: named[kind.casefold()] for kind in kinds if kind.casefold() in named}
