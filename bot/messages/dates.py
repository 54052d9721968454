"""Days as people write them."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from stories.language import _


def day(when: date) -> str:
    """A day with its month in words: "12 November 2026"."""
    # Translators: the locale in which dates are written, such as en_GB or de_DE.
    return format_date(when, format="d MMMM y", locale=_("en_GB"))


def weekday(when: date) -> str:
    """The name of a day in the week that people are in: "Friday"."""
    # Translators: the locale in which dates are written, such as en_GB or de_DE.
    return format_date(when, format="EEEE", locale=_("en_GB"))
