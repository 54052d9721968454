"""Themes proposed from what was said: groups with the words that set them apart and their central texts.

Nobody is shown one as a theme before a person has named it: unreviewed, a quarter of the largest are not
what most customers spoke of.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from stories.drift.words import tokens
from stories.search.codes import Vectors
from stories.themes.grouping import Labels, grouped
from stories.themes.spaces import points
from stories.values import dataclass

GROUPS = 10
"""How many are proposed: 8 to 12 measured alike."""

CENTRAL = 3
WORDS = 3
FEWEST = 3
"""Texts of a group below which it is no theme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A group of texts, by their places: `central` are the nearest to its middle, `words` set it apart."""

    texts: tuple[int, ...]
    central: tuple[int, ...]
    words: tuple[str, ...]


def proposed(texts: Sequence[str], meanings: Vectors, *, groups: int = GROUPS) -> tuple[Proposal, ...]:
    """The groups that these texts fall into, the largest first; none for fewer than FEWEST texts.

    `meanings` are the encoder's vectors of the texts, shape (texts, dimensions).
    """
    if len(texts) < FEWEST:
        return ()
    where = points(texts, meanings)
    labels = grouped(where, min(groups, max(1, len(texts) // FEWEST)))
    words = class_words(texts, labels)
    found = []
    for label in range(int(labels.max()) + 1):
        own = np.flatnonzero(labels == label)
        if len(own) >= FEWEST:
            near = own[np.argsort(-(where[own] @ where[own].mean(0)), kind="stable")]
            found.append(
                Proposal(
                    texts=tuple(int(one) for one in own),
                    central=tuple(int(one) for one in near[:CENTRAL]),
                    words=words[label],
                )
            )
    return tuple(sorted(found, key=lambda one: -len(one.texts)))


def class_words(texts: Sequence[str], labels: Labels) -> dict[int, tuple[str, ...]]:
    """The words that are commoner in a group than in all texts (class-based TF-IDF), by group."""
    said = [set(tokens(text)) for text in texts]
    everywhere = Counter(word for words in said for word in words)
    found = {}
    for label in {int(one) for one in labels}:
        own = Counter(word for words, one in zip(said, labels, strict=True) if one == label for word in words)
        weight = {
            word: number * math.log(1 + len(texts) / everywhere[word])
            for word, number in own.items()
            if number > 1 and len(word) > 2
        }
        found[label] = tuple(sorted(weight, key=lambda word: (-weight[word], word))[:WORDS])
    return found
