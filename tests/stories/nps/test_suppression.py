"""No small group is shown, and none is found by taking one answer from another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.nps.grammar import Cell
from stories.nps.periods import Calendar, Period
from stories.nps.showing import Showing, with_segment
from stories.nps.suppression import Timeline, cuts, narrowed, shown_values

FIRST = date(2026, 9, 21)
"""A Monday."""
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
CALENDAR = Calendar()
Row = tuple[int, str, str]
"""A day from FIRST on, a plan ("" for none) and a region."""


@dataclass(frozen=True)
class Rows:
    """A ledger over plain rows."""

    rows: tuple[Row, ...]

    def matching(self, cell: Cell) -> Iterator[tuple[date, dict[str, str]]]:
        for day, plan, region in self.rows:
            person = {name: value for name, value in (("plan", plan), ("region", region)) if value}
            if all(person.get(name) == value for name, value in cell):
                yield FIRST + day * DAY, person

    def daily(self, cell: Cell) -> Mapping[date, int]:
        return Counter(day for day, _person in self.matching(cell))

    def values(self, cell: Cell, name: str, period: Period) -> Mapping[str, int]:
        found = [person[name] for day, person in self.matching(cell) if day in period and name in person]
        return Counter(found)

    def n(self, cell: Cell, period: Period) -> int:
        return sum(day in period for day, _person in self.matching(cell))


CELLS: list[Cell] = [
    (),
    *((("plan", plan),) for plan in "ab"),
    *((("region", region),) for region in "xyz"),
    *((("plan", plan), ("region", region)) for plan in "ab" for region in "xyz"),
]
rows = st.lists(
    st.tuples(st.integers(0, 48), st.sampled_from(["a", "a", "a", "b", ""]), st.sampled_from("xxyz")),
    min_size=20,
    max_size=160,
).map(lambda found: Rows(tuple(sorted(found))))
PERIODS = [
    Period(first=FIRST + first * DAY, last=FIRST + (first + days - 1) * DAY)
    for first in (-30, 0, 3, 7, 10, 14, 21, 28, 35)
    for days in (7, 9, 14, 28, 31, 80)
]


@settings(max_examples=60, deadline=None)
@given(rows, st.integers(2, 5))
def test_no_two_answers_differ_by_a_small_group(ledger: Rows, fewest: int) -> None:
    """Asked on two days, of every cell, in many periods: all pairs of which one lies within the other."""
    answers = {
        (cell, part)
        for today in (FIRST + 40 * DAY, FIRST + 52 * DAY)
        for showing in [Showing(ledger, today, CALENDAR, fewest)]
        for cell in CELLS
        for period in PERIODS
        if (part := showing.shown(cell, period)) is not None
    }
    sizes = {answer: ledger.n(*answer) for answer in answers}
    for (outer, long), many in sizes.items():
        assert many == 0 or many >= fewest
        for (inner, short), few in sizes.items():
            if set(outer) <= set(inner) and long.first <= short.first and short.last <= long.last:
                assert many - few == 0 or many - few >= fewest, (outer, long, inner, short)


@settings(max_examples=60, deadline=None)
@given(rows, st.integers(2, 5), st.sampled_from(PERIODS))
def test_what_a_breakdown_hides_is_nobody_or_enough(ledger: Rows, fewest: int, period: Period) -> None:
    showing = Showing(ledger, FIRST + 52 * DAY, CALENDAR, fewest)
    for name, cell in (("plan", ()), ("region", ()), ("region", (("plan", "a"),))):
        found = showing.breakdown(cell, name, period)
        if found is None:
            continue
        part, values = found
        hidden = ledger.n(cell, part) - sum(
            ledger.n(with_segment(cell, name, value), part) for value in values
        )
        assert hidden == 0 or hidden >= fewest


@given(rows, st.integers(0, 60), st.integers(0, 40))
def test_a_cut_stays_when_time_goes_on(ledger: Rows, early: int, days: int) -> None:
    """What is known on the earlier day is all that the earlier answer was made from."""
    today = FIRST + early * DAY
    before = {day: n for day, n in ledger.daily(()).items() if day <= today}
    once = cuts(Timeline.of(before), today, CALENDAR)
    later = cuts(Timeline.of(ledger.daily(())), today + days * DAY, CALENDAR)
    if once:
        assert once == later[: len(once)]


def busy(a_day: int, days: int = 70) -> Timeline | None:
    return Timeline.of({FIRST + at * DAY: a_day for at in range(days)})


def test_a_busy_cell_is_shown_by_whole_weeks_and_months() -> None:
    found = cuts(busy(20), FIRST + 66 * DAY, CALENDAR)
    assert FIRST + 63 * DAY in found
    october = Period(first=date(2026, 10, 1), last=date(2026, 10, 31))
    assert narrowed(october, found) == october


def test_the_week_that_is_running_is_never_shown() -> None:
    found = cuts(busy(20), FIRST + 66 * DAY, CALENDAR)
    part = narrowed(Period(first=FIRST + 56 * DAY, last=FIRST + 66 * DAY), found)
    assert part == Period(first=FIRST + 56 * DAY, last=FIRST + 62 * DAY)


def test_a_quiet_cell_is_shown_by_quarter() -> None:
    quiet = Timeline.of({date(2026, 1, 5) + at * 2 * WEEK: 1 for at in range(22)})
    found = cuts(quiet, date(2026, 11, 23), CALENDAR)
    assert narrowed(Period(first=date(2026, 3, 1), last=date(2026, 10, 30)), found) == Period(
        first=date(2026, 4, 1), last=date(2026, 9, 30)
    )
    assert narrowed(Period(first=date(2026, 5, 1), last=date(2026, 5, 31)), found) is None


def test_days_before_the_first_answer_can_be_asked_for() -> None:
    found = cuts(busy(20), FIRST + 66 * DAY, CALENDAR)
    part = narrowed(Period(first=date(2026, 1, 1), last=FIRST + 6 * DAY), found)
    assert part == Period(first=date(2026, 1, 1), last=FIRST + 6 * DAY)


def test_a_cell_without_answers_has_nothing_to_show() -> None:
    assert cuts(Timeline.of({}), FIRST, CALENDAR) == ()
    assert narrowed(Period(first=FIRST, last=FIRST), ()) is None


@pytest.mark.parametrize(
    ("counts", "total", "shown"),
    [
        ({"a": 20, "b": 30}, 50, "ab"),
        ({"a": 20, "b": 30, "c": 3}, 53, "b"),
        ({"a": 20, "b": 3, "c": 3}, 26, "a"),
        ({"a": 20, "b": 3}, 23, ""),
        ({"a": 20, "b": 30}, 52, "b"),
        ({"a": 20, "b": 0}, 20, "ab"),
        ({}, 0, ""),
    ],
)
def test_with_a_small_value_goes_the_smallest_other(counts: dict[str, int], total: int, shown: str) -> None:
    assert shown_values(counts, total) == frozenset(shown)


def test_a_week_in_which_a_month_begins_is_cut_only_when_it_is_over() -> None:
    """Its Monday would leave two people alone before the month; before the week is over nobody knows."""
    monday = FIRST + 35 * DAY
    before = {FIRST + at * DAY: 1 for at in range(35)}
    found = cuts(Timeline.of(before), monday, CALENDAR)
    assert monday not in found
    assert monday - WEEK in found
    later = Timeline.of({**before, monday + DAY: 2})
    assert cuts(later, monday + WEEK, CALENDAR)[: len(found)] == found
    assert monday not in cuts(later, monday + WEEK, CALENDAR)
