"""Which answers may be shown, so that no small group of people can be seen, nor found by subtraction.

An answer is a group of people (a cell) in a period. Three rules hold for each, so that two of them, one
inside the other, never differ by 1 to `fewest` - 1 people:

- A cell is shown only where every cell around it is: plan and region only where plan, and region, are.
- Within a breakdown small values are hidden, and with them the smallest others until the hidden ones
  together (people without any value included) are enough. A cell asked for by itself is shown only where
  each breakdown would show it.
- Periods begin and end at cuts only. Cuts lie at Mondays and first days of a month of weeks that are over,
  with nobody or enough people between each two; those of a cell lie among those of every cell around it.
  Busy cells have weekly cuts, others monthly or quarterly ones. A cut is settled by what came before the
  end of its week and stays, so that asking again later shows no small difference either.

Answers that arrive late, and people who are erased, can move cuts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from stories.nps.periods import DAY, Calendar, Period

FEWEST = 5
"""Groups with fewer answers are not shown, unless the workspace sets another number."""

WEEK = timedelta(days=7)
_MONTH = timedelta(days=28)
_QUARTER = timedelta(days=91)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Answers of a cell by day, for counting stretches quickly."""

    days: tuple[date, ...]
    totals: tuple[int, ...]

    @classmethod
    def of(cls, daily: Mapping[date, int]) -> Timeline | None:
        """From the answers of each day; None when there are none."""
        days = sorted(day for day, n in daily.items() if n)
        if not days:
            return None
        return cls(tuple(days), tuple(accumulate((daily[day] for day in days), initial=0)))

    def between(self, first: date, end: date) -> int:
        """How many answers lie from `first` on, before `end`."""
        return self.totals[bisect_left(self.days, end)] - self.totals[bisect_left(self.days, first)]

    def within(self, period: Period) -> int:
        """How many answers a period has."""
        return (
            self.totals[bisect_right(self.days, period.last)]
            - self.totals[bisect_left(self.days, period.first)]
        )


def is_enough(n: int, fewest: int = FEWEST) -> bool:
    """Whether this many people, 0 or more, may be told of: nobody at all, or enough of them."""
    return n == 0 or n >= fewest


def shown_values(counts: Mapping[str, int], total: int, fewest: int = FEWEST) -> frozenset[str]:
    """Which values of a breakdown may be shown.

    `counts` are the answers of each value; `total` those of all, with the ones that have no value.
    """
    shown = {value for value, n in counts.items() if is_enough(n, fewest)}
    hidden = total - sum(counts[value] for value in shown)
    for value in sorted(shown, key=lambda value: (counts[value], value)):
        if is_enough(hidden, fewest):
            break
        if counts[value]:
            shown.discard(value)
            hidden += counts[value]
    return frozenset(shown)


def cuts(
    timeline: Timeline | None,
    today: date,
    fiscal: Calendar,
    *,
    fewest: int = FEWEST,
    among: Iterable[Sequence[date]] = (),
) -> tuple[date, ...]:
    """The days at which periods of one cell may begin, and before which they may end, in order.

    `timeline` is all the cell's answers, ever. `among` are the cuts of the cells around it.
    """
    if timeline is None:
        return ()
    allowed = None
    for others in among:
        allowed = set(others) if allowed is None else allowed & set(others)
    end = today - timedelta(days=today.weekday())
    last = timeline.days[0]
    found: list[date] = []
    for day in _candidates(last, end) if allowed is None else sorted(allowed):
        since = timeline.between(last, day) if day > last else 0
        if day > end or not is_enough(since, fewest):
            continue
        nobody = since == 0 and (day.day == 1 or day <= timeline.days[0])
        if nobody or _fits(day, timeline, end, fiscal, fewest):
            found.append(day)
            last = max(last, day)
    return tuple(found)


def narrowed(period: Period, among: Sequence[date]) -> Period | None:
    """The part of a period from one cut to another; None where there is none.

    What lies before the first cut has no answers, so a period may begin there as it was asked.
    """
    if not among:
        return None
    first = period.first
    if first > among[0]:
        at = bisect_left(among, first)
        if at == len(among):
            return None
        first = among[at]
    at = bisect_right(among, period.last + DAY if period.last < date.max else period.last) - 1
    end = among[at] if at >= 0 else first
    if end <= first:
        return None
    if (first, end - DAY) == (period.first, period.last):
        return period
    return Period(first=first, last=end - DAY, unit=period.unit)


def _candidates(begin: date, end: date) -> Iterator[date]:
    """The Monday or first of a month on or before `begin`, and all that follow up to `end`."""
    day = max(begin - timedelta(days=begin.weekday()), begin.replace(day=1))
    while day <= end:
        yield day
        monday = day + timedelta(days=7 - day.weekday())
        month = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        day = min(monday, month)


def _fits(day: date, timeline: Timeline, end: date, fiscal: Calendar, fewest: int) -> bool:
    """Whether a cell this busy has a cut here: weekly, monthly or only where a quarter begins."""
    if day.day == 1:
        begins_quarter = (day.month - fiscal.fiscal_start) % 3 == 0
        return begins_quarter or timeline.between(_ago(day, _QUARTER), day) >= 3 * fewest
    lately = timeline.between(_ago(day, _MONTH), day)
    if lately < 4 * fewest:
        return False
    month = (day + timedelta(days=6)).replace(day=1)
    if month <= day or lately >= 28 * fewest:
        return True
    # A month that begins within this week is more often asked for than the week, so it must stay possible.
    return day < end and is_enough(timeline.between(day, month), fewest)


def _ago(day: date, by: timedelta) -> date:
    return day - by if day.toordinal() > by.days else date.min
