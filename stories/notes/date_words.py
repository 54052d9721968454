"""Reading a date from words: exact days, months and seasons, and what can be read in several ways."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date, datetime

from stories.patterns import late

Days = list[tuple[date, date]]
"""What some words can mean: first and last day of each reading, earliest reading first as written."""

_MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MARKS = " \t,;:–—-_|"
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11), "winter": (12, 2)}
_LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "ja"]


def _written(pattern: str) -> re.Pattern[str]:
    """A pattern that stands apart from letters and digits, in any case."""
    month = "|".join(sorted(_MONTHS, key=len, reverse=True))
    filled = (
        pattern.replace("<month>", rf"(?P<month>{month})\.?")
        .replace("<second>", rf"(?P<second>{month})\.?")
        .replace("<season>", rf"(?P<season>{'|'.join(_SEASONS)})")
        .replace("<later>", rf"(?P<later>{'|'.join(_SEASONS)})")
        .replace("<year>", r"(?P<year>(?:19|20)\d\d)")
        .replace("<first>", r"(?P<first>(?:19|20)\d\d)")
    )
    return late(rf"(?<![^\W_])(?:{filled})(?![^\W_])", re.IGNORECASE)


_ISO = _written(
    r"<year>([-/._ ]?)(?P<m>0[1-9]|1[0-2])\2(?P<d>0[1-9]|[12]\d|3[01])"
    r"(?:[T ]?\d{2}[:\d]{2,}(?:[.\d]*)?Z?)?"
)
_NUMBERS = _written(r"(?P<a>\d{1,2})(?P<mark>[-/.])(?P<b>\d{1,2})(?P=mark)(?P<y>\d{4}|\d{2})")
_DAY_MONTH = _written(r"(?P<d>\d{1,2})(?:st|nd|rd|th)?\.?[\s_-]+(?:of\s+)?<month>,?[\s_-]+<year>")
_MONTH_DAY = _written(r"<month>[\s_-]+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?[\s_-]+<year>")
_MONTH_YEAR = _written(r"<month>,?[\s_-]+<year>|<first>,?[\s_-]+<second>")
_SEASON_YEAR = _written(r"<season>,?[\s_-]+<year>|<first>,?[\s_-]+<later>")


def read_words(text: str) -> tuple[str, Days] | None:
    """The words of the first date and every span of days it can mean; None when there is none."""
    days: Days
    if match := _ISO.search(text):
        days = _valid([(int(match["year"]), int(match["m"]), int(match["d"]))])
    elif match := _DAY_MONTH.search(text) or _MONTH_DAY.search(text):
        days = _valid([(int(match["year"]), _MONTHS[match["month"].casefold()], int(match["d"]))])
    elif match := _NUMBERS.search(text):
        days = _numbers(match)
    elif match := _MONTH_YEAR.search(text):
        year, month = int(match["year"] or match["first"]), _MONTHS[_either(match, "month", "second")]
        days = [_span(year, month, year, month)]
    elif match := _SEASON_YEAR.search(text):
        days = _season(int(match["year"] or match["first"]), _either(match, "season", "later"))
    else:
        return None
    return (match[0], days) if days else None


def parse_label(text: str, today: date) -> tuple[Days, bool] | None:
    """A date in any language that dateparser knows, and whether its year is named too."""
    if not any(character.isdigit() for character in text):
        return None
    # It takes a tenth of a second to load, and a start must not wait for it.
    import dateparser

    base = datetime.combine(today, datetime.min.time())
    for parts in (["day", "month", "year"], ["day", "month"]):
        parsed = dateparser.parse(
            text,
            languages=_LANGUAGES,
            settings={
                "REQUIRE_PARTS": parts,
                "PREFER_DATES_FROM": "past",
                "RELATIVE_BASE": base,
                "PARSERS": ["absolute-time"],
            },
        )
        if parsed is not None:
            return [(parsed.date(), parsed.date())], len(parts) == 3
    return None


def without_dates(text: str, fewest: int = 2) -> str:
    """The text without a date at its beginning or end, when at least `fewest` words are left."""
    for pattern in (_ISO, _DAY_MONTH, _MONTH_DAY, _MONTH_YEAR, _SEASON_YEAR):
        for match in pattern.finditer(text):
            at_edge = not re.search(r"\w", text[: match.start()]) or not re.search(r"\w", text[match.end() :])
            rest = re.sub(r"\(\s*\)", "", text[: match.start()] + " " + text[match.end() :]).strip(_MARKS)
            if at_edge and len(re.findall(r"[^\W\d_]{2,}", rest)) >= fewest:
                return rest
    return text


def _either(match: re.Match[str], first: str, second: str) -> str:
    return (match[first] or match[second]).casefold()


def _numbers(match: re.Match[str]) -> Days:
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    # With dots the day comes first wherever that is written; with slashes it depends on the country.
    orders = [(year, b, a)] if match["mark"] == "." else [(year, b, a), (year, a, b)]
    return _valid(dict.fromkeys(orders))


def _season(year: int, season: str) -> Days:
    first, last = _SEASONS[season]
    if season != "winter":
        return [_span(year, first, year, last)]
    # "Winter 2022" is the one that ended in 2022 to some and the one that began then to others.
    return [_span(year - 1, first, year, last), _span(year, first, year + 1, last)]


def _valid(orders: Iterable[tuple[int, int, int]]) -> Days:
    days = []
    for year, month, day in orders:
        if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
            days.append((date(year, month, day), date(year, month, day)))
    return days


def _span(year: int, month: int, last_year: int, last_month: int) -> tuple[date, date]:
    last_day = calendar.monthrange(last_year, last_month)[1]
    return date(year, month, 1), date(last_year, last_month, last_day)
