"""Which words and themes came up more often in comments: by comment, so that one long one does not decide.

One has grown when enough people wrote it in the time after, a clearly larger share of them than before, and
more than chance would have it: two standard errors of the difference of two shares, with half a comment
added to each side. A word has to be twice as frequent, since hundreds are looked at; of the few themes that
people named one and a half times as frequent is enough.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain

from stories.nps.suppression import FEWEST
from stories.values import dataclass

MOST = 3
_STANDARD_ERRORS = 2.0
_TIMES, _TIMES_A_THEME = 2.0, 1.5
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """A word, or a theme by its name, with the shares of comments, 0 to 1, that held it before and after."""

    word: str
    before: float
    after: float
    theme: bool = False


def grown(before: Iterable[str], after: Iterable[str], *, fewest: int = FEWEST) -> tuple[Grown, ...]:
    """Up to three words, the surest first, each in at least `fewest` comments after; none without any."""
    old, new = ([_words(comment) for comment in side] for side in (before, after))
    return _surest(old, new, fewest=fewest, times=_TIMES, theme=False)


def grown_themes(
    before: Iterable[Collection[str]], after: Iterable[Collection[str]], *, fewest: int = FEWEST
) -> tuple[Grown, ...]:
    """The same of themes, from the names of those that each comment is about (none for most)."""
    old, new = ([frozenset(names) for names in side] for side in (before, after))
    return _surest(old, new, fewest=fewest, times=_TIMES_A_THEME, theme=True)


def _surest(
    old: Sequence[frozenset[str]],
    new: Sequence[frozenset[str]],
    *,
    fewest: int,
    times: float,
    theme: bool,
) -> tuple[Grown, ...]:
    if not old or not new:
        return ()
    was, now = (Counter(chain.from_iterable(side)) for side in (old, new))
    found = [
        (sure, Grown(word=word, before=was[word] / len(old), after=told / len(new), theme=theme))
        for word, told in now.items()
        if told >= fewest
        if told / len(new) >= times * was[word] / len(old)
        if (sure := _z(was[word], len(old), told, len(new))) >= _STANDARD_ERRORS
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
