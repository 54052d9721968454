"""Time zones and countries to choose from, as people look for them while typing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from stories.calendars import check_country, parse_country, parse_time_zone
from stories.errors import UserError
from stories.speaking import country_called

MOST = 50
"""Choices that are worth scrolling through."""


def zones_like(words: str) -> tuple[str, ...]:
    """Names of time zones that hold all these words, those of a city first; a misspelt one finds its kin."""
    known = _zones()
    wanted = _folded(words).split()
    found = [zone for zone in known if all(word in _folded(zone) for word in wanted)]
    if not found:
        try:
            found = [parse_time_zone(words)]
        except UserError:
            found = []
    return tuple(sorted(found, key=lambda zone: (not _city(zone).startswith(_folded(words)), zone))[:MOST])


def zone_label(zone: str) -> str:
    """A zone as people read it: "Berlin (Europe)"."""
    region = zone.rpartition("/")[0].replace("_", " ")
    return f"{zone_city(zone)} ({region})" if region else zone


def zone_city(zone: str) -> str:
    """The city that a zone is named after: "New York"; the zone itself where it is none ("UTC")."""
    return zone.rpartition("/")[2].replace("_", " ")


def countries_like(words: str) -> tuple[str, ...]:
    """Codes of countries whose name or code begins with these words, then those that hold them.

    One country's parts ("DE-BY") follow when the words name it alone.
    """
    wanted = _folded(words)
    names = {code: _folded(country_label(code)) for code in sorted(_countries(), key=country_label)}
    found = [code for code, name in names.items() if name.startswith(wanted) or _folded(code) == wanted]
    found += [code for code, name in names.items() if wanted in name and code not in found]
    try:
        exact = parse_country(words) if wanted else ""
    except UserError:
        exact = ""
    if exact:
        found = [exact, *(code for code in found if code != exact)]
    alone = exact or (found[0] if len(found) == 1 else "")
    parts = _parts(alone.partition("-")[0]) if alone else []
    return tuple(dict.fromkeys([*found[:1], *parts, *found[1:]]))[:MOST]


def country_label(code: str) -> str:
    """A country as people read it: "Germany", "Germany, BY"."""
    country, _dash, part = code.partition("-")
    name = country_called(country)
    return f"{name}, {part}" if part else name


def country_of(zone: str) -> str | None:
    """The country in which a time zone lies, when it lies in one whose public holidays are known."""
    code = get_global("zone_territories").get(zone)
    try:
        return check_country(str(code)) if code else None
    except UserError:
        return None


def _folded(text: str) -> str:
    return " ".join(text.replace("_", " ").replace("/", " ").split()).casefold()


def _city(zone: str) -> str:
    return _folded(zone.rpartition("/")[2])


@cache
def _zones() -> tuple[str, ...]:
    known = available_timezones().intersection(get_global("zone_territories"))
    return ("UTC", *sorted(zone for zone in known if not zone.startswith("Etc/")))


@cache
def _countries() -> tuple[str, ...]:
    import holidays

    return tuple(_usable(holidays.list_supported_countries()))


def _usable(codes: Iterable[str]) -> list[str]:
    territories = Locale("en").territories
    return [code for code in codes if len(code) == 2 and code in territories]


def _parts(country: str) -> list[str]:
    import holidays

    return [f"{country}-{part}" for part in holidays.list_supported_countries().get(country, ())]
