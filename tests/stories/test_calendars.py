from __future__ import annotations

from datetime import date, time

import pytest

from stories.calendars import (
    check_country,
    holidays_of,
    is_holiday,
    parse_country,
    parse_time,
    parse_time_zone,
    zone_named,
)
from stories.errors import UserError


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9", time(9)),
        ("9:00", time(9)),
        (" 9am ", time(9)),
        ("9 A.M.", time(9)),
        ("9.30 pm", time(21, 30)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("09.30", time(9, 30)),
        ("17h", time(17)),
        ("17h05", time(17, 5)),
        ("0930", time(9, 30)),
        ("930", time(9, 30)),
        ("2130", time(21, 30)),
        ("9 o'clock", time(9)),
        ("9 Uhr", time(9)),
        ("24:00", time(0)),
        ("noon", time(12)),
        ("Midnight", time(0)),
    ],
)
def test_a_time_is_understood_as_people_write_it(typed: str, meant: time) -> None:
    assert parse_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "soon", "25", "9:60", "13pm", "0am", "9:5", "-9", "9:00:00", "99999"])
def test_what_is_no_time_is_refused_with_how_to_write_one(typed: str) -> None:
    with pytest.raises(UserError, match="9am") as caught:
        parse_time(typed)
    assert f"“{typed}”" in caught.value.message
    assert caught.value.field == "at"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("UTC", "UTC"),
    ],
)
def test_a_time_zone_is_found_by_its_city(typed: str, meant: str) -> None:
    assert parse_time_zone(typed) == meant


def test_an_unknown_time_zone_is_answered_with_the_nearest() -> None:
    with pytest.raises(UserError, match="Europe/Berlin") as caught:
        zone_named("Europe/Berlinn")
    assert "“Europe/Berlinn”" in caught.value.message
    assert caught.value.field == "time_zone"
    with pytest.raises(UserError, match="Write it like Europe/Berlin"):
        parse_time_zone("qqqqqqqq")


def test_a_path_is_no_time_zone() -> None:
    with pytest.raises(UserError):
        zone_named("../../etc/passwd")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("de", "DE"), ("Germany", "DE"), ("DE-by", "DE-BY"), ("us-ca", "US-CA"), (" united kingdom ", "GB")],
)
def test_a_country_is_found_by_code_or_name(typed: str, meant: str) -> None:
    assert parse_country(typed) == meant


def test_an_unknown_country_is_answered_with_the_nearest() -> None:
    with pytest.raises(UserError, match=r"DE \(Germany\)") as caught:
        check_country("DEE")
    assert caught.value.field == "country"
    with pytest.raises(UserError, match="DE-BY"):
        check_country("DE-BYY")
    with pytest.raises(UserError, match="DE, or DE-BY"):
        check_country("12345")


def test_a_part_of_a_country_keeps_its_own_holidays() -> None:
    epiphany = date(2026, 1, 6)
    assert is_holiday("DE-BY", epiphany)
    assert not is_holiday("DE", epiphany)
    assert not is_holiday(None, epiphany)


def test_holidays_of_a_year_are_worked_out_once() -> None:
    assert holidays_of("FR", 2031) is holidays_of("FR", 2031)
    assert date(2031, 7, 14) in holidays_of("FR", 2031)
