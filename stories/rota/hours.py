"""Working hours: when somebody may be asked, and when two or three of different zones can talk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from stories.calendars import is_holiday, known_zone, weekend_of
from stories.values import dataclass

MORNING: Final = time(9)
EVENING: Final = time(17)
"""Between these hours people are at work where they are."""

TALK: Final = timedelta(minutes=30)
"""How long a conversation is planned for; they begin on the hour or half past."""

LEAD_DAYS: Final = 4
"""A talk is proposed for so many days later at the earliest: the customer has to be asked first."""

WITHIN_DAYS: Final = 17
"""… and so many days later at the latest, as far as that is possible."""

_Span = tuple[datetime, datetime]
_HALF_HOUR = timedelta(minutes=30)
_EPOCH = datetime.min.replace(tzinfo=UTC)
_SHARED = 512


@dataclass(frozen=True, slots=True)
class Party:
    """Where somebody is: an IANA time zone, and the country whose holidays they keep ("" for none known)."""

    time_zone: str
    country: str = ""


def is_working(party: Party, moment: datetime) -> bool:
    """Whether somebody there is at work at this moment: a working day, no holiday, by their own clock."""
    local = moment.astimezone(known_zone(party.time_zone))
    return is_working_day(party, local.date()) and MORNING <= local.time() < EVENING


def is_working_day(party: Party, day: date) -> bool:
    """Whether people there work on this day."""
    country = party.country or None
    return day.weekday() not in weekend_of(country) and not is_holiday(country, day)


def when_at_work(party: Party, now: datetime) -> datetime:
    """The next moment from now on at which somebody there is at work, in UTC."""
    if is_working(party, now):
        return now
    zone = known_zone(party.time_zone)
    local = now.astimezone(zone)
    day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
    while not is_working_day(party, day):
        day += timedelta(days=1)
    return datetime.combine(day, MORNING, tzinfo=zone).astimezone(UTC)


def knocking_off(party: Party, moment: datetime) -> datetime:
    """When the working day ends in which this moment lies there, in UTC."""
    zone = known_zone(party.time_zone)
    return datetime.combine(moment.astimezone(zone).date(), EVENING, tzinfo=zone).astimezone(UTC)


def working_days_before(party: Party, moment: datetime, days: int = 1) -> datetime:
    """The morning of the working day that comes so many before this moment there, in UTC."""
    return _step(party, moment, days, timedelta(days=-1))


def working_days_after(party: Party, moment: datetime, days: int = 1) -> datetime:
    """The morning of the working day that comes so many after this moment there, in UTC."""
    return _step(party, moment, days, timedelta(days=1))


def _step(party: Party, moment: datetime, days: int, by: timedelta) -> datetime:
    zone = known_zone(party.time_zone)
    day = moment.astimezone(zone).date()
    while days > 0:
        day += by
        days -= is_working_day(party, day)
    return datetime.combine(day, MORNING, tzinfo=zone).astimezone(UTC)


@lru_cache(maxsize=_SHARED)
def shared_slots(parties: tuple[Party, ...], today: date) -> tuple[datetime, ...]:
    """The moments at which all of them can begin to talk, some days from today on; () where none is shared.

    In UTC, the earliest first. Remembered, since thousands of pairs share few combinations of places.
    """
    return tuple(moment for span in _shared(parties, today) for moment in _half_hours(*span))


def how_many_shared(parties: tuple[Party, ...], today: date) -> int:
    """How many such moments there are: asked of many more than are ever proposed one."""
    return sum(_how_many(*span) for span in _shared(parties, today))


def _shared(parties: tuple[Party, ...], today: date) -> list[_Span]:
    start = datetime.combine(today, time(), tzinfo=UTC) + timedelta(days=LEAD_DAYS)
    end = start + timedelta(days=WITHIN_DAYS - LEAD_DAYS)
    first, *rest = (_at_work(party, start, end) for party in dict.fromkeys(parties))
    for others in rest:
        first = _both(first, others)
    return first


def _half_hours(begins: datetime, ends: datetime) -> Iterator[datetime]:
    """Every half hour from which a talk fits in between; `begins` is a full or half hour somewhere."""
    first = _next_half_hour(begins)
    return (first + number * _HALF_HOUR for number in range(_how_many(begins, ends)))


def _how_many(begins: datetime, ends: datetime) -> int:
    return max(0, (ends - TALK - _next_half_hour(begins)) // _HALF_HOUR + 1)


def _next_half_hour(moment: datetime) -> datetime:
    return moment + (-(moment - _EPOCH) % _HALF_HOUR)


def _both(ours: Sequence[_Span], theirs: Sequence[_Span]) -> list[_Span]:
    """Where two rows of spans, each in order, overlap for a talk."""
    spans = ((max(a, c), min(b, d)) for a, b in ours for c, d in theirs if c < b and a < d)
    return [(begins, ends) for begins, ends in spans if ends - begins >= TALK]


@lru_cache(maxsize=_SHARED)
def _at_work(party: Party, start: datetime, end: datetime) -> list[_Span]:
    """The working hours of somebody between two moments."""
    zone = known_zone(party.time_zone)
    day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    found = []
    while day <= last:
        if is_working_day(party, day):
            begins, ends = max(start, _at(day, MORNING, zone)), min(end, _at(day, EVENING, zone))
            found += [(begins, ends)] if begins < ends else []
        day += timedelta(days=1)
    return found


def _at(day: date, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, tzinfo=zone).astimezone(UTC)
