"""Whether “why does it matter to us?” has a thought of its own.

It says things again when nearly all of its words of weight stand in what happened or in what they said, and
nothing when all of them could stand under any conversation. Words are compared by their beginnings, so that
“waited” and “waiting” are one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from stories.hints.plain import plainly
from stories.values import dataclass


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


class SoWhat(StrEnum):
    """What may be pointed at."""

    MISSING = "missing"
    AGAIN = "again"
    NOTHING = "nothing"


_LITTLE = _words(
    """
    a about after again all also am an and any are as at be because been before being but by can could
    did do does doesn't don't didn't for from had has have he her here him his how i if in into is isn't
    it its it's i'm just may me might more most my no not now of off on one or our out over she since so
    some than that that's the their them then there these they this those though to too up us very was
    wasn't we we're were what when where which while who why will with would yet you your every each
    only although although's still got get gets even both few own same since
    """
)
_ANYWHERE = _words(
    """
    above account amazing appreciate appreciated aware awesome bad call chat client conversation
    customer customers discuss discussed enjoyed excellent experience feedback fine follow friendly fun
    glad good great happy helpful hear heard important improve improvement informative insight
    insightful insights interested interesting interview issue keep know learn learned learnt lot lots
    lovely look man matter matters meet meeting mention mentioned mind n/a na need needed needs nice
    nothing ok okay open pain person pleasant please pleased point positive problem product really
    relevant satisfied see share shared sharing sure talk talked talking talks team thank thanks think
    thought tbd todo tomorrow unhappy useful valuable view well woman wonderful worth write
    """
)
_WORD = re.compile(r"[^\W_][\w'/-]*")
_STEM = 4
"""Letters by which words are compared: “waited”, “waiting”, “waits”."""
_AGAIN = 0.75
"""The share of words told before from which it says things again; found on the half for developing."""
_FEWEST = 3
"""Words of weight that it takes to compare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """The words of one language without weight: `little` ones, and those that fit `anywhere`.

    `beginnings` are left out where words are compared (German's “ge”, so that “gewartet” is “warten”).
    """

    little: frozenset[str]
    anywhere: frozenset[str]
    beginnings: tuple[str, ...] = ()


_ENGLISH = Weighing(little=_LITTLE, anywhere=_ANYWHERE)


def so_what(
    meaning: str, happened: str, quotes: Sequence[str], weighing: Weighing = _ENGLISH
) -> SoWhat | None:
    """What may be pointed at in the meaning of a write-up; None where it says something of its own."""
    words = _weighty(meaning, weighing)
    if not meaning.strip():
        return SoWhat.MISSING
    if all(word in weighing.anywhere for word in words):
        return SoWhat.NOTHING
    before = {_stem(word, weighing) for told in (happened, *quotes) for word in _weighty(told, weighing)}
    told = [word for word in words if _stem(word, weighing) in before]
    if len(words) >= _FEWEST and len(told) >= _AGAIN * len(words):
        return SoWhat.AGAIN
    return None


def _weighty(text: str, weighing: Weighing) -> list[str]:
    return [word for word in _WORD.findall(plainly(text)) if word not in weighing.little]


def _stem(word: str, weighing: Weighing) -> str:
    bare = word.removesuffix("'s")
    for beginning in weighing.beginnings:
        if len(bare) >= len(beginning) + _STEM:
            bare = bare.removeprefix(beginning)
    return bare[:_STEM]
