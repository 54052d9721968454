"""Which words came up more often in comments: counted by comment, so that one long one does not decide.

A word has grown when enough people wrote it in the time after, twice as large a share of them as before, and
more than chance would have it: two standard errors of the difference of two shares, with half a comment
added to each side.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from stories.nps.suppression import FEWEST

MOST = 3
_STANDARD_ERRORS = 2.0
_TIMES = 2.0
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """A word with the shares of comments, 0 to 1, that held it before and after."""

    word: str
    before: float
    after: float


def grown(before: Iterable[str], after: Iterable[str], *, fewest: int = FEWEST) -> tuple[Grown, ...]:
    """Up to three words, the surest first, each in at least `fewest` comments after; none without any."""
    old, new = [_words(comment) for comment in before], [_words(comment) for comment in after]
    if not old or not new:
        return ()
    was, now = (
        Counter(word for words in old for word in words),
        Counter(word for words in new for word in words),
    )
    found = [
        (sure, Grown(word=word, before=was[word] / len(old), after=times / len(new)))
        for word, times in now.items()
        if times >= fewest
        if times / len(new) >= _TIMES * was[word] / len(old)
        if (sure := _z(was[word], len(old), times, len(new))) >= _STANDARD_ERRORS
    ]
    return tuple(one for _sure, one in sorted(found, key=lambda each: (-each[0], each[1].word))[:MOST])


def _words(comment: str) -> frozenset[str]:
    return frozenset(_WORD.findall(comment.casefold())) - _common()


def _z(was: int, old: int, now: int, new: int) -> float:
    first, second = (was + 0.5) / (old + 1), (now + 0.5) / (new + 1)
    return (second - first) / math.sqrt(first * (1 - first) / (old + 1) + second * (1 - second) / (new + 1))


@cache
def _common() -> frozenset[str]:
    return frozenset(files("stories.drift").joinpath("function_words.txt").read_text("utf-8").split())
