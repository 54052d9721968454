"""In which order a customer's words are told: as they were kept, but what came first for them comes first.

A write-up keeps its quotes in the order of whoever wrote it, and of a talk that was read, the most telling
first. So that a story does not begin with its end, words that say themselves when they were ("Initially",
"Once I had made it") stand where they say. Those marks are English; other words stay where they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from stories.series.material import Words
from stories.telling_worth import plain

_EARLY = re.compile(
    r"\b(?:at first|initially|originally|to begin with|in the beginning|in college|at school|used to"
    r"|started (?:by|out|in)|got started|years ago)\b"
)
_LATE = re.compile(
    r"\b(?:eventually|finally|in the end|in my last|once (?:i|we)|no longer|by now|nowadays|these days"
    r"|right now|today|so far|since then|looking back|now)\b"
)
_BEGINNING = re.compile(r"(?:\S+\s*){1,5}")
"""Where words say when they were: their first five."""


def in_order(words: Iterable[Words]) -> tuple[Words, ...]:
    """These words with what was early for the speaker before the rest, and what was late after it."""
    return tuple(sorted(words, key=lambda one: when(one.text)))


def when(text: str) -> int:
    """-1 for what is told as the beginning of something, 1 as what came of it, 0 for everything else."""
    found = _BEGINNING.match(plain(text).strip())
    start = found[0] if found else ""
    return 1 if _LATE.search(start) else -1 if _EARLY.search(start) else 0
