"""A trend with its uncertainty as places in a picture: reckoned here, drawn by a template."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.nps.facts import Point
from stories.nps.counts import Counts, interval, score
from stories.values import dataclass

WIDTH, HEIGHT = 340, 170
"""The picture's own units; it is drawn as large as there is room."""

_LEFT, _RIGHT, _TOP, _BOTTOM = 32, 8, 8, 22
_STEPS = (5, 10, 20, 25, 50)
_MOST_LINES = 5
_BAR = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One bucket: where it is, with the ends of its interval; `point` is what it tells."""

    x: float
    y: float
    low: float
    high: float
    point: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What is drawn. `runs` are stretches without a gap: where too few answered, no line pretends.

    `levels` are scores with the height at which they lie.
    """

    runs: tuple[tuple[Dot, ...], ...]
    levels: tuple[tuple[int, float], ...]
    first: Point
    last: Point

    @staticmethod
    def line(run: Sequence[Dot]) -> str:
        """The path through the scores of a run."""
        return _path((dot.x, dot.y) for dot in run)

    @staticmethod
    def band(run: Sequence[Dot]) -> str:
        """The area between the ends of the intervals; that of a single bucket is a bar."""
        if len(run) == 1:
            run = (replace(run[0], x=run[0].x - _BAR), replace(run[0], x=run[0].x + _BAR))
        there = [(dot.x, dot.high) for dot in run]
        back = [(dot.x, dot.low) for dot in reversed(run)]
        return _path(iter([*there, *back])) + "Z"


def chart(points: Sequence[Point]) -> Chart | None:
    """The picture of a trend; None where fewer than two buckets may be shown."""
    if sum(point.counts is not None for point in points) < 2:
        return None
    spans = [span for span in (interval(point.counts) for point in points if point.counts) if span]
    step, lowest, highest = _scale(min(one.low for one in spans), max(one.high for one in spans))

    def height(value: float) -> float:
        return round(_TOP + (HEIGHT - _TOP - _BOTTOM) * (highest - value) / (highest - lowest), 1)

    across = (WIDTH - _LEFT - _RIGHT) / (len(points) - 1)
    dots = [
        _dot(point, point.counts, round(_LEFT + at * across, 1), height) if point.counts else None
        for at, point in enumerate(points)
    ]
    levels = tuple((value, height(value)) for value in range(lowest, highest + 1, step))
    return Chart(runs=tuple(_runs(dots)), levels=levels, first=points[0], last=points[-1])


def _dot(point: Point, counts: Counts, x: float, height: Callable[[float], float]) -> Dot:
    span, value = interval(counts), score(counts)
    low, high = (span.low, span.high) if span else (0.0, 0.0)
    return Dot(x=x, y=height(value or 0.0), low=height(low), high=height(high), point=point)


def _scale(low: float, high: float) -> tuple[int, int, int]:
    """The step between two lines, and the scores at which the lowest and the highest lie."""
    for step in _STEPS:
        lowest, highest = math.floor(low / step) * step, math.ceil(high / step) * step
        if (highest - lowest) // step < _MOST_LINES:
            break
    return step, lowest, max(highest, lowest + step)


def _runs(dots: Sequence[Dot | None]) -> Iterator[tuple[Dot, ...]]:
    run: list[Dot] = []
    for dot in (*dots, None):
        if dot is not None:
            run.append(dot)
        elif run:
            yield tuple(run)
            run = []


def _path(places: Iterator[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in places)
