"""Single dates and calendar units as people write them: "15 march", "mar 2026", "q3", "2025", "w12"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from stories.nps.periods import Calendar, Period, Unit, last, moved, this, whole
from stories.patterns import late

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = "|".join([*MONTHS, "sept", *(name[:3] for name in MONTHS)])
_YEAR = r"(?:19|20)\d\d"
_ISO = late(rf"(?P<year>{_YEAR})-(?P<month>\d\d)-(?P<day>\d\d)")
_ISO_MONTH = late(rf"(?P<year>{_YEAR})-(?P<month>\d\d)")
_ISO_WEEK = late(rf"(?P<year>{_YEAR})[\s-]?w(?P<week>\d\d?)")
_WEEK = late(rf"(?:week|wk|cw|kw|w)\s?(?P<week>\d\d?)(?:[\s,]+(?:of\s+)?(?P<year>{_YEAR}))?")
_DAY = late(
    rf"(?P<day>\d\d?)(?:st|nd|rd|th)?\.?(?:\s+of)?\s+(?P<month>{_MONTH})\.?(?:[\s,]+(?P<year>{_YEAR}))?"
)
_MONTH_DAY = late(rf"(?P<month>{_MONTH})\.?\s+(?P<day>\d\d?)(?:st|nd|rd|th)?(?:[\s,]+(?P<year>{_YEAR}))?")
_WHOLE_MONTH = late(rf"(?P<month>{_MONTH})\.?(?:[\s,]+(?:of\s+)?(?P<year>{_YEAR}))?")
_QUARTER = late(
    rf"(?:q(?P<quarter>[1-4])(?:[\s/-]*(?:of\s+)?(?:fy\s?)?(?P<year>{_YEAR}))?"
    rf"|(?P<before>{_YEAR})[\s/-]*q(?P<after>[1-4]))"
)
_ORDINAL_QUARTER = late(
    rf"(?P<which>first|second|third|fourth|1st|2nd|3rd|4th)\s+quarter(?:\s+(?:of\s+)?(?:fy\s?)?(?P<year>{_YEAR}))?"
)
_HALF = late(
    rf"(?:h(?P<half>[12])|(?P<which>first|second|1st|2nd)\s+half)(?:[\s/-]*(?:of\s+)?(?:fy\s?)?(?P<year>{_YEAR}))?"
)
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_FISCAL = late(r"fy[\s-]?(?P<year>(?:20|19)?\d\d)")
_PLAIN_YEAR = late(rf"(?P<year>{_YEAR})")
_NOW = late(r"(?P<word>today|yesterday)|(?P<which>this|last)\s+(?P<unit>week|month|quarter|year)")


def point(text: str, today: date, fiscal: Calendar) -> Period | None:
    """The day or the calendar unit that the text names, up to today where today lies in it; None for none.

    A day, month or quarter without a year is the one that began most recently.
    """
    said = " ".join(text.casefold().split())
    for pattern, read in _READERS:
        found = pattern.fullmatch(said)
        if found is None:
            continue
        try:
            period = read(found, today, fiscal)
        except ValueError:
            return None
        return _up_to(period, today)
    return None


def _up_to(period: Period, today: date) -> Period:
    if not period.first <= today < period.last:
        return period
    return Period(first=period.first, last=today, unit=period.unit, words=period.words)


def _day(found: re.Match[str], today: date, _fiscal: Calendar) -> Period:
    month = _number(found["month"])
    day = int(found["day"])
    if found["year"]:
        when = date(int(found["year"]), month, day)
    else:
        when = _latest(lambda year: date(year, month, day), today)
    return Period(first=when, last=when, words=when.isoformat())


def _month(found: re.Match[str], today: date, fiscal: Calendar) -> Period:
    month = _number(found["month"])
    first = (
        date(int(found["year"]), month, 1) if found["year"] else _latest(lambda y: date(y, month, 1), today)
    )
    return _named(whole(Unit.MONTH, first, fiscal), f"{MONTHS[month - 1]} {first.year}")


def _quarter(found: re.Match[str], today: date, fiscal: Calendar) -> Period:
    number = int(found["quarter"] or found["after"])
    return _quarters(f"q{number}", 3 * (number - 1), 3, found["year"] or found["before"], today, fiscal)


def _ordinal_quarter(found: re.Match[str], today: date, fiscal: Calendar) -> Period:
    number = _ORDINALS[found["which"]]
    return _quarters(f"q{number}", 3 * (number - 1), 3, found["year"], today, fiscal)


def _half(found: re.Match[str], today: date, fiscal: Calendar) -> Period:
    number = int(found["half"]) if found["half"] else _ORDINALS[found["which"]]
    return _quarters(f"h{number}", 6 * (number - 1), 6, found["year"], today, fiscal)


def _quarters(name: str, ahead: int, months: int, said: str | None, today: date, fiscal: Calendar) -> Period:
    """So many months of the fiscal year that was said, `ahead` of its beginning; else of the latest begun."""

    def begin(year: int) -> date:
        return moved(_fiscal_start(year, fiscal), Unit.MONTH, ahead)

    if said:
        year = int(said)
    else:
        year = next(y for y in range(today.year + 1, today.year - 3, -1) if begin(y) <= today)
    end = moved(moved(begin(year), Unit.MONTH, months), Unit.DAY, -1)
    return Period(first=begin(year), last=end, unit=Unit.QUARTER, words=f"{name} {year}")


def _fiscal_year(found: re.Match[str], _today: date, fiscal: Calendar) -> Period:
    year = int(found["year"])
    year += 2000 if year < 100 else 0
    return _named(whole(Unit.YEAR, _fiscal_start(year, fiscal), fiscal), f"fy{year}")


def _calendar_year(found: re.Match[str], _today: date, fiscal: Calendar) -> Period:
    year = int(found["year"])
    unit = Unit.YEAR if fiscal.fiscal_start == 1 else Unit.MONTH
    return Period(first=date(year, 1, 1), last=date(year, 12, 31), unit=unit, words=str(year))


def _week(found: re.Match[str], today: date, _fiscal: Calendar) -> Period:
    number = int(found["week"])
    if found["year"]:
        monday = date.fromisocalendar(int(found["year"]), number, 1)
    else:
        monday = _latest(lambda year: date.fromisocalendar(year, number, 1), today)
    year, week, _weekday = monday.isocalendar()
    sunday = monday + timedelta(days=6)
    return Period(first=monday, last=sunday, unit=Unit.WEEK, words=f"{year}-w{week:02}")


def _now(found: re.Match[str], today: date, fiscal: Calendar) -> Period:
    if found["word"]:
        is_today = found["word"] == "today"
        return this(Unit.DAY, today, fiscal) if is_today else last(1, Unit.DAY, today, fiscal)
    unit = Unit(found["unit"])
    return this(unit, today, fiscal) if found["which"] == "this" else last(1, unit, today, fiscal)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date, Calendar], Period]], ...] = (
    (_ISO, _day),
    (_ISO_WEEK, _week),
    (_ISO_MONTH, _month),
    (_WEEK, _week),
    (_QUARTER, _quarter),
    (_ORDINAL_QUARTER, _ordinal_quarter),
    (_HALF, _half),
    (_FISCAL, _fiscal_year),
    (_PLAIN_YEAR, _calendar_year),
    (_DAY, _day),
    (_MONTH_DAY, _day),
    (_WHOLE_MONTH, _month),
    (_NOW, _now),
)

_GROUP = late(r"\(\?P<\w+>")
POINT = "(?:" + "|".join(_GROUP.sub("(?:", pattern.pattern) for pattern, _read in _READERS) + ")"
"""A pattern, in small letters, for anything that `point` may read."""


def _named(period: Period, words: str) -> Period:
    return Period(first=period.first, last=period.last, unit=period.unit, words=words)


def _fiscal_start(year: int, fiscal: Calendar) -> date:
    """The first day of the fiscal year that ends in this calendar year."""
    return date(year - (fiscal.fiscal_start > 1), fiscal.fiscal_start, 1)


def _latest(begin: Callable[[int], date], today: date) -> date:
    """The latest such day that is not to come; years without one (a leap day, a week 53) are passed over."""
    for year in range(today.year + 1, today.year - 9, -1):
        try:
            day = begin(year)
        except ValueError:
            continue
        if day <= today:
            return day
    raise ValueError("there was no such day of late")


def _number(month: str) -> int:
    if month.isdigit():
        return int(month)
    return next(number for number, name in enumerate(MONTHS, start=1) if name.startswith(month[:3]))
