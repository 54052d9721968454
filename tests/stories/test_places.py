from __future__ import annotations

import pytest

from stories.calendars import check_country, zone_named
from stories.places import (
    MOST,
    countries_like,
    country_label,
    country_of,
    zone_city,
    zone_label,
    zones_like,
)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("berl", "Europe/Berlin"),
        ("new y", "America/New_York"),
        ("europe par", "Europe/Paris"),
        ("Asia/Calcutta", "Asia/Calcutta"),
        ("utc", "UTC"),
    ],
)
def test_zones_are_found_by_the_city_people_type(typed: str, first: str) -> None:
    assert zones_like(typed)[0] == first


def test_every_zone_offered_can_be_used() -> None:
    assert zones_like("no such town anywhere") == ()
    assert len(zones_like("")) == MOST
    for letter in "abcdefghijklmnopqrstuvwxyz":
        for zone in zones_like(letter):
            assert zone_named(zone).key == zone


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("germ", "DE"), ("Germany", "DE"), ("de-by", "DE-BY"), ("kingdom", "GB"), ("gb", "GB")],
)
def test_countries_are_found_by_name_and_code(typed: str, expected: str) -> None:
    assert countries_like(typed)[0] == expected


def test_a_countrys_parts_follow_when_it_is_named_alone() -> None:
    assert "DE-BY" in countries_like("germany")
    assert country_label("DE-BY") == "Germany, BY"
    assert all(check_country(code) == code for code in (*countries_like(""), *countries_like("germany")))


def test_the_country_is_guessed_from_the_zone_where_holidays_are_known() -> None:
    assert country_of("Europe/Lisbon") == "PT"
    assert country_of("UTC") is None
    assert country_of("Antarctica/Troll") is None


def test_zones_are_named_as_people_say_them() -> None:
    assert zone_label("America/Argentina/Buenos_Aires") == "Buenos Aires (America/Argentina)"
    assert (zone_city("America/New_York"), zone_label("UTC")) == ("New York", "UTC")
