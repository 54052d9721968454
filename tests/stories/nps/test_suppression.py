"""No small group is shown, and none is found by taking one answer from another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.nps.counts import Counts
from stories.nps.grammar import Cell
from stories.nps.periods import Period
from stories.nps.showing import Showing, around, with_segment
from stories.nps.stretches import History, Timeline, grid, monday
from stories.nps.suppression import cuts, narrowed, shown_values

FIRST = date(2026, 9, 21)
"""A Monday."""
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
VALUES = {"plan": "ab", "region": "xyz"}
Row = tuple[int, str, str]
"""A day from FIRST on, a plan ("" for none) and a region."""


def timeline(daily: Mapping[date, int], today: date) -> Timeline | None:
    """Answers by day, as they are seen on a day."""
    along = grid(FIRST.year, monday(today), 1)
    return Timeline.of(along, History.of_days({day: Counts(promoters=n) for day, n in daily.items()}))


def cuts_of(daily: Mapping[date, int], today: date) -> tuple[date, ...]:
    seen = timeline(daily, today)
    return () if seen is None else cuts(seen)


@dataclass(frozen=True)
class Rows:
    """A ledger over plain rows, as it is seen on one day."""

    rows: tuple[Row, ...]
    today: date = FIRST + 52 * DAY

    def timeline(self, cell: Cell) -> Timeline | None:
        return timeline(self.daily(cell), self.today)

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
    for days in (7, 9, 28, 80)
]


@settings(max_examples=4, deadline=None)
@given(rows, st.integers(2, 5))
def test_no_two_answers_differ_by_a_small_group(ledger: Rows, fewest: int) -> None:
    """Asked on two days, of every cell, in many periods: all pairs of which one lies within the other."""
    answers = {
        (cell, part)
        for today in (FIRST + 40 * DAY, FIRST + 52 * DAY)
        for showing in [Showing(replace(ledger, today=today), fewest)]
        for cell in CELLS
        for period in PERIODS
        if (part := showing.shown(cell, period)) is not None
    }
    parts_of = {cell: [(part, ledger.n(cell, part)) for at, part in answers if at == cell] for cell in CELLS}
    for outer, inner in ((outer, inner) for outer in CELLS for inner in CELLS if set(outer) <= set(inner)):
        for long, many in parts_of[outer]:
            assert many == 0 or many >= fewest
            for short, few in parts_of[inner]:
                if 0 < many - few < fewest:
                    assert not (long.first <= short.first and short.last <= long.last), (outer, inner, short)


@settings(max_examples=25, deadline=None)
@given(rows, st.integers(2, 5), st.sampled_from(PERIODS))
def test_those_who_have_neither_of_two_segments_are_nobody_or_enough(
    ledger: Rows, fewest: int, period: Period
) -> None:
    """Everybody, less the one, less the other, and those with both again: four answers of one period."""
    showing = Showing(ledger, fewest)
    for cell in (cell for cell in CELLS if len(cell) == 2):
        part = showing.shown(cell, period)
        parts = {showing.shown(outer, part) for outer in around(cell)} if part else set()
        if part is None or parts != {part}:
            continue
        both, one, other = (ledger.n(inner, part) for inner in (cell, cell[:1], cell[1:]))
        neither = ledger.n((), part) - one - other + both
        assert neither == 0 or neither >= fewest


@settings(max_examples=25, deadline=None)
@given(rows, st.integers(2, 5), st.sampled_from(PERIODS))
def test_what_a_breakdown_hides_is_nobody_or_enough(ledger: Rows, fewest: int, period: Period) -> None:
    showing = Showing(ledger, fewest)
    for name, cell in (("plan", ()), ("region", ()), ("region", (("plan", "a"),))):
        found = showing.breakdown(cell, name, period, VALUES[name])
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
    once = cuts_of(before, today)
    later = cuts_of(ledger.daily(()), today + days * DAY)
    if once:
        assert once == later[: len(once)]


def busy(a_day: int, days: int = 70) -> dict[date, int]:
    return {FIRST + at * DAY: a_day for at in range(days)}


def test_a_busy_cell_is_shown_by_whole_weeks_and_months() -> None:
    found = cuts_of(busy(20), FIRST + 66 * DAY)
    assert FIRST + 63 * DAY in found
    october = Period(first=date(2026, 10, 1), last=date(2026, 10, 31))
    assert narrowed(october, found) == october


def test_the_week_that_is_running_is_never_shown() -> None:
    found = cuts_of(busy(20), FIRST + 66 * DAY)
    part = narrowed(Period(first=FIRST + 56 * DAY, last=FIRST + 66 * DAY), found)
    assert part == Period(first=FIRST + 56 * DAY, last=FIRST + 62 * DAY)


def test_a_quiet_cell_is_shown_by_quarter() -> None:
    quiet = {date(2026, 1, 5) + at * 2 * WEEK: 1 for at in range(22)}
    found = cuts_of(quiet, date(2026, 11, 23))
    assert narrowed(Period(first=date(2026, 3, 1), last=date(2026, 10, 30)), found) == Period(
        first=date(2026, 4, 1), last=date(2026, 10, 11)
    )
    assert narrowed(Period(first=date(2026, 5, 1), last=date(2026, 5, 31)), found) is None


def test_days_before_the_first_answer_can_be_asked_for() -> None:
    found = cuts_of(busy(20), FIRST + 66 * DAY)
    part = narrowed(Period(first=date(2026, 1, 1), last=FIRST + 6 * DAY), found)
    assert part == Period(first=date(2026, 1, 1), last=FIRST + 6 * DAY)


def test_a_cell_without_answers_has_nothing_to_show() -> None:
    assert timeline({}, FIRST) is None
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
    found = cuts_of(before, monday)
    assert monday not in found
    assert monday - WEEK in found
    later = cuts_of({**before, monday + DAY: 2}, monday + WEEK)
    assert later[: len(found)] == found
    assert monday not in later


def test_a_week_without_anybody_costs_no_period() -> None:
    """All answers of a quarter come in one week, as surveys do: that week can be asked for."""
    burst = {FIRST + 22 * DAY: 60, FIRST + 24 * DAY: 40}
    week = Period(first=FIRST + 21 * DAY, last=FIRST + 27 * DAY)
    assert narrowed(week, cuts_of({FIRST: 20, **burst}, FIRST + 52 * DAY)) == week


def test_a_breakdown_is_of_the_part_in_which_most_people_can_be_shown() -> None:
    """Thirteen weeks of a busy plan and a quiet one, whose own days allow whole months alone."""
    busy_plan = [(day, "a", "x") for day in range(70) for _one in range(3)]
    quiet_plan = [(day, "b", "x") for day in range(0, 70, 2)]
    ledger = Rows(tuple(sorted(busy_plan + quiet_plan)), today=FIRST + 70 * DAY)
    asked = Period(first=FIRST + 7 * DAY, last=FIRST + 62 * DAY)
    found = Showing(ledger, 5).breakdown((), "plan", asked, "ab")
    assert found is not None
    assert found[1] == {"a", "b"}
    assert found[0].days >= 28
