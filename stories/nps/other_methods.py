"""Methods that Firsthand does not answer with, for setting its own beside them.

Surveys' dashboards and R's package NPS use the plain Wald interval and test; the score interval inverts the
test of "the score is D" with the rest of the mix at its most likely (Tango 1998, for paired proportions);
the split and the pooled tests are the usual remedies for small samples. All on the scale -1 to 1.
"""

from __future__ import annotations

import math

from stories.nps.counts import (
    NO_PSEUDO_COUNTS,
    SPLIT_PSEUDO_COUNTS,
    Counts,
    Estimate,
    Interval,
    critical,
    estimate,
    two_sided,
)
from stories.values import dataclass

_EDGE = 1e-9
_HALVINGS = 60
_LEAST_VARIANCE = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A difference (after less before), its standard error, and the test of no difference.

    `z` and the two-sided `p` are None where the samples do not vary at all.
    """

    difference: float
    standard_error: float
    z: float | None
    p: float | None

    def around(self, middle: float, level: float = 0.95) -> Interval:
        """The interval of this standard error around `middle`, the difference or its size."""
        half = critical(level) * self.standard_error
        return Interval(low=middle - half, high=middle + half)


def wald(counts: Counts, level: float = 0.95) -> Interval | None:
    """The plain Wald interval, not clipped; None without answers."""
    if counts.n == 0:
        return None
    found = estimate(counts)
    half = critical(level) * math.sqrt(found.squared_error)
    return Interval(low=found.mean - half, high=found.mean + half)


def wald_p_value(counts: Counts) -> float | None:
    """The plain two-sided test that the score is 0; None when there is nothing to tell it by."""
    if counts.n == 0:
        return None
    found = estimate(counts)
    if not found.squared_error:
        return 0.0 if found.mean else None
    return two_sided(found.mean / math.sqrt(found.squared_error))


def score_interval(counts: Counts, level: float = 0.95) -> Interval | None:
    """The interval of all scores that the score test does not refuse; None without answers."""
    if counts.n == 0:
        return None
    reach = critical(level)
    return Interval(low=_crossing(counts, reach), high=_crossing(counts, -reach))


def wald_test(before: Counts, after: Counts) -> Difference | None:
    """The plain test of two samples; None when one has no answers."""
    return _test(before, after, NO_PSEUDO_COUNTS)


def split_test(before: Counts, after: Counts) -> Difference | None:
    """With the pseudo-counts split between the samples; None when one has no answers."""
    return _test(before, after, SPLIT_PSEUDO_COUNTS)


def pooled_test(before: Counts, after: Counts) -> Difference | None:
    """With the variance of both samples together; None when one has no answers."""
    if before.n == 0 or after.n == 0:
        return None
    both = before + after
    variance = estimate(both).variance * both.n / (both.n - 1)
    difference = estimate(after).mean - estimate(before).mean
    return _tested(difference, variance * (1 / before.n + 1 / after.n))


def _test(before: Counts, after: Counts, pseudo_counts: int) -> Difference | None:
    if before.n == 0 or after.n == 0:
        return None
    old, new = estimate(before, pseudo_counts), estimate(after, pseudo_counts)
    return _tested(_apart(old, new), old.squared_error + new.squared_error)


def _apart(old: Estimate, new: Estimate) -> float:
    return new.mean - old.mean


def _tested(difference: float, squared_error: float) -> Difference:
    standard_error = math.sqrt(squared_error)
    z = difference / standard_error if standard_error else None
    p = None if z is None else two_sided(z)
    return Difference(difference=difference, standard_error=standard_error, z=z, p=p)


def _crossing(counts: Counts, target: float) -> float:
    """The score at which the test's statistic falls to `target`, found by halving."""
    low, high = _EDGE - 1, 1 - _EDGE
    for _round in range(_HALVINGS):
        middle = (low + high) / 2
        if _statistic(counts, middle) > target:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _statistic(counts: Counts, supposed: float) -> float:
    """How many standard errors the score lies above a supposed one, the mix being the likeliest under it."""
    n, up, down = counts.n, counts.promoters, counts.detractors
    linear = (2 * n - up + down) * supposed - up - down
    constant = -down * supposed * (1 - supposed)
    root = math.sqrt(max(linear * linear - 8 * n * constant, 0.0))
    detractors = min(max((root - linear) / (4 * n), 0.0, -supposed), (1 - supposed) / 2)
    variance = max(2 * detractors + supposed - supposed * supposed, _LEAST_VARIANCE)
    return ((up - down) / n - supposed) / math.sqrt(variance / n)
