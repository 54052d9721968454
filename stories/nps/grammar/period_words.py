"""Periods as people say them: "last quarter", "since march", "12 months", "q3 2025", "jan to mar"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from stories.nps.grammar.point_words import POINT, point
from stories.nps.periods import Calendar, Period, Unit, last, moved, since, this
from stories.patterns import late

LONGEST_PHRASE = 10
"""More words than this are in no period."""

_UNIT = r"days?|weeks?|months?|quarters?|years?|days|wks?|yrs?|mths?|qtrs?"
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "eighteen": 18, "twenty": 20,
}  # fmt: skip
_MOST = 1200
_TO = r"\s*(?:\.\.+|–|—|->|→)\s*|\s+(?:to|until|till|til|through|thru|up to|-)\s+"
_LAST = r"(?:the\s+)?(?:last|past|previous|prior|preceding)"
_ROLLING = late(rf"(?:{_LAST}\s+)?(?P<number>\d{{1,4}}|{'|'.join(_NUMBERS)})[\s-]+(?P<unit>{_UNIT})(?=\s)")
_ONE = late(
    rf"(?:(?P<last>{_LAST})|(?P<this>(?:the\s+)?(?:this|current)))\s+(?:fiscal\s+|calendar\s+)?(?P<unit>{_UNIT})"
    r"(?:\s+to\s+date|\s+so\s+far)?(?=\s)",
)
_BEGUN = late(
    r"(?:since|from)\s+(?:the\s+)?(?:beginning|start)\s+of\s+(?:the|this)\s+(?P<unit>week|month|quarter|year)(?=\s)"
)
_TO_DATE = late(r"(?:(?P<short>[ywmq])td|(?P<unit>week|month|quarter|year)[\s-]+to[\s-]+date)(?=\s)")
_ALWAYS = late(r"(?:all[\s-]+time|of\s+all\s+time|ever|all\s+years)(?=\s)")
_OPEN = rf"(?:(?:ever\s+)?(?P<way>since|starting|from|after|until|till|before))\s+(?P<point>{POINT})(?=\s)"
_RANGE = (
    rf"(?:from\s+)?(?P<one>{POINT})(?:{_TO})(?P<other>{POINT})(?=\s)"
    rf"|between\s+(?P<low>{POINT})\s+and\s+(?P<high>{POINT})(?=\s)"
)
_POINT = rf"(?P<point>{POINT})(?=\s)"
_RELATIVE = late(r"(?:this|last) ")
_BEGINNING = date(1970, 1, 1)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when somebody first asks: these hold every way to name a day, and took a start 70 ms."""
    return re.compile(pattern)


def period_at(words: Sequence[str], today: date, fiscal: Calendar) -> tuple[Period, int] | None:
    """The longest period with which `words` begin, and of how many of them; None when with none."""
    text = " ".join(words[:LONGEST_PHRASE]).casefold() + " "
    best: tuple[Period, int] | None = None
    for read in (_range, _rolling, _one, _open, _single):
        found = read(text, today, fiscal)
        if found is not None and (best is None or found[1] > best[1]):
            best = found
    if best is None:
        return None
    period, length = best
    return period, len(text[:length].split())


def period_said(text: str, today: date, fiscal: Calendar) -> Period | None:
    """The period that the whole text names, or None."""
    words = text.split()
    found = period_at(words, today, fiscal)
    return found[0] if found is not None and found[1] == len(words) else None


def _rolling(text: str, today: date, fiscal: Calendar) -> tuple[Period, int] | None:
    found = _ROLLING.match(text)
    if found is None:
        return None
    said = found["number"]
    number = _NUMBERS.get(said) or int(said)
    if not 1 <= number <= _MOST:
        return None
    return last(number, _unit(found["unit"]), today, fiscal), found.end()


def _one(text: str, today: date, fiscal: Calendar) -> tuple[Period, int] | None:
    if (found := _ALWAYS.match(text)) is not None:
        return Period(first=min(_BEGINNING, today), last=today, words="all time"), found.end()
    if (found := _TO_DATE.match(text)) is not None:
        unit = found["unit"] or found["short"]
        return this(_unit(unit), today, fiscal), found.end()
    if (found := _ONE.match(text)) is None:
        return None
    unit = _unit(found["unit"])
    period = last(1, unit, today, fiscal) if found["last"] else this(unit, today, fiscal)
    return period, found.end()


def _open(text: str, today: date, fiscal: Calendar) -> tuple[Period, int] | None:
    """From a point on, or up to one."""
    if (begun := _BEGUN.match(text)) is not None:
        return this(_unit(begun["unit"]), today, fiscal), begun.end()
    found = _compiled(_OPEN).match(text)
    end = found and point(found["point"], today, fiscal)
    if found is None or end is None:
        return None
    way = {"starting": "since", "from": "since", "till": "until"}.get(found["way"], found["way"])
    words = f"{way} {end.words}"
    if way in {"since", "after"}:
        whole = since(end.first if way == "since" else moved(end.last, Unit.DAY, 1), today)
        return Period(first=whole.first, last=whole.last, words=words), found.end()
    last_day = end.last if way == "until" else moved(end.first, Unit.DAY, -1)
    return Period(first=min(_BEGINNING, last_day), last=last_day, words=words), found.end()


def _range(text: str, today: date, fiscal: Calendar) -> tuple[Period, int] | None:
    found = _compiled(_RANGE).match(text)
    if found is None:
        return None
    one = point(found["one"] or found["low"], today, fiscal)
    other = point(found["other"] or found["high"], today, fiscal)
    if one is None or other is None:
        return None
    if one.first > other.first and _RELATIVE.match(one.words) and _RELATIVE.match(other.words):
        return None  # "this quarter to last quarter" sets two periods beside each other
    if one.first > other.first and not re.search(r"\d{4}", found["one"] or found["low"]):
        earlier = point(found["one"] or found["low"], other.last, fiscal)
        one = earlier or one
    if one.first > other.first:
        one, other = other, one
    unit = one.unit if one.unit is other.unit else Unit.DAY
    words = f"{one.words} to {other.words}"
    return Period(first=one.first, last=max(other.last, one.last), unit=unit, words=words), found.end()


def _single(text: str, today: date, fiscal: Calendar) -> tuple[Period, int] | None:
    found = _compiled(_POINT).match(text)
    period = found and point(found["point"], today, fiscal)
    return (period, found.end()) if found is not None and period is not None else None


def _unit(said: str) -> Unit:
    return next(unit for unit in Unit if unit[0] == said[0])
