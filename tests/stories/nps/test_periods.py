"""Periods, and how people name them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.nps.grammar.period_words import period_said
from stories.nps.periods import (
    Calendar,
    Period,
    Unit,
    buckets,
    closed_weeks_end,
    last,
    moved,
    previous,
    since,
    this,
    whole,
)

TODAY = date(2026, 11, 22)
"""A Sunday."""
JANUARY, APRIL = Calendar(), Calendar(fiscal_start=4)
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
calendars = st.builds(Calendar, fiscal_start=st.integers(1, 12))
units = st.sampled_from(Unit)


def said(text: str, today: date = TODAY, calendar: Calendar = JANUARY) -> tuple[str, str]:
    found = period_said(text, today, calendar)
    assert found is not None, text
    return found.first.isoformat(), found.last.isoformat()


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("this quarter", "2026-10-01", "2026-11-22"),
        ("this year", "2026-01-01", "2026-11-22"),
        ("ytd", "2026-01-01", "2026-11-22"),
        ("last week", "2026-11-09", "2026-11-15"),
        ("this week", "2026-11-16", "2026-11-22"),
        ("last 4 weeks", "2026-10-19", "2026-11-15"),
        ("12 months", "2025-11-01", "2026-10-31"),
        ("the past two years", "2024-01-01", "2025-12-31"),
        ("yesterday", "2026-11-21", "2026-11-21"),
        ("since march", "2026-03-01", "2026-11-22"),
        ("since december", "2025-12-01", "2026-11-22"),
        ("since 15 march 2025", "2025-03-15", "2026-11-22"),
        ("since q2", "2026-04-01", "2026-11-22"),
        ("march", "2026-03-01", "2026-03-31"),
        ("november", "2026-11-01", "2026-11-22"),
        ("Feb 2024", "2024-02-01", "2024-02-29"),
        ("29 feb", "2024-02-29", "2024-02-29"),
        ("march 5", "2026-03-05", "2026-03-05"),
        ("q3", "2026-07-01", "2026-09-30"),
        ("2025 q3", "2025-07-01", "2025-09-30"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("week 53", "2020-12-28", "2021-01-03"),
        ("2026-W12", "2026-03-16", "2026-03-22"),
        ("jan to mar", "2026-01-01", "2026-03-31"),
        ("nov to feb", "2025-11-01", "2026-02-28"),
        ("between 1 march and 15 april", "2026-03-01", "2026-04-15"),
        ("2026-03-01..2026-03-09", "2026-03-01", "2026-03-09"),
        ("since the beginning of the year", "2026-01-01", "2026-11-22"),
        ("after march", "2026-04-01", "2026-11-22"),
        ("until june", "1970-01-01", "2026-06-30"),
        ("before june", "1970-01-01", "2026-05-31"),
        ("first quarter", "2026-01-01", "2026-03-31"),
        ("h1 2025", "2025-01-01", "2025-06-30"),
        ("second half", "2026-07-01", "2026-11-22"),
        ("all time", "1970-01-01", "2026-11-22"),
    ],
)
def test_periods_as_people_say_them(text: str, first: str, end: str) -> None:
    assert said(text) == (first, end)


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        ("this year", "2026-04-01", "2026-11-22"),
        ("last year", "2025-04-01", "2026-03-31"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("q1", "2026-04-01", "2026-06-30"),
        ("fy26", "2025-04-01", "2026-03-31"),
        ("2025", "2025-01-01", "2025-12-31"),
    ],
)
def test_quarters_and_years_follow_the_fiscal_year(text: str, first: str, end: str) -> None:
    assert said(text, calendar=APRIL) == (first, end)


@pytest.mark.parametrize(
    "text", ["", "emea", "0 months", "99999 days", "30 february 2026", "q5", "week 77 2026"]
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert period_said(text, TODAY, JANUARY) is None


def test_a_leap_day_has_its_place() -> None:
    leap = date(2024, 2, 29)
    assert said("this month", leap) == ("2024-02-01", "2024-02-29")
    assert moved(leap, Unit.YEAR, 1) == date(2025, 2, 28)
    year = this(Unit.YEAR, leap, JANUARY)
    assert previous(year, JANUARY) == Period(first=date(2023, 1, 1), last=date(2023, 2, 28), unit=Unit.YEAR)


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        ("last quarter", "2026-04-01", "2026-06-30"),
        ("this quarter", "2026-07-01", "2026-08-22"),
        ("last 12 months", "2024-11-01", "2025-10-31"),
        ("this year", "2025-01-01", "2025-11-22"),
        ("this month", "2026-10-01", "2026-10-22"),
        ("last 4 weeks", "2026-09-21", "2026-10-18"),
        ("february 2026", "2026-01-01", "2026-01-31"),
        ("2026-03-11..2026-03-20", "2026-03-01", "2026-03-10"),
        ("today", "2026-11-21", "2026-11-21"),
    ],
)
def test_the_period_before_is_cut_like_this_one(text: str, first: str, end: str) -> None:
    period = period_said(text, TODAY, JANUARY)
    assert period is not None
    before = previous(period, JANUARY)
    assert before is not None
    assert (before.first.isoformat(), before.last.isoformat()) == (first, end)


def test_this_week_up_to_wednesday_is_compared_with_the_last_up_to_its_own() -> None:
    wednesday = date(2026, 11, 18)
    assert previous(this(Unit.WEEK, wednesday, JANUARY), JANUARY) == Period(
        first=date(2026, 11, 9), last=date(2026, 11, 11), unit=Unit.WEEK
    )


def test_where_the_calendar_begins_nothing_is_before() -> None:
    assert previous(Period(first=date.min, last=date(1, 1, 9)), JANUARY) is None
    assert previous(Period(first=date.min, last=date(1, 1, 31), unit=Unit.MONTH), JANUARY) is None


@given(units, days, calendars)
def test_every_day_lies_in_its_unit_and_units_follow_one_another(
    unit: Unit, day: date, calendar: Calendar
) -> None:
    found = whole(unit, day, calendar)
    assert day in found
    after = whole(unit, found.last + timedelta(days=1), calendar)
    assert after.first == found.last + timedelta(days=1)
    assert previous(after, calendar) == found


@given(units, days, days, calendars)
def test_buckets_cover_a_period_without_gap_or_overlap(
    unit: Unit, one: date, other: date, calendar: Calendar
) -> None:
    period = Period(first=min(one, other), last=min(min(one, other) + timedelta(days=800), max(one, other)))
    found = list(buckets(period, unit, calendar))
    assert (found[0].first, found[-1].last) == (period.first, period.last)
    assert sum(bucket.days for bucket in found) == period.days


@given(st.integers(1, 30), units, days, calendars)
def test_whole_units_end_before_the_one_that_is_running(
    how_many: int, unit: Unit, today: date, calendar: Calendar
) -> None:
    period = last(how_many, unit, today, calendar)
    assert period.last + timedelta(days=1) == this(unit, today, calendar).first
    assert len(list(buckets(period, unit, calendar))) == how_many
    before = previous(period, calendar)
    assert before is not None
    assert before.last + timedelta(days=1) == period.first


@given(days)
def test_the_last_closed_week_ends_on_a_sunday_before_today(today: date) -> None:
    end = closed_weeks_end(today)
    assert end.weekday() == 6
    assert 1 <= (today - end).days <= 7


def test_since_a_day_to_come_is_today() -> None:
    assert since(date(2030, 1, 1), TODAY) == Period(first=TODAY, last=TODAY)


def test_a_period_that_ends_before_it_begins_and_a_thirteenth_month_are_refused() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Period(first=TODAY, last=date(2026, 1, 1))
    with pytest.raises(ValueError, match="1 to 12"):
        Calendar(fiscal_start=13)
