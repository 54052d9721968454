"""What texts are filtered by, as short marks that stand in the index beside their words.

A mark is one letter, eight hexadecimal digits of a hash, and a nought: no word anybody writes, and nothing
that a stemmer shortens. Two different values share a mark about once in four thousand million; whoever
shows a text looks at the text itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import blake2b

from stories.folding import fold

EVERYBODY = ""
"""Whose text it is when every colleague may find it."""

MOST_SEGMENTS = 30
"""Segments of one text that it can be filtered by."""


def visible_to(workspace_id: str, user_id: str = EVERYBODY) -> str:
    """The mark of what everybody in a workspace, or this person alone, may find."""
    return _mark("v", f"{workspace_id}\n{user_id}")


def of_kind(kind: str) -> str:
    """The mark of a kind of text."""
    return _mark("k", kind)


def of_segment(segment: str) -> str:
    """The mark of a kind of customer, in any case of letters."""
    return _mark("s", fold(segment))


def of_theme(theme: str) -> str:
    """The mark of a theme, in any case of letters."""
    return _mark("t", fold(theme))


def of_band(band: str) -> str:
    """The mark of promoters, passives or detractors."""
    return _mark("b", band)


def of_month(day: date) -> str:
    """The mark of the month in which somebody said it."""
    return _mark("m", f"{day:%Y-%m}")


def months(first: date, last: date) -> tuple[str, ...]:
    """The marks of all months from one day to another, both within."""
    found = []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        found.append(of_month(date(year, month, 1)))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return tuple(found)


def together(marks: Iterable[str]) -> str:
    """Marks as they stand in the index: each once, with spaces."""
    return " ".join(dict.fromkeys(marks))


def _mark(letter: str, value: str) -> str:
    return f"{letter}{blake2b(value.encode(), digest_size=4).hexdigest()}0"
