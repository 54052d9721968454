"""Native charts: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block"""

from __future__ import annotations

import math
from typing import Any

from playground.rules.shapes import Problem, Shape, both, by_type, many, number, record, string

_LABEL = string(20, 1)


def _finite(value: Any, at: str, out: list[Problem]) -> None:
    number(value, at, out)
    if isinstance(value, float) and not math.isfinite(value):
        out.append(Problem(at, "must be a finite number"))


def _positive(value: Any, at: str, out: list[Problem]) -> None:
    _finite(value, at, out)
    if isinstance(value, int | float) and value <= 0:
        out.append(Problem(at, "must be greater than 0"))


def _points_match(value: Any, at: str, out: list[Problem]) -> None:
    axis, series = value.get("axis_config"), value.get("series")
    categories = axis.get("categories") if isinstance(axis, dict) else None
    if not isinstance(categories, list) or not isinstance(series, list):
        return
    names = [entry.get("name") for entry in series if isinstance(entry, dict)]
    if any(names.count(name) > 1 for name in names):
        out.append(Problem(f"{at}/series", "series names must be unique"))
    for index, entry in enumerate(series):
        points = entry.get("data") if isinstance(entry, dict) else None
        labels = [p.get("label") for p in points if isinstance(p, dict)] if isinstance(points, list) else []
        if sorted(map(str, labels)) != sorted(map(str, categories)):
            out.append(Problem(f"{at}/series/{index}/data", "must have one value for each category"))


_POINT = record("label value", label=_LABEL, value=_finite)
_SERIES = record("name data", name=_LABEL, data=many(_POINT, 1, 20))
_AXIS = record("categories", categories=many(_LABEL, 1, 20), x_label=string(50), y_label=string(50))
_PLOT: Shape = both(
    record("series axis_config", series=many(_SERIES, 1, 12), axis_config=_AXIS), _points_match
)
_PIE = record("segments", segments=many(record("label value", label=_LABEL, value=_positive), 1, 12))

CHART = record(
    "title chart",
    block_id=string(255),
    title=string(50, 1),
    chart=by_type({"pie": _PIE, "bar": _PLOT, "line": _PLOT, "area": _PLOT}),
)
