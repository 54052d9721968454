"""Scores and dates as files write them: read, or refused with a reason; never rounded, never guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nps.importing.moments import Moments, Order, needs_order, orders_of
from bot.nps.importing.rows import Occurrences
from bot.nps.importing.scores import score_in, why_no_score

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "score"),
    [
        ("0", 0),
        (" 9 ", 9),
        ("10", 10),
        ("9.0", 9),
        ("9,0", 9),
        ("10.00", 10),
        ("10,000", None),
        ("9,05", None),
        ("10 - Extremely likely", 10),
        ("Not at all likely - 0", 0),
        ("11", None),
        ("-1", None),
        ("8.5", None),
        ("ten", None),
        ("", None),
        ("9 of 10", None),
        ("٩", None),
        ("11 - off the scale", None),
        ("True", None),
    ],
)
def test_a_score_is_a_whole_number_from_0_to_10(cell: str, score: int | None) -> None:
    assert score_in(cell) == score


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("11", "from 0 to 10"),
        ("8.5", "never rounds"),
        ("8,5", "never rounds"),
        ("ten", "no number"),
        (" ", "no score"),
    ],
)
def test_a_refused_score_says_why(cell: str, why: str) -> None:
    assert why in why_no_score(cell)


@given(st.text(max_size=12))
def test_any_cell_is_a_score_or_has_a_reason(cell: str) -> None:
    assert score_in(cell) in range(11) or why_no_score(cell)


@pytest.mark.parametrize(
    ("cell", "order", "moment"),
    [
        ("2025-03-04T10:00:00Z", None, datetime(2025, 3, 4, 10, tzinfo=UTC)),
        ("2025-03-04 10:00:00 UTC", None, datetime(2025, 3, 4, 10, tzinfo=UTC)),
        ("2025-03-04 10:00:00 +0200", None, datetime(2025, 3, 4, 8, tzinfo=UTC)),
        ("2025-07-04 10:00", None, datetime(2025, 7, 4, 9, tzinfo=UTC)),
        ("03/04/2025 01:05:09 PM", Order.MONTH_FIRST, datetime(2025, 3, 4, 13, 5, 9, tzinfo=UTC)),
        ("3/4/25 12:05 AM", Order.DAY_FIRST, datetime(2025, 4, 2, 23, 5, tzinfo=UTC)),
        ("04.03.2025 10:00", None, datetime(2025, 3, 4, 10, tzinfo=UTC)),
        ("Mar 4, 2025 10:00 AM", None, datetime(2025, 3, 4, 10, tzinfo=UTC)),
        ("Tue, 4 March 2025 10:00:00 GMT", None, datetime(2025, 3, 4, 10, tzinfo=UTC)),
        ("1741082400", None, datetime(2025, 3, 4, 10, tzinfo=UTC)),
        ("1741082400000", None, datetime(2025, 3, 4, 10, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_as_it_is_written(cell: str, order: Order | None, moment: datetime) -> None:
    read = Moments(LONDON, order, NOW).read(cell)
    assert (read.at, read.day) == (moment, None)


@pytest.mark.parametrize("cell", ["2025-03-04", "2025/3/4", "4 Mar 2025", "March 4th, 2025", "04.03.2025"])
def test_a_day_alone_is_the_workspaces_own_day(cell: str) -> None:
    assert Moments(LONDON, None, NOW).read(cell).day == date(2025, 3, 4)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("03/04/2025", "two days"),
        ("2025-02-30", "no such day"),
        ("31/04/2025", "no such day"),
        ("2025-03-04 25:00 ", "no such time"),
        ("2025-03-04 10:00:00 +99:99", "no such time"),
        ("13:00 PM", "no date"),
        ("2027-01-01", "still to come"),
        ("1970-01-01", "before 1990"),
        ("yesterday", "no date"),
        ("", "no date"),
    ],
)
def test_a_refused_date_says_why(cell: str, why: str) -> None:
    order = Order.DAY_FIRST if cell == "31/04/2025" else None
    with pytest.raises(ValueError, match=why):
        Moments(LONDON, order, NOW).read(cell)


@given(st.text(alphabet="0123456789/-.: TZaApPmMUC,", max_size=22))
def test_any_cell_is_a_moment_or_has_a_reason(cell: str) -> None:
    try:
        read = Moments(LONDON, Order.DAY_FIRST, NOW).read(cell)
    except ValueError:
        return
    assert read.at.tzinfo is not None


def test_a_column_tells_which_comes_first_or_leaves_it_open() -> None:
    assert orders_of(["03/04/2025", "13/04/2025"]) == {Order.DAY_FIRST}
    assert orders_of(["03/04/2025", "04/13/2025"]) == {Order.MONTH_FIRST}
    assert orders_of(["03/04/2025", "05/05/2025"]) == set(Order)
    assert needs_order(["05/05/2025", "03/04/2025"]) == "03/04/2025"
    assert needs_order(["05/05/2025", "2025-03-04", "03.04.2025"]) is None


@given(st.lists(st.integers(0, 40), max_size=200))
def test_rows_that_are_alike_are_counted(numbers: list[int]) -> None:
    seen, before = Occurrences(), list[int]()
    for number in numbers:
        before.append(number or 1)
        assert seen.count(number or 1) == before.count(number or 1)


def test_many_rows_are_told_apart() -> None:
    seen = Occurrences()
    assert all(seen.count(number * 7919) == 1 for number in range(1, 9000))
    assert seen.count(7919) == 2
