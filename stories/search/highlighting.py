"""The part of a text that answers a search, with the words in it that were searched for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

LONGEST = 260
"""Characters of a part that is shown."""

Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it is a word that was searched for."""

_SHORTEST_STEM = 4
_ENDING = 2
_LONGER = 4
"""Letters by which a word's other forms may differ at the end: "invoices" and "invoicing"."""


def held(terms: Sequence[str], text: str) -> int:
    """How many of the terms a text holds, in any of their forms."""
    lower = text.lower()
    return sum(_forms(term).search(lower) is not None for term in terms)


def excerpt(text: str, terms: Sequence[str], *, most: int = LONGEST) -> Pieces:
    """The part of a text in which most of these words stand, at most that many characters and ellipses."""
    text = " ".join(text.split())
    lower = text.lower()
    found = {match.span() for term in terms for match in _forms(term).finditer(lower)}
    # A letter that is longer in its small form would shift what follows: such a text has nothing in bold.
    spots = _apart(found) if len(lower) == len(text) else []
    start, end = _part(text, spots, most)
    pieces: list[tuple[str, bool]] = [("…", False)] if start else []
    at = start
    for first, last in spots:
        if first >= start and last <= end:
            pieces += [(text[at:first], False), (text[first:last], True)]
            at = last
    pieces += [(text[at:end], False), *([("…", False)] if end < len(text) else [])]
    return tuple(piece for piece in pieces if piece[0])


def _part(text: str, spots: Sequence[tuple[int, int]], most: int) -> tuple[int, int]:
    if len(text) <= most:
        return 0, len(text)
    starts = [0, *(max(0, first - most // 4) for first, _ in spots)]
    start = max(starts, key=lambda at: (sum(at <= a and b <= at + most for a, b in spots), -at))
    # Whole words: a part begins after a space, and ends before one.
    start = text.find(" ", start - 1) + 1 if start else 0
    end = min(len(text), start + most)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + most // 2)
    return start, end


def _apart(spots: set[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for first, last in sorted(spots):
        if not kept or first >= kept[-1][1]:
            kept.append((first, last))
    return kept


@lru_cache(maxsize=1000)
def _forms(term: str) -> re.Pattern[str]:
    """A lower-case word in its forms, as far as letters tell."""
    stem = term[: max(_SHORTEST_STEM, len(term) - _ENDING)]
    more = len(term) - len(stem) + _LONGER if len(term) >= _SHORTEST_STEM else 1
    return re.compile(rf"(?<![^\W_]){re.escape(stem)}[^\W_]{{0,{more}}}(?![^\W_])")
