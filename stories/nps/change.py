"""Did the score move between two samples, and how many answers would it take to see it?

The test adds the pseudo-counts of the interval to both samples ("adj-full") and is two-sided. Against its
rivals it was the one whose false alarms stayed at the promised rate when one sample is much smaller.
"""

from __future__ import annotations

import math
from enum import StrEnum
from statistics import NormalDist

from stories.nps.counts import FULL_PSEUDO_COUNTS, POINTS, Counts, Shares, critical, estimate, two_sided
from stories.values import dataclass

PLANNING_SHARES = Shares(promoters=0.4, passives=0.35, detractors=0.25)
"""A common mix, for saying how many answers are needed before any are in."""

BLUNT = 30.0
"""When the margin of a difference is wider than this many points, even a large move would not be seen."""


class Verdict(StrEnum):
    """What can be said of a change."""

    UP = "up"
    DOWN = "down"
    NOISE = "noise"
    """No more than noise: samples of this size differ so much without any cause."""
    TOO_FEW = "too few"
    """Nothing was seen, and with so few answers nothing but a landslide would have been."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Two samples side by side, in points; `difference`, `low` and `high` are after less before.

    `difference` is that of the two scores. `adjusted` is the one with pseudo-counts, -200 to 200, in the
    middle of `low` and `high` unless these are clipped there; `standard_error` is its own. `p_value` is
    two-sided. `real` means that `low` to `high`, at the level asked for, leaves out 0.
    """

    before: Counts
    after: Counts
    difference: float
    adjusted: float
    standard_error: float
    low: float
    high: float
    p_value: float
    real: bool

    @property
    def z(self) -> float:
        """The adjusted difference in standard errors."""
        return self.adjusted / self.standard_error

    @property
    def verdict(self) -> Verdict:
        """What to say about it."""
        if self.real:
            return Verdict.UP if self.adjusted > 0 else Verdict.DOWN
        return Verdict.TOO_FEW if (self.high - self.low) / 2 > BLUNT else Verdict.NOISE


def compare(before: Counts, after: Counts, level: float = 0.95, *, clipped: bool = True) -> Change | None:
    """The change between two samples, each of different answers; None when one of them has none.

    `level` is between 0 and 1. Unclipped its interval may reach beyond -200 and 200.
    """
    if before.n == 0 or after.n == 0:
        return None
    old, new = estimate(before, FULL_PSEUDO_COUNTS), estimate(after, FULL_PSEUDO_COUNTS)
    adjusted = POINTS * (new.mean - old.mean)
    standard_error = POINTS * math.sqrt(old.squared_error + new.squared_error)
    half = critical(level) * standard_error
    utmost = 2 * POINTS if clipped else math.inf
    difference = (after.promoters - after.detractors) / after.n
    difference -= (before.promoters - before.detractors) / before.n
    return Change(
        before=before,
        after=after,
        difference=POINTS * difference,
        adjusted=adjusted,
        standard_error=standard_error,
        low=max(adjusted - half, -utmost),
        high=min(adjusted + half, utmost),
        p_value=two_sided(adjusted / standard_error),
        real=abs(adjusted) > half,
    )


def needed(
    points: float, mix: Shares = PLANNING_SHARES, *, power: float = 0.8, significance: float = 0.05
) -> int:
    """How many answers each of two periods needs to see a move of `points` (above 0) with this `power`.

    `mix` is the mix of answers before the move, taken for both periods. `significance` is the two-sided
    rate of false alarms. 986 answers for 10 points, 247 for 20, 110 for 30. Raises ValueError for a move
    of nothing.
    """
    if not points:
        raise ValueError("no number of answers shows a move of 0 points")
    mean = mix.promoters - mix.detractors
    variance = mix.promoters + mix.detractors - mean * mean
    normal = NormalDist()
    reach = normal.inv_cdf(1 - significance / 2) + normal.inv_cdf(power)
    return math.ceil(2 * variance * (reach * POINTS / points) ** 2)
