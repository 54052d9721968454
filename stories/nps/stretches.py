"""Weeks cut where a month begins: the shortest stretches of days that an answer may be made of.

A stretch begins on a Monday or on the first of a month. Weeks, months, quarters and years are made of whole
stretches, and a year has 63 to 65 of them, however many answers there are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

from stories.nps.counts import Counts
from stories.nps.periods import DAY, Period

_FOUR_WEEKS, _QUARTER = timedelta(days=28), timedelta(days=91)


def stretch(day: date) -> date:
    """The first day of the stretch in which a day lies: its Monday, or the first of its month."""
    return day.replace(day=1) if day.weekday() >= day.day else monday(day)


def monday(day: date) -> date:
    """The first day of the ISO week in which a day lies."""
    return day - timedelta(days=day.weekday())


def following(start: date) -> date:
    """The first day of the stretch after the one that begins on that day; the calendar's last at its end."""
    if start >= date(9999, 12, 25):
        return date.max
    month = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
    return min(start + timedelta(days=7 - start.weekday()), month)


@dataclass(frozen=True, slots=True)
class Grid:
    """The first days of stretches, oldest first, up to the Monday after the last week that is over.

    For each, by number: where the four weeks and the quarter before it begin, which first of a month lies
    in the six days after it (itself where none does, None where that is still to come), whether a month and
    a quarter begin with it.
    """

    days: tuple[date, ...]
    numbers: Mapping[date, int]
    four_weeks_before: tuple[int, ...]
    quarter_before: tuple[int, ...]
    month_within: tuple[int | None, ...]
    begins_month: tuple[bool, ...]
    begins_quarter: tuple[bool, ...]

    def number(self, day: date) -> int:
        """The number of the first stretch that begins on that day or later; how many there are for none."""
        return bisect_left(self.days, day)


@lru_cache(maxsize=64)
def grid(first_year: int, end: date, fiscal_start: int) -> Grid:
    """The stretches from a year’s first day up to a Monday; quarters count from the month `fiscal_start`."""
    days: list[date] = []
    day = date(first_year, 1, 1)
    while day <= end:
        days.append(day)
        day = following(day)
    numbers = {day: number for number, day in enumerate(days)}

    def begins(back: timedelta) -> tuple[int, ...]:
        floor = date.min + back
        return tuple(bisect_left(days, day - back) if day >= floor else 0 for day in days)

    return Grid(
        days=tuple(days),
        numbers=numbers,
        four_weeks_before=begins(_FOUR_WEEKS),
        quarter_before=begins(_QUARTER),
        month_within=tuple(_month_within(day, numbers) for day in days),
        begins_month=tuple(day.day == 1 for day in days),
        begins_quarter=tuple(day.day == 1 and (day.month - fiscal_start) % 3 == 0 for day in days),
    )


def _month_within(day: date, numbers: Mapping[date, int]) -> int | None:
    month = (day + timedelta(days=6)).replace(day=1)
    return numbers.get(month) if month > day else numbers[day]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The answers of a cell along a grid: how many came before each of its days, in all and of two bands."""

    grid: Grid
    totals: tuple[int, ...]
    promoters: tuple[int, ...]
    passives: tuple[int, ...]

    @classmethod
    def of(cls, along: Grid, told: Iterable[tuple[date, int, int, int]]) -> Timeline | None:
        """From promoters, passives and detractors of days or stretches, in any order; None without any.

        What lies past the grid's end is left out.
        """
        totals, promoters, passives = ([0] * len(along.days) for _band in range(3))
        any_at_all, last = False, len(along.days) - 1
        for day, warm, neutral, cold in told:
            at = along.numbers.get(day)
            if at is None:
                at = bisect_right(along.days, day) - 1
            any_at_all = any_at_all or bool(warm or neutral or cold)
            if 0 <= at < last:
                totals[at] += warm + neutral + cold
                promoters[at] += warm
                passives[at] += neutral
        if not any_at_all:
            return None
        summed = (tuple(accumulate(one[:-1], initial=0)) for one in (totals, promoters, passives))
        return cls(along, *summed)

    def within(self, period: Period) -> int:
        """How many answers a period has that begins and ends where stretches do."""
        first, end = self._ends(period)
        return self.totals[end] - self.totals[first]

    def counts(self, period: Period) -> Counts:
        """The same by band."""
        first, end = self._ends(period)
        n = self.totals[end] - self.totals[first]
        warm = self.promoters[end] - self.promoters[first]
        neutral = self.passives[end] - self.passives[first]
        return Counts(promoters=warm, passives=neutral, detractors=n - warm - neutral)

    def _ends(self, period: Period) -> tuple[int, int]:
        last = len(self.totals) - 1
        first = min(self.grid.number(period.first), last)
        after = period.last if period.last == date.max else period.last + DAY
        return first, max(first, min(self.grid.number(after), last))
