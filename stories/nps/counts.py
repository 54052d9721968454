"""Answers from 0 to 10 as counts, the score that they make, and how sure it is.

Scores are in points, -100 to 100. The interval is the adjusted Wald interval of B. Rocks, "Interval
estimation for the Net Promoter Score", The American Statistician 70 (2016): the plain Wald interval of the
counts after adding 3/4 of a detractor, 3/4 of a promoter and 1 1/2 passives. Sums are done in whole numbers
(eighths of an answer), so that even counts beyond 2**53 lose nothing before the last division.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from statistics import NormalDist

from stories.values import dataclass

POINTS = 100.0
"""A score of 1 (everybody is a promoter) in points."""

NO_PSEUDO_COUNTS, SPLIT_PSEUDO_COUNTS, FULL_PSEUDO_COUNTS = 0, 3, 6
"""Eighths of an answer that are added to promoters and to detractors; passives get twice as many."""

_EIGHTHS = 8


class Band(StrEnum):
    """The three kinds of people whom the score tells apart."""

    PROMOTER = "promoter"
    PASSIVE = "passive"
    DETRACTOR = "detractor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many answers of each band there are. Raises ValueError below 0."""

    promoters: int = 0
    passives: int = 0
    detractors: int = 0

    def __post_init__(self) -> None:
        if min(self.promoters, self.passives, self.detractors) < 0:
            raise ValueError(f"counts must be 0 or more: {self}")

    @property
    def n(self) -> int:
        """All answers."""
        return self.promoters + self.passives + self.detractors

    def __add__(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(
            promoters=self.promoters + other.promoters,
            passives=self.passives + other.passives,
            detractors=self.detractors + other.detractors,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """The part of the answers in each band, each 0 to 1; together 1."""

    promoters: float
    passives: float
    detractors: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Two ends in points, `low` never above `high`."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A score with pseudo-counts, on the scale -1 to 1: the mean, one answer's variance, the mean's."""

    mean: float
    variance: float
    squared_error: float


def whole_score(value: object) -> int | None:
    """The whole number from 0 to 10 that a value is, or None: "9", 8.5, 11, True and nothing are none.

    9.0 is 9, since some tools write every number so. Nothing is rounded.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if value in range(11) else None


def band_of(score: int) -> Band:
    """The band of an answer: 0 to 6, 7 and 8, 9 and 10. Raises ValueError for anything else."""
    whole = whole_score(score)
    if whole is None:
        raise ValueError(f"an answer is a whole number from 0 to 10, not {score!r}")
    if whole >= 9:
        return Band.PROMOTER
    return Band.PASSIVE if whole >= 7 else Band.DETRACTOR


def counted(scores: Iterable[object]) -> Counts:
    """The counts of some answers, leaving out whatever is no whole number from 0 to 10; never rounding."""
    bands = [band_of(whole) for whole in map(whole_score, scores) if whole is not None]
    return Counts(
        promoters=bands.count(Band.PROMOTER),
        passives=bands.count(Band.PASSIVE),
        detractors=bands.count(Band.DETRACTOR),
    )


def score(counts: Counts) -> float | None:
    """Promoters less detractors in percent of all answers, -100 to 100; None without answers, never 0."""
    return None if counts.n == 0 else POINTS * ((counts.promoters - counts.detractors) / counts.n)


def shares(counts: Counts) -> Shares | None:
    """The part of each band; None without answers."""
    if counts.n == 0:
        return None
    return Shares(
        promoters=counts.promoters / counts.n,
        passives=counts.passives / counts.n,
        detractors=counts.detractors / counts.n,
    )


def interval(counts: Counts, level: float = 0.95, *, clipped: bool = True) -> Interval | None:
    """Where the score of everybody likely lies, in points (adjusted Wald); None without answers.

    `level` is between 0 and 1. Unclipped it may reach beyond -100 and 100 when answers are few.
    """
    half = margin(counts, level)
    if half is None:
        return None
    middle = POINTS * estimate(counts, FULL_PSEUDO_COUNTS).mean
    low, high = middle - half, middle + half
    return (
        Interval(low=max(low, -POINTS), high=min(high, POINTS)) if clipped else Interval(low=low, high=high)
    )


def margin(counts: Counts, level: float = 0.95) -> float | None:
    """Half the width of the unclipped interval, in points: what stands after the ±; None without answers."""
    if counts.n == 0:
        return None
    return POINTS * critical(level) * math.sqrt(estimate(counts, FULL_PSEUDO_COUNTS).squared_error)


def estimate(counts: Counts, pseudo_counts: int = NO_PSEUDO_COUNTS) -> Estimate:
    """The score and its variance after adding pseudo-counts, given in eighths of an answer.

    Raises ZeroDivisionError when there is nothing to divide by.
    """
    promoters = _EIGHTHS * counts.promoters + pseudo_counts
    detractors = _EIGHTHS * counts.detractors + pseudo_counts
    n = _EIGHTHS * counts.n + 4 * pseudo_counts
    net = promoters - detractors
    spread = (promoters + detractors) * n - net * net
    return Estimate(mean=net / n, variance=spread / (n * n), squared_error=_EIGHTHS * spread / (n * n * n))


@lru_cache(maxsize=64)
def critical(level: float) -> float:
    """How many standard errors hold the share `level` (0 to 1) of a normal distribution around its middle."""
    return NormalDist().inv_cdf(0.5 + level / 2)


def two_sided(z: float) -> float:
    """The chance, 0 to 1, that a standard normal number lies at least as far out as `z`."""
    return math.erfc(abs(z) / math.sqrt(2))
