"""A word that was typed wrong, and the one that was probably meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

LIKE = 0.75
"""How alike two words have to be, from 0 to 1, for one to be taken for the other."""

_WORD = re.compile(r"[^\W\d_]{4,}")


def most_like(typed: str, texts: Sequence[str]) -> str:
    """The word in these texts that is most like the typed one, the commoner of two; "" for none."""
    counted = Counter(match.group().lower() for text in texts for match in _WORD.finditer(text))
    close = [
        (SequenceMatcher(None, typed, word).ratio(), number, word)
        for word, number in counted.items()
        if abs(len(word) - len(typed)) <= 2 and word[0] == typed[0]
    ]
    ratio, _number, word = max(close, default=(0.0, 0, ""))
    return word if ratio >= LIKE and word != typed else ""
