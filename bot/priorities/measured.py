"""What NPS comes to for the kinds of customers that somebody looks at: now, before, and month by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.nps.ledger import Ledger, shown
from storage import nps_settings
from stories.nps.change import Change, compare
from stories.nps.counts import Counts
from stories.nps.periods import DAY, Calendar, Period, Unit, buckets, moved, starting
from stories.priorities.priority import Priority, Segment
from stories.values import dataclass

BEFORE = timedelta(days=91)
"""How far back the answers lie that are kept when one of the top three is chosen."""

MONTHS = 6
"""Months of a trend; the second half is held against the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """NPS of a segment over the last whole months, oldest first; None for one too small to be shown.

    `latest` are the answers of the second half, `change` holds them against the first; None where one of
    them may not be shown.
    """

    segment: Segment
    months: tuple[Counts | None, ...]
    latest: Counts | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One of the top three with its segment's answers since it was chosen; None where they are too few."""

    priority: Priority
    since: Counts | None

    @property
    def change(self) -> Change | None:
        """Since it was chosen against the time before; None without answers on both sides."""
        if self.priority.start is None or self.since is None:
            return None
        return compare(self.priority.start, self.since)


async def ledger_on(session: AsyncSession, workspace_id: str, now: datetime) -> Ledger:
    """What the workspace's counts are looked at with, on the day that it is there."""
    settings = await nps_settings.get(session, workspace_id)
    today = now.astimezone(ZoneInfo(settings.time_zone)).date()
    fiscal = Calendar(fiscal_start=settings.year_begins)
    return Ledger(session, workspace_id, today, fiscal, fewest=settings.smallest_group)


async def trends(ledger: Ledger, segments: Sequence[Segment]) -> tuple[Trend, ...]:
    """The last months of each of these segments, as far as the rules on small groups let them be shown."""
    if not segments:
        return ()
    await ledger.look_around(segments)
    end = starting(Unit.MONTH, ledger.today, ledger.fiscal)
    return tuple([await _trend(ledger, segment, end) for segment in segments])


async def standing_now(ledger: Ledger, chosen: Sequence[Priority]) -> tuple[Standing, ...]:
    """These of the top three with what their segments' answers came to since."""
    if not chosen:
        return ()
    await ledger.look_around(dict.fromkeys(one.segment for one in chosen))
    return tuple(
        [
            Standing(priority=one, since=await counted(ledger, one.segment, one.chosen_on, ledger.today))
            for one in chosen
        ]
    )


async def start_of(ledger: Ledger, segment: Segment) -> Counts | None:
    """The answers of a segment that are kept with what is chosen today."""
    return await counted(ledger, segment, ledger.today - BEFORE, ledger.today - DAY)


async def counted(ledger: Ledger, segment: Segment, first: date, last: date) -> Counts | None:
    """What a segment's answers come to in the part of these days that may be shown; None for none."""
    if first > last:
        return None
    part = await ledger.decide(partial(shown, segment, Period(first=first, last=last)))
    found = ledger.fetched.counts(segment, part) if part else None
    return found if found and found.n else None


async def _trend(ledger: Ledger, segment: Segment, end: date) -> Trend:
    first, middle = moved(end, Unit.MONTH, -MONTHS), moved(end, Unit.MONTH, -MONTHS // 2)
    spans = list(buckets(Period(first=first, last=end - DAY), Unit.MONTH, ledger.fiscal))
    months = [await _whole(ledger, segment, span) for span in spans]
    before = await _whole(ledger, segment, Period(first=first, last=middle - DAY))
    latest = await _whole(ledger, segment, Period(first=middle, last=end - DAY))
    change = compare(before, latest) if before and latest else None
    return Trend(segment=segment, months=tuple(months), latest=latest, change=change)


async def _whole(ledger: Ledger, segment: Segment, span: Period) -> Counts | None:
    allowed = await ledger.decide(partial(shown, segment, span))
    found = ledger.fetched.counts(segment, span) if allowed == span else None
    return found if found and found.n else None
