"""The part of a text that answers a search, with the words in it that were searched for."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST = 260
"""Characters of a part that is shown."""

Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it is a word that was searched for."""

_WORD = re.compile(r"[^\W_]+")
_SHORTEST_STEM = 4
_ENDINGS = 3
"""Letters by which two words may differ at their end: "invoices" and "invoicing"."""


def same(term: str, word: str) -> bool:
    """Whether a word of a text is this one, or this one in another form."""
    word = word.lower()
    if term == word:
        return True
    shared = 0
    for a, b in zip(term, word, strict=False):
        if a != b:
            break
        shared += 1
    longest = max(len(term), len(word))
    return (
        shared >= _SHORTEST_STEM and shared >= min(len(term), len(word)) - 1 and longest - shared <= _ENDINGS
    )


def held(terms: Sequence[str], text: str) -> int:
    """How many of the terms a text holds."""
    words = {match.group().lower() for match in _WORD.finditer(text)}
    return sum(any(same(term, word) for word in words) for term in terms)


def excerpt(text: str, terms: Sequence[str], *, most: int = LONGEST) -> Pieces:
    """The part of a text in which most of these words stand, at most that many characters and ellipses."""
    text = " ".join(text.split())
    spots = [m.span() for m in _WORD.finditer(text) if any(same(term, m.group()) for term in terms)]
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
