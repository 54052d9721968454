"""What a theme is worth: the points of NPS that it costs, and what of a business figure goes with these.

If customers who speak of a theme had answered like the others, NPS would be higher by the share of them times
how far their score lies below. A point goes with some of a figure (`stories.nps.worth`). Both are estimates
with an error of their own; that of a product of two independent ones is by L. A. Goodman, "On the exact
variance of products", Journal of the American Statistical Association 55 (1960). None of this shows a cause.
"""

from __future__ import annotations

import math

from stories.nps.change import compare
from stories.nps.counts import Counts, critical
from stories.nps.worth import Association, Finding
from stories.priorities.evidence import Candidate
from stories.values import dataclass

LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """A number with its standard error; the true one most likely lies between `low` and `high`."""

    value: float
    error: float

    @property
    def low(self) -> float:
        """The lower end at 95 %."""
        return self.value - critical(LEVEL) * self.error

    @property
    def high(self) -> float:
        """The upper end at 95 %."""
        return self.value + critical(LEVEL) * self.error

    @property
    def told_from_none(self) -> bool:
        """Whether 0 lies outside."""
        return self.low > 0 or self.high < 0

    def __mul__(self, other: Estimated) -> Estimated:
        """Both multiplied, as far as neither depends on the other."""
        squared = (self.value * other.error) ** 2 + (other.value * self.error) ** 2
        squared += (self.error * other.error) ** 2
        return Estimated(value=self.value * other.value, error=math.sqrt(squared))


def points_lost(candidate: Candidate, everybody: Counts) -> Estimated | None:
    """The points by which NPS would be higher without what these customers speak of; below 0 it is praise.

    `everybody` are the scores of all who said anything. None where on either side fewer gave one than the
    candidate needs.
    """
    theirs = candidate.scores
    others = Counts(
        promoters=max(0, everybody.promoters - theirs.promoters),
        passives=max(0, everybody.passives - theirs.passives),
        detractors=max(0, everybody.detractors - theirs.detractors),
    )
    if min(theirs.n, others.n) < candidate.fewest:
        return None
    gap = compare(theirs, others, LEVEL, clipped=False)
    if gap is None:
        return None
    spread = (candidate.customers.high - candidate.customers.low) / (2 * critical(LEVEL))
    part = Estimated(value=candidate.customers.value, error=spread)
    return part * Estimated(value=gap.adjusted, error=gap.standard_error)


def a_point(found: Association) -> Estimated | None:
    """What of a figure goes with one point; None where no link is seen."""
    if found.finding is not Finding.TOGETHER or not found.r:
        return None
    half = (found.high - found.low) / 2 / critical(LEVEL)
    return Estimated(value=found.slope, error=abs(found.slope * half / found.r))


def at_stake(candidate: Candidate, everybody: Counts, found: Association) -> Estimated | None:
    """What of a figure goes with the points that a theme costs; None where either is not known."""
    lost, one = points_lost(candidate, everybody), a_point(found)
    return lost * one if lost is not None and one is not None else None
