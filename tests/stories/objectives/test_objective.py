"""An objective's words and days: read as they were meant, refused with the fix."""

from __future__ import annotations

from datetime import date

import pytest

from stories.errors import UserError
from stories.nps.periods import Calendar
from stories.objectives.objective import Aim, Span, days_of, new_objective


@pytest.mark.parametrize("fiscal", range(1, 13))
@pytest.mark.parametrize("month", range(1, 13))
def test_a_half_year_is_two_quarters_of_its_year(fiscal: int, month: int) -> None:
    calendar, day = Calendar(fiscal_start=fiscal), date(2026, month, 17)
    first, last = days_of(Span.HALF, day, calendar)
    quarter, year = days_of(Span.QUARTER, day, calendar), days_of(Span.YEAR, day, calendar)
    assert year[0] <= first <= quarter[0] <= day <= quarter[1] <= last <= year[1]
    assert first == year[0] or last == year[1]
    assert 180 <= (last - first).days <= 184


@pytest.mark.parametrize(
    ("words", "first", "last", "field"),
    [
        (" . ", date(2026, 1, 1), date(2026, 2, 1), "words"),
        ("x" * 301, date(2026, 1, 1), date(2026, 2, 1), "words"),
        ("Listen", None, date(2026, 2, 1), "first"),
        ("Listen", date(2026, 1, 1), None, "last"),
        ("Listen", date(2026, 2, 1), date(2026, 1, 1), "last"),
        ("Listen", date(2026, 2, 1), date(2029, 1, 1), "last"),
    ],
)
def test_what_cannot_be_kept_names_its_field(
    words: str, first: date | None, last: date | None, field: str
) -> None:
    with pytest.raises(UserError) as refused:
        new_objective(words, Aim.CHANGING, first, last)
    assert refused.value.field == field
