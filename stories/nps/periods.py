"""Stretches of days that people ask about: weeks, months, quarters and years, whole or up to today.

Days are the workspace's own, so there is no time zone here. Weeks are ISO weeks, Monday to Sunday. Quarters
and years follow the month in which the workspace's fiscal year begins; a fiscal year is named after the
calendar year in which it ends.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import field
from datetime import date, timedelta
from enum import StrEnum

from stories.values import dataclass

DAY = timedelta(days=1)


class Unit(StrEnum):
    """What a period is made of."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """How the workspace divides its year: `fiscal_start` is the month, 1 to 12, in which it begins."""

    fiscal_start: int = 1

    def __post_init__(self) -> None:
        if self.fiscal_start not in range(1, 13):
            raise ValueError(f"fiscal_start is a month from 1 to 12, not {self.fiscal_start}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days from `first` to `last`, both included, counted in `unit`s.

    `words` are those from which the same period can be read again on the same day. They do not take part in
    comparing two periods. Raises ValueError when `last` is before `first`.
    """

    first: date
    last: date
    unit: Unit = Unit.DAY
    words: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period ends on {self.last}, before it begins on {self.first}")
        if not self.words:
            object.__setattr__(self, "words", f"{self.first.isoformat()} to {self.last.isoformat()}")

    @property
    def days(self) -> int:
        """How many days it has, 1 or more."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def starting(unit: Unit, day: date, fiscal: Calendar) -> date:
    """The first day of the unit in which a day lies."""
    match unit:
        case Unit.DAY:
            return day
        case Unit.WEEK:
            return day - timedelta(days=day.weekday())
        case Unit.MONTH:
            return day.replace(day=1)
    ahead = (day.month - fiscal.fiscal_start) % _MONTHS[unit]
    return moved(day.replace(day=1), Unit.MONTH, -ahead)


def moved(day: date, unit: Unit, by: int) -> date:
    """The day `by` units later (earlier below 0), the last of its month where that has no such day.

    Stays at the calendar's first and last day instead of leaving it.
    """
    if unit in _MONTHS:
        year, month = divmod(day.year * 12 + day.month - 1 + by * _MONTHS[unit], 12)
        if year not in range(date.min.year, date.max.year + 1):
            return date.min if by < 0 else date.max
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    days = by * (7 if unit is Unit.WEEK else 1)
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def whole(unit: Unit, day: date, fiscal: Calendar) -> Period:
    """The whole unit in which a day lies, with the days that are still to come."""
    first = starting(unit, day, fiscal)
    return Period(first=first, last=_before(moved(first, unit, 1)), unit=unit)


def this(unit: Unit, today: date, fiscal: Calendar) -> Period:
    """The unit in which today lies, up to today."""
    words = "today" if unit is Unit.DAY else f"this {unit}"
    return Period(first=starting(unit, today, fiscal), last=today, unit=unit, words=words)


def last(how_many: int, unit: Unit, today: date, fiscal: Calendar) -> Period:
    """The `how_many` whole units (1 or more) that ended most recently, without the one that is running."""
    begun = starting(unit, today, fiscal)
    words = f"last {how_many} {unit}s"
    if how_many == 1:
        words = "yesterday" if unit is Unit.DAY else f"last {unit}"
    end = _before(begun)
    return Period(first=min(moved(begun, unit, -how_many), end), last=end, unit=unit, words=words)


def since(first: date, today: date, unit: Unit = Unit.DAY) -> Period:
    """From a day up to today; today alone when that day is still to come."""
    begin = min(first, today)
    return Period(first=begin, last=today, unit=unit, words=f"since {begin.isoformat()}")


def previous(period: Period, fiscal: Calendar) -> Period | None:
    """The period to compare with: as many units before, cut where this one is cut.

    Whole units are compared with whole ones, "this month up to the 22nd" with the last up to its 22nd, this
    week up to Wednesday with the last up to its own, and anything else with as many days right before.
    None where the calendar begins.
    """
    if period.unit in _MONTHS and starting(period.unit, period.first, fiscal) == period.first:
        return _months_before(period, fiscal)
    back = period.days
    if period.unit is Unit.WEEK and period.first.weekday() == 0:
        back += -back % 7
    if period.first.toordinal() <= back:
        return None
    gap = timedelta(days=back)
    return Period(first=period.first - gap, last=period.last - gap, unit=period.unit)


def buckets(period: Period, unit: Unit, fiscal: Calendar) -> Iterator[Period]:
    """The period cut into units, oldest first; the first and the last may be cut short."""
    first = period.first
    while first <= period.last:
        end = min(whole(unit, first, fiscal).last, period.last)
        yield Period(first=first, last=end, unit=unit)
        if end == date.max:
            return
        first = end + DAY


def closed_weeks_end(today: date) -> date:
    """The Sunday with which the last week that is over ended."""
    return today - timedelta(days=today.weekday() + 1)


def _months_before(period: Period, fiscal: Calendar) -> Period | None:
    final = whole(period.unit, period.last, fiscal)
    units = sum(1 for _bucket in buckets(period, period.unit, fiscal))
    first = moved(period.first, period.unit, -units)
    if moved(first, period.unit, units) != period.first:
        return None
    if final.last == period.last:
        return Period(first=first, last=_before(period.first), unit=period.unit)
    end = moved(period.last, period.unit, -units)
    return Period(first=first, last=end, unit=period.unit)


def _before(day: date) -> date:
    return max(day, date.min + DAY) - DAY
