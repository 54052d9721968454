"""What goes together with NPS: a business figure, over time or over segments and time.

Series that drift look related when they are not, so the trend and the first-order autocorrelation of each are
taken away before correlating ("prewhitening"). Looking at several lags and keeping the best looks better than
it is, so the best one is judged against the best of shuffled series. A panel, many segments over time, loses
what is common to a segment and what is common to a period, and is judged against the best lag when segments
are dealt each other's figures. Nothing here shows a cause.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from operator import mul

from stories.nps.counts import critical
from stories.nps.whitening import Series, demeaned, whitened
from stories.values import dataclass

MOST_LAG = 4
"""The figure may follow NPS by up to this many periods."""

FEWEST_PERIODS = 24
"""Fewer pairs of one series are too early: even a close link (0.6) would mostly be missed."""

FEWEST_PANEL_PERIODS = 8
"""The same for a panel."""

FEWEST_SEGMENTS = 20
"""With fewer segments a panel's answer is exploratory."""

SHUFFLES = 999


class Finding(StrEnum):
    """What can be said."""

    TOGETHER = "together"
    NOT_SEEN = "not seen"
    TOO_EARLY = "too early"


@dataclass(frozen=True, slots=True, kw_only=True)
class TooEarly:
    """Fewer pairs of periods than an answer needs."""

    periods: int
    needed: int

    @property
    def more(self) -> int:
        """How many more periods it takes, 1 or more."""
        return self.needed - self.periods

    @property
    def finding(self) -> Finding:
        """Too early."""
        return Finding.TOO_EARLY


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """How NPS goes together with a figure that follows `lag` periods later (0 to MOST_LAG).

    `r` is the correlation at that lag, the strongest of `by_lag`, with `low` to `high` around it at 95 %;
    being the strongest of several it is a little too strong. `p_value` allows for the choice of lag. `slope`
    is how much of the figure goes with one point. `segments` is None for a single series.
    """

    lag: int
    r: float
    low: float
    high: float
    p_value: float
    slope: float
    by_lag: tuple[float, ...]
    periods: int
    segments: int | None

    @property
    def finding(self) -> Finding:
        """Together at 5 %, or not seen."""
        return Finding.TOGETHER if self.p_value <= 0.05 else Finding.NOT_SEEN

    @property
    def is_exploratory(self) -> bool:
        """Whether it rests on so little that lag and strength are only hints."""
        return self.segments is None or self.segments < FEWEST_SEGMENTS


def over_time(scores: Series, figures: Series, *, seed: int) -> Association | TooEarly:
    """The association of two series of the same periods, oldest first, None where nothing is known.

    The same `seed` gives the same answer. Raises ValueError when one series is longer.
    """
    if len(scores) != len(figures):
        raise ValueError(f"{len(scores)} scores cannot be set beside {len(figures)} figures")
    known = sum(
        score is not None and figure is not None for score, figure in zip(scores, figures, strict=True)
    )
    if known < FEWEST_PERIODS:
        return TooEarly(periods=known, needed=FEWEST_PERIODS)
    chance = random.Random(seed)
    left, right = [whitened(scores)], [whitened(figures)]

    scales = _scales(left, right)

    def shuffled() -> list[float]:
        present = [value for value in right[0] if value]
        chance.shuffle(present)
        following = iter(present)
        return _correlations(left, [[next(following) if value else 0.0 for value in right[0]]], scales)

    return _associated(left, right, shuffled, periods=known, segments=None)


def over_segments(
    scores: Mapping[str, Series], figures: Mapping[str, Series], *, seed: int
) -> Association | TooEarly:
    """The association within segments: two-way demeaned series of the segments that both have.

    All series cover the same periods, oldest first. The same `seed` gives the same answer. Raises ValueError
    when one is longer than another.
    """
    names = sorted(scores.keys() & figures.keys())
    lengths = {len(series[name]) for series in (scores, figures) for name in names}
    if len(lengths) > 1:
        raise ValueError(f"series of a panel cover the same periods, not {sorted(lengths)}")
    periods = _known_periods([scores[name] for name in names], [figures[name] for name in names])
    if periods < FEWEST_PANEL_PERIODS or len(names) < 2:
        return TooEarly(periods=min(periods, FEWEST_PANEL_PERIODS - 1), needed=FEWEST_PANEL_PERIODS)
    chance = random.Random(seed)
    left = demeaned([scores[name] for name in names])
    right = demeaned([figures[name] for name in names])
    scales = _scales(left, right)
    # What each segment's scores come to with each segment's figures is reckoned once: dealing picks from it.
    products = [[[_product(x, y, lag) for y in right] for x in left] for lag in range(MOST_LAG + 1)]
    others = list(range(len(names)))

    def dealt() -> list[float]:
        chance.shuffle(others)
        return [
            sum(row[other] for row, other in zip(rows, others, strict=True)) / scale if scale else 0.0
            for rows, scale in zip(products, scales, strict=True)
        ]

    return _associated(left, right, dealt, periods=periods, segments=len(names))


def _associated(
    left: list[list[float]],
    right: list[list[float]],
    by_chance: Callable[[], list[float]],
    *,
    periods: int,
    segments: int | None,
) -> Association:
    """The association at the best lag; `by_chance` gives the correlation at each lag of one shuffle."""
    by_lag = _correlations(left, right, _scales(left, right))
    weights = [math.sqrt(max(len(left[0]) - lag, 0)) for lag in range(MOST_LAG + 1)]
    strengths = [abs(r) * weight for r, weight in zip(by_lag, weights, strict=True)]
    lag = strengths.index(max(strengths))
    null = [by_chance() for _shuffle in range(SHUFFLES)]
    beaten = sum(max(map(mul, map(abs, found), weights)) >= strengths[lag] for found in null)
    spread = math.sqrt(sum(found[lag] ** 2 for found in null) / SHUFFLES)
    half = critical(0.95) * spread
    r = by_lag[lag]
    return Association(
        lag=lag,
        r=r,
        low=math.tanh(math.atanh(_inside(r)) - half),
        high=math.tanh(math.atanh(_inside(r)) + half),
        p_value=(1 + beaten) / (1 + SHUFFLES),
        slope=_slope(left, right, lag),
        by_lag=tuple(by_lag),
        periods=periods,
        segments=segments,
    )


def _scales(left: list[list[float]], right: list[list[float]]) -> list[float]:
    return [_scale(left, right, lag) for lag in range(MOST_LAG + 1)]


def _correlations(left: list[list[float]], right: list[list[float]], scales: Sequence[float]) -> list[float]:
    """The correlation at each lag, 0 where there is nothing to correlate."""
    return [
        sum(_product(x, y, lag) for x, y in zip(left, right, strict=True)) / scale if scale else 0.0
        for lag, scale in enumerate(scales)
    ]


def _product(x: list[float], y: list[float], lag: int) -> float:
    # `map` stops at the shorter of both, which is the figure's side when it lags behind.
    found: float = sum(map(mul, x, y[lag:] if lag else y))
    return found


def _scale(left: list[list[float]], right: list[list[float]], lag: int) -> float:
    end = max(len(left[0]) - lag, 0)
    own = sum(value * value for x in left for value in x[:end])
    other = sum(value * value for y in right for value in y[lag:])
    return math.sqrt(own * other)


def _slope(left: list[list[float]], right: list[list[float]], lag: int) -> float:
    end = max(len(left[0]) - lag, 0)
    own = sum(value * value for x in left for value in x[:end])
    return sum(_product(x, y, lag) for x, y in zip(left, right, strict=True)) / own if own else 0.0


def _inside(r: float) -> float:
    return min(max(r, -0.999999), 0.999999)


def _known_periods(scores: Sequence[Series], figures: Sequence[Series]) -> int:
    """In how many periods at least two segments have both."""
    both = [
        [score is not None and figure is not None for score, figure in zip(x, y, strict=True)]
        for x, y in zip(scores, figures, strict=True)
    ]
    return sum(sum(column) >= 2 for column in zip(*both, strict=True))
