"""When a channel or a person may be addressed unasked: a channel's own hour, a person's own days."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from stories.attention import Hours
from stories.calendars import known_zone, weekend_of
from stories.schedule import DEFAULT_LIMIT, DigestTimes, is_stale, local_day, next_due

MOST_A_DAY: Final = 1
"""Unasked posts that a channel gets in a working day."""

MOST_A_WEEK: Final = 3
"""Unasked private messages that a person gets in a week."""

KEPT: Final = 1
"""Of these, so many are kept for what presses: a promise due, a channel that was stopped."""

MORNING: Final = time(8)
EVENING: Final = time(20)
"""Private messages come between these hours where their reader is."""

AT_WORK_FROM: Final = time(9)
AT_WORK_UNTIL: Final = time(17)
"""What can wait for that comes between these, on weekdays."""

_EVERY_DAY: Final = frozenset(range(7))
_WEEKDAYS: Final = frozenset(range(5))
_INSTANT: Final = timedelta(microseconds=1)


def channel_hours(times: DigestTimes, now: datetime, *, after: datetime | None = None) -> Hours:
    """When a channel may be addressed: once each working day, from its digest's hour on.

    Working days are those outside the country's weekend and, wherever the channel hears digests on other
    days, those too; public holidays are none. What is missed is made up within the limits of a digest
    (`stories.schedule.is_stale`). `after`, the end of a snooze, holds everything back.
    """
    working = replace(times, days=(_EVERY_DAY - weekend_of(times.country)) | times.days)
    window = f"day:{local_day(times, now).isoformat()}"
    if after is not None and after > now:
        opens = next_due(working, after)
        return Hours(window=window, most=MOST_A_DAY, opens=opens, next_opens=opens)
    nearest = next_due(working, now - DEFAULT_LIMIT - _INSTANT)
    if nearest <= now and is_stale(working, nearest, now):
        nearest = next_due(working, now)
    later = next_due(working, max(now, nearest))
    return Hours(window=window, most=MOST_A_DAY, opens=nearest, next_opens=later)


def person_hours(time_zone: str, now: datetime) -> Hours:
    """When a person may be addressed: by day where they are; the budget is for the ISO week there.

    A zone that nobody knows counts as UTC.
    """
    zone = known_zone(time_zone)
    local = now.astimezone(zone)
    mornings = DigestTimes(days=_EVERY_DAY, at=MORNING, time_zone=zone.key)
    by_day = MORNING <= local.time() < EVENING
    year, week, _weekday = local.isocalendar()
    return Hours(
        window=f"week:{year}-W{week:02}",
        most=MOST_A_WEEK,
        kept=KEPT,
        opens=now if by_day else next_due(mornings, now),
        next_opens=next_due(replace(mornings, days=frozenset({0})), now),
        at_work=now if _at_work(local) else next_due(replace(mornings, days=_WEEKDAYS, at=AT_WORK_FROM), now),
    )


def _at_work(local: datetime) -> bool:
    return local.weekday() in _WEEKDAYS and AT_WORK_FROM <= local.time() < AT_WORK_UNTIL
