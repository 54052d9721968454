"""Texts as points: by meaning (the encoder's vectors) beside by words (latent semantic analysis)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from stories.drift.words import tokens
from stories.search.codes import Vectors

MOST_TERMS = 2_000
DIMENSIONS = 32
"""Of the part that is made of words: from 16 to 48 makes no difference that is more than chance."""

WORDS_WEIGH = 0.5
"""How far words count beside meaning."""

_NOTHING = 1e-3
"""Shorter than this a row of length one is the error of rounding: a text without a word that others share."""

_ROUNDS, _MORE = 6, 16
"""Power iterations, and directions that are carried along beside those that are wanted."""


def points(texts: Sequence[str], meanings: Vectors) -> Vectors:
    """Each text as a point: its meaning, of length one, and beside it its words."""
    words = lsa(texts)
    return np.asarray(np.concatenate([_unit(meanings), WORDS_WEIGH * words], axis=1), np.float32)


def lsa(texts: Sequence[str]) -> Vectors:
    """Each text by its words: TF-IDF brought down to few dimensions, rows of length one."""
    said = [tokens(text) for text in texts]
    found_in = Counter(word for words in said for word in set(words))
    # By the alphabet where they are as common: the order of a set is another one in every process.
    common = sorted(found_in, key=lambda word: (-found_in[word], word))[:MOST_TERMS]
    kept = [word for word in common if found_in[word] > 1]
    if not kept:
        return np.zeros((len(texts), 1), np.float32)
    place = {word: number for number, word in enumerate(kept)}
    weights = np.zeros((len(texts), len(kept)), np.float32)
    for row, words in enumerate(said):
        for word, number in Counter(words).items():
            if word in place:
                rarity = np.log((1 + len(texts)) / (1 + found_in[word])) + 1
                weights[row, place[word]] = (1 + np.log(number)) * rarity
    return _unit(_reduced(_unit(weights)))


def _reduced(weights: Vectors) -> Vectors:
    """The rows in the directions in which they differ most (randomised, with fixed random numbers)."""
    dimensions = min(DIMENSIONS, *weights.shape)
    chance = np.random.default_rng(0)
    basis = weights @ chance.normal(size=(weights.shape[1], dimensions + _MORE)).astype(np.float32)
    for _ in range(_ROUNDS):
        basis, _r = np.linalg.qr(weights @ (weights.T @ basis))
    left, sizes, _right = np.linalg.svd(basis.T @ weights, full_matrices=False)
    return np.asarray((basis @ left * sizes)[:, :dimensions], np.float32)


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    known = lengths > _NOTHING
    return np.asarray(np.where(known, vectors / np.where(known, lengths, 1), 0), np.float32)
