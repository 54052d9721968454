"""How fair a rota was: how evenly conversations are spread."""

from __future__ import annotations

from collections.abc import Iterable

from stories.values import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """The fewest, the mean and the most of something a head, and Gini's coefficient (0: all alike, to 1)."""

    least: int
    mean: float
    most: int
    gini: float


def spread(counts: Iterable[int]) -> Spread:
    """How evenly something is spread. Raises ValueError for nobody.

    Gini's coefficient as the mean difference of all pairs over twice the mean, by the sorted form.
    """
    ordered = sorted(counts)
    if not ordered:
        raise ValueError("nobody has no spread")
    number, total = len(ordered), sum(ordered)
    weighted = sum((2 * at - number - 1) * count for at, count in enumerate(ordered, 1))
    gini = weighted / (number * total) if total else 0.0
    return Spread(least=ordered[0], mean=total / number, most=ordered[-1], gini=gini)
