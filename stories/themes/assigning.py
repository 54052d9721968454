"""Which theme a new text is about: by the theme's own sentence, then as people have sorted others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from stories.search.codes import Vectors
from stories.values import dataclass

ENOUGH_SAID = 10
"""Texts that people have put under a theme, from which on it is learned from them."""

NEAR_ENOUGH = 0.30
"""The likeness to a theme's sentence and its central texts from which a text is about it."""

LIKELY = 0.5
STRENGTH = 10.0
"""Inverse strength of regularisation (C)."""

_ROUNDS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A theme as texts are held against it: `described` is the vector of its sentence and central texts.

    `yes` and `no` are vectors of texts that people have put under it, and taken out of it.
    """

    id: int
    described: Vectors
    yes: Vectors
    no: Vectors


class Sorter:
    """Says of texts which theme they are about."""

    def __init__(self, known: Sequence[Known]) -> None:
        self._known = known
        self._learned: Mapping[int, Vectors] = {
            one.id: learned(one.yes, _others(one, known)) for one in known if len(one.yes) >= ENOUGH_SAID
        }

    def sort(self, vectors: Vectors) -> list[int | None]:
        """The theme of each text, by its vector of length one; None for one that is about none of them."""
        if not self._known or not len(vectors):
            return [None] * len(vectors)
        scores = np.stack([self._score(one, vectors) for one in self._known], axis=1)
        best = scores.argmax(1)
        return [self._known[place].id if scores[row, place] > 0 else None for row, place in enumerate(best)]

    def _score(self, one: Known, vectors: Vectors) -> Vectors:
        """Above 0 for a text that is about it: how far beyond the limit, as a share of what is left."""
        if one.id in self._learned:
            likely = _probability(vectors, self._learned[one.id])
            return np.asarray((likely - LIKELY) / (1 - LIKELY), np.float32)
        alike = vectors @ one.described
        return np.asarray((alike - NEAR_ENOUGH) / (1 - NEAR_ENOUGH), np.float32)


def learned(yes: Vectors, no: Vectors) -> Vectors:
    """Weights of a logistic regression that tells `yes` from `no`, both sides counting alike; the last is
    the constant.
    """
    rows = np.concatenate([yes, no]).astype(np.float64)
    rows = np.concatenate([rows, np.ones((len(rows), 1))], axis=1)
    told = np.concatenate([np.ones(len(yes)), np.zeros(len(no))])
    share = np.where(told == 1, len(rows) / (2 * max(1, len(yes))), len(rows) / (2 * max(1, len(no))))
    weights = np.zeros(rows.shape[1])
    penalty = np.full(rows.shape[1], 1 / STRENGTH)
    penalty[-1] = 1e-6
    for _ in range(_ROUNDS):
        likely = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (share * (likely - told)) + penalty * weights
        bend = (rows * (share * likely * (1 - likely))[:, None]).T @ rows + np.diag(penalty)
        weights -= np.linalg.solve(bend, slope)
    return np.asarray(weights, np.float32)


def _probability(vectors: Vectors, weights: Vectors) -> Vectors:
    return np.asarray(1 / (1 + np.exp(-np.clip(vectors @ weights[:-1] + weights[-1], -30, 30))), np.float32)


def _others(one: Known, known: Sequence[Known]) -> Vectors:
    """What is not about it: what people took out of it, and what they put under the others."""
    parts = [one.no, *(other.yes for other in known if other.id != one.id)]
    return np.concatenate(
        [part for part in parts if len(part)] or [np.zeros((1, one.yes.shape[1]), np.float32)]
    )
