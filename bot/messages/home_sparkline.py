"""A row of scores as a line of small blocks, for where no picture can stand."""

from __future__ import annotations

from collections.abc import Sequence

from stories.nps.counts import Counts, score

_BLOCKS = "▁▂▃▄▅▆▇█"
_GAP = "·"

NARROWEST = 40.0
"""Points that the line spans at the least: a move of two points is not to look like a cliff."""


def sparkline(months: Sequence[Counts | None]) -> str:
    """One block for each score, the higher the taller; a dot where there is none."""
    scores = [None if counts is None else score(counts) for counts in months]
    known = [one for one in scores if one is not None]
    if not known:
        return _GAP * len(scores)
    middle = (max(known) + min(known)) / 2
    half = max(max(known) - min(known), NARROWEST) / 2
    return "".join(_GAP if one is None else _block((one - middle + half) / (2 * half)) for one in scores)


def _block(height: float) -> str:
    """The block for a height from 0 to 1."""
    return _BLOCKS[min(len(_BLOCKS) - 1, max(0, int(height * len(_BLOCKS))))]
