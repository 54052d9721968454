"""Taking away from series what they share with time alone, so that what is left can be correlated."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean

Series = Sequence[float | None]
"""A value for each period, oldest first; None where it is not known."""

_ROUNDS = 30
_TINY = 1e-12


def whitened(series: Series) -> list[float]:
    """What a straight line and the period before do not foretell; 0.0 where that cannot be known."""
    straight = _without_line(series)
    before = [(old, new) for old, new in pairwise(straight) if old is not None and new is not None]
    spread = sum(old * old for old, _new in before)
    pull = sum(old * new for old, new in before) / spread if spread > _TINY else 0.0
    left: list[float | None] = [None]
    left += [None if old is None or new is None else new - pull * old for old, new in pairwise(straight)]
    mean = fmean(known) if (known := [value for value in left if value is not None]) else 0.0
    return [0.0 if value is None else value - mean for value in left]


def demeaned(panel: Sequence[Series]) -> list[list[float]]:
    """Each value less its row's and its column's mean; 0.0 where it is not known.

    With gaps the means are taken away in turns until they stay, which they do at once without.
    """
    rows = [[0.0 if value is None else value for value in row] for row in panel]
    known = [[value is not None for value in row] for row in panel]
    columns = list(range(len(rows[0]) if rows else 0))
    for _round in range(_ROUNDS):
        largest = 0.0
        for row, have in zip(rows, known, strict=True):
            largest = max(largest, _level([(row, at) for at in columns if have[at]]))
        for at in columns:
            cells = [(row, at) for row, have in zip(rows, known, strict=True) if have[at]]
            largest = max(largest, _level(cells))
        if largest < _TINY:
            break
    return rows


def _level(cells: Sequence[tuple[list[float], int]]) -> float:
    """Take the cells' mean away from each of them; how large it was."""
    if not cells:
        return 0.0
    mean = fmean(row[at] for row, at in cells)
    for row, at in cells:
        row[at] -= mean
    return abs(mean)


def _without_line(series: Series) -> list[float | None]:
    """The series less the straight line that fits it best."""
    points = [(at, value) for at, value in enumerate(series) if value is not None]
    if len(points) < 3:
        return [None if value is None else 0.0 for value in series]
    middle, level = fmean(at for at, _value in points), fmean(value for _at, value in points)
    spread = sum((at - middle) ** 2 for at, _value in points)
    tilt = sum((at - middle) * (value - level) for at, value in points) / spread
    return [
        None if value is None else value - level - tilt * (at - middle) for at, value in enumerate(series)
    ]
