"""Which answers may be shown, so that no small group of people can be seen, nor found by subtraction.

An answer is a group of people (a cell) in a period. These rules hold for each, so that two of them, one
inside the other, never differ by 1 to `fewest` - 1 people:

- A cell is shown only where every cell around it is: plan and region only where plan, and region, are.
- Within a breakdown small values are hidden, and with them the smallest others until the hidden ones
  together (people without any value included) are enough. A cell asked for by itself is shown only where
  each breakdown would show it.
- A cell of two segments is shown only where those who have neither are nobody or enough: they are what is
  left of everybody without the one, without the other, and with both.
- Periods begin and end at cuts only. Cuts lie at Mondays and first days of a month of weeks that are over,
  with nobody or enough people between each two; those of a cell lie among those of every cell around it.
  Busy cells have weekly cuts, others monthly or quarterly ones. A cut is settled by what came before the
  end of its week and stays, so that asking again later shows no small difference either.

Answers that arrive late, and people who are erased, can move cuts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from stories.nps.periods import DAY, Period
from stories.nps.stretches import Grid, Timeline

FEWEST = 5
"""Groups with fewer answers are not shown, unless the workspace sets another number."""


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
    timeline: Timeline, *, fewest: int = FEWEST, among: Iterable[Sequence[date]] = ()
) -> tuple[date, ...]:
    """The days at which periods of one cell may begin, and before which they may end, in order.

    `timeline` is all the cell's answers, ever, up to the last week that is over. `among` are the cuts of the
    cells around it.
    """
    along, before = timeline.grid, timeline.totals
    allowed: set[date] | None = None
    for others in among:
        allowed = set(others) if allowed is None else allowed & set(others)
    numbers = range(len(along.days)) if allowed is None else sorted(along.numbers[day] for day in allowed)
    found: list[date] = []
    last = 0
    for at in numbers:
        since = before[at] - before[last]
        if since == 0 or (since >= fewest and _fits(at, along, before, fewest)):
            found.append(along.days[at])
            last = at
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


def _fits(at: int, along: Grid, before: Sequence[int], fewest: int) -> bool:
    """Whether a cell this busy has a cut here: weekly, monthly or only where a quarter begins."""
    if along.begins_month[at]:
        quarter = before[at] - before[along.quarter_before[at]]
        return along.begins_quarter[at] or quarter >= 3 * fewest
    lately = before[at] - before[along.four_weeks_before[at]]
    if lately < 4 * fewest:
        return False
    month = along.month_within[at]
    # A month that begins within this week is more often asked for than the week, so it must stay possible.
    return lately >= 28 * fewest or (month is not None and is_enough(before[month] - before[at], fewest))
