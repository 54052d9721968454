"""Time zones, countries and clock times as people name them, and which days are public holidays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time
from difflib import get_close_matches
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale

from stories.errors import UserError
from stories.language import _

_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2})|(?P<glued>\d{2})|\s*h)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?(?:\s*(?:o['’]?clock|uhr))?",
    re.IGNORECASE,
)


def zone_named(name: str) -> ZoneInfo:
    """The time zone with exactly this IANA name, such as "Europe/Berlin".

    Raises UserError with the nearest names there are.
    """
    if name not in _zone_names():
        near = _nearest(name, _zone_names())
        raise UserError(
            _("There is no time zone “{name}”. {hint}").format(name=name, hint=_hint(near, "Europe/Berlin")),
            field="time_zone",
        )
    return _zone(name)


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo:
    """The zone, held on to: by itself, Python keeps eight of them and reads the others from disk anew."""
    return ZoneInfo(name)


def parse_time_zone(text: str) -> str:
    """The IANA name of a zone that somebody typed: "europe/berlin", "Berlin" and "new york" are enough.

    Raises UserError with the nearest names when it is none or could be several.
    """
    wanted = _folded(text)
    found = [name for name in _zone_names() if _folded(name) == wanted]
    found = found or [name for name in _zone_names() if _folded(name.rsplit("/", 1)[-1]) == wanted]
    return found[0] if len(found) == 1 else zone_named(text.strip()).key


def check_country(code: str) -> str:
    """The code itself when holidays are known for it: a country, "DE", or a part of one, "DE-BY".

    Raises UserError with the nearest codes there are.
    """
    country, _dash, part = code.partition("-")
    parts = _countries().get(country)
    if parts is None:
        near = [_named(c) for c in _nearest(country, _countries())]
        raise _no_country(code, _hint(near, "DE, or DE-BY"))
    if _dash and part not in parts:
        near = [f"{country}-{p}" for p in _nearest(part, parts) or parts[:5]]
        raise _no_country(code, _hint(near, country))
    return code


def parse_country(text: str) -> str:
    """The code of a country that somebody typed: "de", "DE-by" and "Germany" are all enough.

    Raises UserError with the nearest codes when no holidays are known for it.
    """
    typed = text.strip()
    for code in _countries():
        if _folded(_english().get(code, "")) == _folded(typed):
            return code
    country, dash, part = typed.partition("-")
    known = {p.upper(): p for p in _countries().get(country.upper(), ())}
    return check_country(country.upper() + dash + known.get(part.upper(), part.upper()))


def parse_time(text: str) -> time:
    """A time of day as people write it: "9", "9:00", "9am", "09.30", "2130", "9h30", "noon".

    Raises UserError when it is no time, with how to write one.
    """
    typed = text.strip().casefold()
    if typed in {"noon", "midday"}:
        return time(12)
    if typed == "midnight":
        return time(0)
    match = _CLOCK.fullmatch(typed)
    if match is not None:
        hour, minute = int(match["hour"]), int(match["minute"] or match["glued"] or 0)
        half = (match["half"] or "")[:1]
        if half and 1 <= hour <= 12:
            return _at(hour % 12 + (12 if half == "p" else 0), minute, text)
        if not half:
            return _at(hour, minute, text)
    raise _no_time(text)


@lru_cache(maxsize=1024)
def holidays_of(country: str, year: int) -> frozenset[date]:
    """The public holidays of a country ("DE") or a part of one ("DE-BY") in one year."""
    # Four megabytes of feasts: a process in whose channels no country is set does without them.
    import holidays

    code, _dash, part = country.partition("-")
    return frozenset(holidays.country_holidays(code, subdiv=part or None, years=year))


def is_holiday(country: str | None, day: date) -> bool:
    """Whether the day is a public holiday there; nowhere has none."""
    return country is not None and day in holidays_of(country, day.year)


@lru_cache(maxsize=256)
def weekend_of(country: str | None) -> frozenset[int]:
    """The weekdays (Monday 0) without work in a country ("DE", "DE-BY"); Saturday and Sunday for None."""
    if country is None:
        return frozenset({5, 6})
    import holidays

    code, _dash, part = country.partition("-")
    return frozenset(holidays.country_holidays(code, subdiv=part or None).weekend)


def known_zone(name: str) -> ZoneInfo:
    """The time zone with this IANA name; UTC for one that nobody knows."""
    try:
        return zone_named(name)
    except UserError:
        return ZoneInfo("UTC")


def _at(hour: int, minute: int, text: str) -> time:
    if hour == 24 and minute == 0:
        return time(0)
    if hour > 23 or minute > 59:
        raise _no_time(text)
    return time(hour, minute)


def _no_time(text: str) -> UserError:
    return UserError(
        _("“{text}” is not a time of day. Write it like 9:00, 9am or 17:30.").format(text=text), field="at"
    )


def _no_country(code: str, hint: str) -> UserError:
    return UserError(
        _("We know no public holidays for the country “{code}”. {hint}").format(code=code, hint=hint),
        field="country",
    )


def _hint(near: list[str], example: str) -> str:
    if near:
        return _("Did you mean {names}?").format(names=_(" or ").join(near))
    return _("Write it like {example}.").format(example=example)


def _nearest(wanted: str, names: Iterable[str]) -> list[str]:
    """Up to three names that look like `wanted`, by the whole or by the part after the last slash."""
    by_form: dict[str, str] = {}
    for name in sorted(names):
        by_form.setdefault(_folded(name.rsplit("/", 1)[-1]), name)
        by_form[_folded(name)] = name
    close = get_close_matches(_folded(wanted), by_form, n=6, cutoff=0.6)
    return list(dict.fromkeys(by_form[form] for form in close))[:3]


def _folded(text: str) -> str:
    return re.sub(r"[\s_]+", " ", text.strip()).casefold()


def _named(code: str) -> str:
    name = _english().get(code)
    return f"{code} ({name})" if name else code


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _english() -> dict[str, str]:
    return {str(code): str(name) for code, name in Locale("en").territories.items()}


@cache
def _countries() -> dict[str, tuple[str, ...]]:
    """Country codes with the codes of their parts; the alphabetical order makes suggestions repeatable."""
    import holidays
    from holidays.registry import COUNTRIES

    known = holidays.list_supported_countries()
    alpha2 = {codes[1] for codes in COUNTRIES.values()}
    return {code: tuple(parts) for code, parts in sorted(known.items()) if code in alpha2}
