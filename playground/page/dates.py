"""Dates as Slack writes them: the `<!date^…>` formats and the stamps beside messages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

from babel.dates import format_date, format_time, format_timedelta

from playground.page.reading import Reading
from playground.page.words import _

_TOKEN = re.compile(r"\{([a-z_]+)\}")
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def _nearby(when: datetime, reading: Reading, otherwise: str) -> str:
    days = (when.date() - reading.now.astimezone(reading.zone).date()).days
    return _(_NEAR[days]) if days in _NEAR else otherwise


def _day(style: str) -> Callable[[datetime, Reading], str]:
    return lambda when, reading: str(format_date(when, style, locale=reading.locale))


def _pretty(style: str) -> Callable[[datetime, Reading], str]:
    return lambda when, reading: _nearby(when, reading, _day(style)(when, reading))


def _time(style: str) -> Callable[[datetime, Reading], str]:
    return lambda when, reading: str(format_time(when, style, locale=reading.locale))


def _ago(when: datetime, reading: Reading) -> str:
    return str(format_timedelta(when - reading.now, add_direction=True, locale=reading.locale))


_FORMATS: dict[str, Callable[[datetime, Reading], str]] = {
    "date_num": lambda when, _reading: when.strftime("%Y-%m-%d"),
    "date_slash": _day("dd/MM/yyyy"),
    "date": _day("long"),
    "date_short": _day("medium"),
    "date_long": _day("full"),
    "date_pretty": _pretty("long"),
    "date_short_pretty": _pretty("medium"),
    "date_long_pretty": _pretty("full"),
    "day_divider_pretty": _pretty("EEEE, d MMMM"),
    "time": _time("HH:mm"),
    "time_secs": _time("HH:mm:ss"),
    "ago": _ago,
}


def moment(stamp: float | str, reading: Reading) -> datetime | None:
    """Return the reader's local time for a Unix stamp or a message's ts; None if it is neither."""
    try:
        return datetime.fromtimestamp(float(stamp), UTC).astimezone(reading.zone)
    except (ValueError, OverflowError, OSError):
        return None


def slack_date(stamp: float | str, pattern: str, reading: Reading) -> str | None:
    """Fill Slack's date pattern, such as `{date_pretty} at {time}`, in the reader's zone and language.

    Returns None when the stamp is no time or the pattern names a format that Slack does not have, so that
    the caller shows the fallback text, as Slack does.
    """
    when = moment(stamp, reading)
    if when is None or any(name not in _FORMATS for name in _TOKEN.findall(pattern)):
        return None
    return _TOKEN.sub(lambda token: _FORMATS[token[1]](when, reading), pattern)
