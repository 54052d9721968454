"""The `data_visualization` block: bar, line, area and pie as SVG, with the same facts as a table.

Fields: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: The drawing's own units: the plot area inside the picture, room left for labels.
WIDTH, HEIGHT = 560.0, 260.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 10.0, 12.0, 34.0
_DOT = "m-3,0a3,3 0 1 0 6,0a3,3 0 1 0 -6,0"
#: Who cannot tell the colours apart finds each series by its letter, in the picture and in the legend.
_LETTERS = "ABCDEFGHIJKL"
_SLIVER = 0.04


@dataclass(frozen=True)
class Shape:
    """One thing to draw: an SVG path, the class that colours it, and what it says when pointed at."""

    path: str
    style: str
    fact: str = ""


@dataclass(frozen=True)
class Label:
    """A word in the picture: where it stands, which end of it stands there."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Chart:
    """A chart ready to be written out: shapes, labels, the legend, and all its facts as rows of a table."""

    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    grid: tuple[float, ...]
    legend: tuple[tuple[str, str], ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    x_label: str = ""
    y_label: str = ""


def number(value: float) -> str:
    """Write a value as people would: no trailing zeros, thousands set apart."""
    return f"{value:,.10g}" if abs(value) < 1e15 else f"{value:.3g}"


def _steps(low: float, high: float) -> list[float]:
    span = (high - low) or 1.0
    rough = span / 4
    power = 10 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [index * step for index in range(first, last + 1)]


def _sector(start: float, end: float, x: float, y: float, radius: float) -> str:
    if end - start >= 1:
        return f"M{x},{y - radius:.2f}A{radius},{radius} 0 1 1 {x - 0.01},{y - radius:.2f}Z"
    angles = (2 * math.pi * start, 2 * math.pi * end)
    (x1, y1), (x2, y2) = [(x + radius * math.sin(at), y - radius * math.cos(at)) for at in angles]
    large = int(end - start > 0.5)
    return f"M{x},{y}L{x1:.2f},{y1:.2f}A{radius},{radius} 0 {large} 1 {x2:.2f},{y2:.2f}Z"


def _pie(chart: Mapping[str, Any]) -> Chart:
    segments = [(str(part["label"]), float(part["value"])) for part in chart["segments"]]
    total = sum(value for _label, value in segments) or 1.0
    shapes, labels, rows, legend, start = [], [], [], [], 0.0
    for index, (label, value) in enumerate(segments):
        share = f"{100 * value / total:.0f}%"
        path = _sector(start, start + value / total, WIDTH / 2, HEIGHT / 2, HEIGHT / 2 - 8)
        shapes.append(Shape(path, f"slice fill-{index % 12}", f"{label}: {number(value)} ({share})"))
        rows.append((label, number(value), share))
        legend.append((f"fill-{index % 12}", f"{_LETTERS[index % 12]}: {label} · {share}"))
        if value / total >= _SLIVER:
            around = 2 * math.pi * (start + value / total / 2)
            x, y = WIDTH / 2 + 80 * math.sin(around), HEIGHT / 2 - 80 * math.cos(around)
            labels.append(Label(round(x, 1), round(y + 4, 1), _LETTERS[index % 12]))
        start += value / total
    return Chart(tuple(shapes), tuple(labels), (), tuple(legend), ("", "#", "%"), tuple(rows))


@dataclass(frozen=True)
class _Plot:
    """Where categories and values fall in the picture."""

    categories: Sequence[str]
    steps: Sequence[float]

    @property
    def slot(self) -> float:
        return (WIDTH - LEFT - RIGHT) / max(len(self.categories), 1)

    def x(self, index: float) -> float:
        return LEFT + self.slot * (index + 0.5)

    def y(self, value: float) -> float:
        low, high = self.steps[0], self.steps[-1]
        return HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    def labels(self) -> tuple[Label, ...]:
        ticks = [Label(LEFT - 8, self.y(step) + 4, number(step), "end") for step in self.steps]
        every = math.ceil(max(map(len, self.categories), default=1) * 7 / self.slot)
        shown = [(i, name) for i, name in enumerate(self.categories) if i % max(every, 1) == 0]
        return (*ticks, *(Label(self.x(i), HEIGHT - BOTTOM + 18, name) for i, name in shown))


def _bars(plot: _Plot, series: Sequence[tuple[str, Sequence[float]]]) -> list[Shape]:
    width = min(plot.slot * 0.8 / len(series), 48.0)
    shapes = []
    for place, (name, values) in enumerate(series):
        for index, value in enumerate(values):
            left = plot.x(index) + (place - len(series) / 2) * width
            path = f"M{left:.2f},{plot.y(0):.2f}V{plot.y(value):.2f}h{width * 0.9:.2f}V{plot.y(0):.2f}Z"
            fact = f"{name}, {plot.categories[index]}: {number(value)}"
            shapes.append(Shape(path, f"bar fill-{place}", fact))
    return shapes


def _lines(plot: _Plot, series: Sequence[tuple[str, Sequence[float]]], *, filled: bool) -> list[Shape]:
    shapes = []
    for place, (name, values) in enumerate(series):
        points = [f"{plot.x(i):.2f},{plot.y(value):.2f}" for i, value in enumerate(values)]
        line = "M" + "L".join(points)
        if filled and points:
            floor = plot.y(0)
            area = f"{line}L{plot.x(len(points) - 1):.2f},{floor:.2f}L{plot.x(0):.2f},{floor:.2f}Z"
            shapes.append(Shape(area, f"area fill-{place}", name))
        shapes.append(Shape(line, f"line stroke-{place}", name))
        dots = zip(points, values, plot.categories, strict=False)
        shapes += [
            Shape(f"M{at}{_DOT}", f"dot fill-{place}", f"{name}, {what}: {number(value)}")
            for at, value, what in dots
        ]
    return shapes


def _letters(plot: _Plot, series: Sequence[tuple[str, Sequence[float]]], *, bars: bool) -> Iterator[Label]:
    """Each series' letter: over its last bar, or over one of its last dots, no two over the same category."""
    width = min(plot.slot * 0.8 / len(series), 48.0)
    for place, (_name, values) in enumerate(series):
        if not values:
            continue
        index = len(values) - 1 if bars else max(len(values) - 1 - place, 0)
        aside = (place - len(series) / 2 + 0.45) * width if bars else 0.0
        high = max(values[index], 0.0) if bars else values[index]
        yield Label(round(plot.x(index) + aside, 1), round(plot.y(high) - 6, 1), _LETTERS[place % 12])


def _series(chart: Mapping[str, Any]) -> Chart:
    axis = chart["axis_config"]
    categories = [str(category) for category in axis["categories"]]
    series = []
    for one in chart["series"]:
        found = {str(point["label"]): float(point["value"]) for point in one["data"]}
        series.append((str(one["name"]), [found.get(category, 0.0) for category in categories]))
    values = [value for _name, row in series for value in row]
    plot = _Plot(categories, _steps(min([0.0, *values]), max([0.0, *values]) or 1.0))
    kind = chart["type"]
    shapes = _bars(plot, series) if kind == "bar" else _lines(plot, series, filled=kind == "area")
    rows = [(what, *(number(row[i]) for _name, row in series)) for i, what in enumerate(categories)]
    several = len(series) > 1
    letters = tuple(_letters(plot, series, bars=kind == "bar")) if several else ()
    return Chart(
        shapes=tuple(shapes),
        labels=(*plot.labels(), *letters),
        grid=tuple(plot.y(step) for step in plot.steps),
        legend=tuple(
            (f"fill-{i}", f"{_LETTERS[i % 12]}: {name}" if several else name)
            for i, (name, _row) in enumerate(series)
        ),
        head=("", *(name for name, _row in series)),
        rows=tuple(rows),
        x_label=str(axis.get("x_label", "")),
        y_label=str(axis.get("y_label", "")),
    )


def chart_from(block: Mapping[str, Any]) -> Chart:
    """Lay out a data_visualization block's chart.

    Raises KeyError, TypeError or ValueError when it lacks what its kind of chart needs; the caller then
    shows it as plain JSON.
    """
    chart = block["chart"]
    return _pie(chart) if chart["type"] == "pie" else _series(chart)
