"""Weeks cut where a month begins: the shortest stretches of days that an answer may be made of.

A stretch begins on a Monday or on the first of a month. Weeks, months, quarters and years are made of whole
stretches, and a year has 63 to 65 of them, however many answers there are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate, repeat

from stories.nps.counts import Counts
from stories.nps.periods import DAY, Period
from stories.values import dataclass

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
class History:
    """The answers of a cell by stretch: the first day of each, its promoters, passives and detractors.

    In any order, each stretch once; `of` adds up what several sources say of the same one.
    """

    days: Sequence[date]
    promoters: Sequence[int]
    passives: Sequence[int]
    detractors: Sequence[int]

    @classmethod
    def of(
        cls,
        days: Sequence[date],
        promoters: Sequence[int],
        passives: Sequence[int],
        detractors: Sequence[int],
    ) -> History:
        """From stretches of which some may come more than once."""
        if len(set(days)) == len(days):
            return cls(days, promoters, passives, detractors)
        bands: tuple[dict[date, int], ...] = ({}, {}, {})
        for added, told in zip(bands, (promoters, passives, detractors), strict=True):
            for day, n in zip(days, told, strict=True):
                added[day] = added.get(day, 0) + n
        return cls(tuple(bands[0]), *(tuple(added.values()) for added in bands))

    @classmethod
    def of_days(cls, daily: Mapping[date, Counts]) -> History:
        """From counts by day."""
        told = [(stretch(day), one.promoters, one.passives, one.detractors) for day, one in daily.items()]
        return cls.of(*zip(*told, strict=True)) if told else NO_HISTORY


NO_HISTORY = History((), (), (), ())


@dataclass(frozen=True, slots=True)
class Timeline:
    """The answers of a cell along a grid: how many came before each of its days, in all and of two bands."""

    grid: Grid
    totals: tuple[int, ...]
    promoters: tuple[int, ...]
    passives: tuple[int, ...]

    @classmethod
    def of(cls, along: Grid, told: History) -> Timeline | None:
        """From a cell's history; None without any. What lies past the grid's end is left out."""
        bands = (told.promoters, told.passives, told.detractors)
        if not any(map(any, bands)):
            return None
        # Everything at once rather than stretch by stretch: a question looks at dozens of cells.
        by_day = (
            map(dict(zip(told.days, band, strict=True)).get, along.days[:-1], repeat(0)) for band in bands
        )
        promoters, passives, detractors = (tuple(accumulate(one, initial=0)) for one in by_day)
        return cls(
            along, tuple(map(sum, zip(promoters, passives, detractors, strict=True))), promoters, passives
        )

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
