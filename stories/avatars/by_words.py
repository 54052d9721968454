"""Which quotes share a question's words: what can be answered where meaning cannot be looked for.

Cautious on purpose: a word in common is not an answer, so that most questions are refused this way.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

MOST = 4
ENOUGH = 0.5
"""The share of a question's weight in words that a quote has to hold."""

_TOKEN = re.compile(r"\w\w+")
_STEM = 5
"""Letters by which words are taken for the same: "invoices" and "invoicing"."""


def sharing_words(
    question: str, texts: Sequence[str], *, most: int = MOST, enough: float = ENOUGH
) -> tuple[int, ...]:
    """The places of the texts that share a question's words, best first; none when none shares enough.

    A word weighs by its rarity among the texts; a question of several words needs two of them in a text.
    """
    asked = set(_stems(question))
    held = [set(_stems(text)) for text in texts]
    found_in = Counter(stem for stems in held for stem in stems)
    weight = {stem: math.log((1 + len(texts)) / (1 + found_in[stem])) + 1 for stem in asked}
    whole = sum(weight.values())
    needed = min(2, len(asked))
    shares = [
        (sum(weight[stem] for stem in asked & stems) / whole if len(asked & stems) >= needed else 0.0, -at)
        for at, stems in enumerate(held)
        if asked
    ]
    return tuple(-at for share, at in sorted(shares, reverse=True)[:most] if share >= enough)


def _stems(text: str) -> list[str]:
    common = _function_words()
    return [word[:_STEM] for word in _TOKEN.findall(text.lower()) if word not in common]


@cache
def _function_words() -> frozenset[str]:
    return frozenset(files("stories.drift").joinpath("function_words.txt").read_text("utf-8").split())
