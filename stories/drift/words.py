"""Talk as weighted words in a fixed number of places: TF-IDF under the hashing trick, with signs.

Hashed, a window's mean is a dense vector out of which no text can be read, so that it may be kept.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]

PLACES = 1024
"""Length of a vector of words. 256 cost recall, 4,096 brought none."""

_TOKEN = re.compile(r"\w\w+")


@cache
def function_words() -> frozenset[str]:
    """Words that say how something is said and not what about."""
    return frozenset(files("stories.drift").joinpath("function_words.txt").read_text("utf-8").split())


def tokens(text: str) -> list[str]:
    """The words of a text that carry what it is about, lower-case."""
    common = function_words()
    return [word for word in _TOKEN.findall(text.lower()) if word not in common]


class HashedWords:
    """Weighs words by how rare they are in background talk: `documents`, its messages as words."""

    def __init__(self, documents: Iterable[list[str]]) -> None:
        seen: Counter[str] = Counter()
        number = 0
        for words in documents:
            seen.update(set(words))
            number += 1
        self._rarest = math.log(1 + number) + 1
        self._rarity: Mapping[str, float] = {
            word: math.log((1 + number) / (1 + found)) + 1 for word, found in seen.items()
        }

    def vector(self, words: Iterable[str]) -> Vector:
        """These words as a unit vector of 1,024 places; zeros for no words."""
        places = np.zeros(PLACES, np.float32)
        for word, times in Counter(words).items():
            place, sign = _place(word)
            places[place] += sign * (1 + math.log(times)) * self._rarity.get(word, self._rarest)
        return unit(places)


def unit(vectors: Vector) -> Vector:
    """Vectors scaled to length one along their last axis; zeros stay zeros."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(lengths == 0, 1, lengths), np.float32)


@cache
def _place(word: str) -> tuple[int, int]:
    code = zlib.crc32(word.encode())
    return code % PLACES, 1 - 2 * ((code >> 20) & 1)
