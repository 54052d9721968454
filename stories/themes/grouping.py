"""Points in groups: Ward's method for up to 5,000, then each to the nearest; mini-batch k-means above."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stories.search.codes import Vectors

Labels = NDArray[np.intp]
"""The group of each point, from 0."""

MOST_FOR_WARD = 5_000
BATCH = 1_024
ROUNDS = 60
SETTLINGS = 10


def grouped(points: Vectors, groups: int) -> Labels:
    """The group of each point, numbered from 0; fewer groups where there are fewer points."""
    groups = min(groups, len(points))
    if groups < 1:
        return np.zeros(0, np.intp)
    if len(points) > MOST_FOR_WARD:
        return k_means(points, groups)
    return settled(points, ward(points, groups))


def ward(points: Vectors, groups: int) -> Labels:
    """Groups of least spread, joined pair by pair along chains of nearest neighbours.

    F. Murtagh, "A survey of recent advances in hierarchical clustering algorithms", The Computer Journal 26
    (1983): the same tree as joining the nearest pair each time, in time of the square of the points.
    """
    apart = _squared(points)
    sizes = np.ones(len(points))
    joins: list[tuple[float, int, int]] = []
    chain: list[int] = []
    alive = np.ones(len(points), bool)
    while len(joins) < len(points) - 1:
        if not chain:
            chain.append(int(np.argmax(alive)))
        last = chain[-1]
        nearest = int(np.argmin(apart[last]))
        if len(chain) > 1 and apart[last, chain[-2]] <= apart[last, nearest]:
            nearest = chain[-2]
        if len(chain) < 2 or nearest != chain[-2]:
            chain.append(nearest)
            continue
        joins.append((float(apart[last, nearest]), last, nearest))
        chain = chain[:-2]
        _join(apart, sizes, alive, last, nearest)
    return _cut(sorted(joins), len(points), groups)


def settled(points: Vectors, labels: Labels) -> Labels:
    """Each point with the group whose middle is nearest, until that changes nothing; the largest first.

    A tree that joins never takes back what it joined early. Groups stay as they are rather than lose one.
    """
    for _ in range(SETTLINGS):
        middles = np.stack([points[labels == group].mean(0) for group in range(int(labels.max()) + 1)])
        moved = _nearest(points, middles.astype(np.float64))
        if len(np.unique(moved)) < len(middles) or (moved == labels).all():
            break
        labels = moved
    return _by_size(labels)


def k_means(points: Vectors, groups: int) -> Labels:
    """Groups around centres that are moved by one small batch after another (fixed random numbers)."""
    chance = np.random.default_rng(0)
    centres = points[chance.choice(len(points), groups, replace=False)].astype(np.float64)
    counts = np.ones(groups)
    for _ in range(ROUNDS):
        batch = points[chance.choice(len(points), min(BATCH, len(points)), replace=False)]
        for place, group in enumerate(_nearest(batch, centres)):
            counts[group] += 1
            centres[group] += (batch[place] - centres[group]) / counts[group]
    return _nearest(points, centres)


def _squared(points: Vectors) -> NDArray[np.float32]:
    lengths = (points**2).sum(1)
    apart = lengths[:, None] + lengths[None, :] - 2 * points @ points.T
    np.fill_diagonal(apart, np.inf)
    return np.asarray(np.maximum(apart, 0), np.float32)


def _join(
    apart: NDArray[np.float32], sizes: NDArray[np.float64], alive: NDArray[np.bool_], one: int, two: int
) -> None:
    """Have `two` stand for both; the distances follow Lance and Williams."""
    a, b, c = sizes[one], sizes[two], sizes
    joined = ((a + c) * apart[one] + (b + c) * apart[two] - c * apart[one, two]) / (a + b + c)
    joined[~alive] = np.inf
    joined[[one, two]] = np.inf
    apart[two], apart[:, two] = joined, joined
    apart[one], apart[:, one] = np.inf, np.inf
    sizes[two] += sizes[one]
    alive[one] = False


def _cut(joins: list[tuple[float, int, int]], number: int, groups: int) -> Labels:
    """The groups that are left when the farthest joins are not made, the largest first."""
    leader = list(range(number))

    def of(point: int) -> int:
        while leader[point] != point:
            leader[point] = leader[leader[point]]
            point = leader[point]
        return point

    for _apart, one, two in joins[: number - groups]:
        leader[of(one)] = of(two)
    return _by_size(np.array([of(point) for point in range(number)]))


def _by_size(leaders: Labels) -> Labels:
    names, labels, counts = np.unique(leaders, return_inverse=True, return_counts=True)
    order = np.empty(len(names), np.intp)
    order[np.argsort(-counts, kind="stable")] = np.arange(len(names))
    return np.asarray(order[labels], np.intp)


def _nearest(points: Vectors, centres: NDArray[np.float64]) -> Labels:
    lengths = (centres**2).sum(1)
    return np.asarray(np.argmin(lengths[None, :] - 2 * points @ centres.T, axis=1), np.intp)
