"""The mean of a project's first windows as bytes: a dense vector, out of which no text can be read."""

from __future__ import annotations

import numpy as np

from stories.drift.vectors import Kinds
from stories.drift.words import PLACES, unit


def folded(mean: bytes | None, windows: int, whole: Kinds) -> bytes:
    """The mean of `windows` windows with one more. Raises ValueError for bytes of another length."""
    added = np.concatenate(whole)
    if mean is None or windows == 0:
        return bytes(added.astype("<f4").tobytes())
    before = np.frombuffer(mean, "<f4")
    if before.shape != added.shape:
        raise ValueError(f"a kick-off of {len(before)} numbers, not of {len(added)}")
    return bytes((before + (added - before) / (windows + 1)).astype("<f4").tobytes())


def read(mean: bytes) -> Kinds:
    """The mean as words and as meaning, of length one each."""
    both = np.frombuffer(mean, "<f4").astype(np.float32)
    return unit(both[:PLACES]), unit(both[PLACES:])
