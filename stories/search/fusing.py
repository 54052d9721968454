"""Two rankings made one: full text and likeness in meaning, as standard scores summed."""

from __future__ import annotations

import math
from collections.abc import Mapping


def fused(
    words: Mapping[int, float], likeness: Mapping[int, float], weight: float
) -> list[tuple[int, float]]:
    """Texts by both, best first, with their score.

    `words` says how well each was found by its words; one that was not counts 0 there. One without a
    likeness counts as much as the mean there. `weight` is what a likeness counts beside words.
    """
    ids = sorted({*words, *likeness})
    by_words = _standard([words.get(one, 0.0) for one in ids])
    mean = math.fsum(likeness.values()) / len(likeness) if likeness else 0.0
    by_meaning = _standard([likeness.get(one, mean) for one in ids])
    scored = [
        (one, said + weight * meant) for one, said, meant in zip(ids, by_words, by_meaning, strict=True)
    ]
    return sorted(scored, key=lambda pair: -pair[1])


def _standard(values: list[float]) -> list[float]:
    if not values:
        return []
    mean = math.fsum(values) / len(values)
    # What `statistics` does with fractions takes longer than the search for the texts.
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values))
    return [(value - mean) / spread if spread else 0.0 for value in values]
