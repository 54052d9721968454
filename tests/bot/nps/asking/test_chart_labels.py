"""Labels under a chart: in full where there is room, else as short as still tells them apart."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from bot.messages.nps_words import beside_each_other
from stories.nps.periods import DAY, Period, Unit, moved


def months(number: int) -> list[Period]:
    starts = [moved(date(2025, 3, 1), Unit.MONTH, one) for one in range(number + 1)]
    return [Period(first=first, last=after - DAY, unit=Unit.MONTH) for first, after in pairwise(starts)]


def seen(labels: list[str]) -> list[str]:
    return [label.rstrip("\u2060") for label in labels]


def test_a_year_of_months_has_room_for_the_year() -> None:
    assert beside_each_other(months(12))[-3:] == ["Dec ’25", "Jan ’26", "Feb ’26"]


def test_twenty_months_say_the_year_once_and_are_still_told_apart() -> None:
    labels = beside_each_other(months(20))
    assert seen(labels)[8:12] == ["Nov", "Dec", "2026", "Feb"]
    assert max(map(len, seen(labels))) <= 4
    assert len(set(labels)) == 20


def test_twenty_weeks_say_each_month_once_and_years_stay_as_they_are() -> None:
    first = date(2026, 6, 1)
    weeks = [
        Period(first=first + timedelta(weeks=n), last=first + timedelta(weeks=n, days=6), unit=Unit.WEEK)
        for n in range(20)
    ]
    labels = beside_each_other(weeks)
    assert seen(labels)[:7] == ["Jun", "8", "15", "22", "29", "Jul", "13"]
    assert len(set(labels)) == 20
    years = [
        Period(first=date(2000 + n, 1, 1), last=date(2000 + n, 12, 31), unit=Unit.YEAR) for n in range(15)
    ]
    assert beside_each_other(years)[:2] == ["2000", "2001"]
