"""Days, times, numbers and lists as the person at hand writes them (Babel).

English is written in one way (12 November 2026, 09:00, 1,234), whichever country it is read in; all other
languages as they are written where the person is. Weeks in statistics are ISO's: they begin on Mondays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal

from babel.dates import format_date, format_time, match_skeleton
from babel.lists import format_list
from babel.numbers import format_currency

from stories.directions import in_its_direction
from stories.language import ENGLISH, gettext, localised, spoken

_SHORT_WEEKDAY = re.compile(r"(?<!E)E{1,3}(?!E)")


def day(when: date) -> str:
    """A day with its month in words: "12 November 2026"."""
    return format_date(when, format="long", locale=spoken().locale)


def weekday(when: date) -> str:
    """The name of a day of the week: "Friday"."""
    return format_date(when, format="EEEE", locale=spoken().locale)


def day_of_week(number: int) -> str:
    """The name of a weekday, Monday 0: "Monday"."""
    return str(spoken().locale.days["format"]["wide"][number])


def day_in_week(when: date) -> str:
    """A day that is near: "Friday 13 November"."""
    return _dated(when, english="EEEE d MMMM", skeleton="MMMMEd")


def month(when: date) -> str:
    """A month: "November 2026"."""
    return _dated(when, english="LLLL y", skeleton="yMMMM")


def day_of_month(when: date) -> str:
    """A day of this year: "12 November"."""
    return _dated(when, english="d MMMM", skeleton="MMMMd")


def clock(at: time) -> str:
    """A time of day: "09:00"."""
    return format_time(at, format="HH:mm", locale=spoken().locale)


def number(value: float | Decimal, digits: int = 0) -> str:
    """A number with its thousands set apart: "1,234"; with this many digits after the point."""
    return localised(f"{value:,.{digits}f}")


def signed(value: float | Decimal, digits: int = 0) -> str:
    """A difference: "+1.5"."""
    return localised(f"{value:+,.{digits}f}")


def percent(share: float) -> str:
    """A share of 1 in whole percent: "12 %"."""
    return f"{number(100 * share)} %"


def money(amount: Decimal, currency: str) -> str:
    """An amount, with its cents where it has some, in a currency by its three letters: "€1,200"."""
    locale = spoken().locale
    whole = amount == amount.to_integral_value()
    pattern = str(locale.currency_formats["standard"].pattern).replace(".00", "") if whole else None
    return format_currency(amount, currency, locale=locale, format=pattern, currency_digits=not whole)


def listed(names: Iterable[str]) -> str:
    """Several things: "Ada, Ben and Chris"."""
    return format_list(list(names), locale=spoken().locale)


def either(names: Iterable[str]) -> str:
    """One of several: "Ada, Ben or Chris"."""
    return format_list(list(names), style="or", locale=spoken().locale)


def quoted(words: str) -> str:
    """Words between the quotation marks of the language: "“as they said it”"."""
    return gettext("“{words}”").format(words=in_its_direction(words))


def week() -> tuple[int, ...]:
    """The days of a week, Monday 0, in the order in which they follow each other where the person is."""
    first = spoken().home.first_week_day
    return tuple((first + step) % 7 for step in range(7))


def language_called(code: str) -> str:
    """What a language is called ("German"); the code itself for one that nobody knows."""
    return str(spoken().locale.languages.get(code, code))


def country_called(code: str) -> str:
    """What a country is called ("Germany"); the code itself for one that nobody knows."""
    return str(spoken().locale.territories.get(code, code))


def written_as() -> str:
    """What a page says its language is: "de-DE"."""
    return str(spoken().locale).replace("_", "-")


def direction() -> str:
    """In which direction a page is read: "ltr" or "rtl"."""
    return str(spoken().locale.text_direction)


def _dated(when: date, *, english: str, skeleton: str) -> str:
    now = spoken()
    if now.language == ENGLISH:
        return format_date(when, format=english, locale=now.locale)
    known = now.locale.datetime_skeletons
    nearest = skeleton if skeleton in known else match_skeleton(skeleton, known, allow_different_fields=True)
    if nearest is None:
        return format_date(when, format="long", locale=now.locale)
    # Where a language's only pattern has the weekday short, it is written out all the same.
    return format_date(when, format=_SHORT_WEEKDAY.sub("EEEE", known[nearest].pattern), locale=now.locale)
