"""How a benchmark says what it found: lines for people, and one JSON object at the end."""

from __future__ import annotations

import json
import platform
import statistics
from collections.abc import Mapping, Sequence
from typing import Any

import click


def say(line: str) -> None:
    """A line for people."""
    click.echo(line)


def conclude(figures: Mapping[str, Any]) -> None:
    """The last line: every figure, as one JSON object."""
    click.echo(json.dumps({"python": platform.python_version(), **figures}))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie, by the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def milliseconds(values: Sequence[float]) -> dict[str, float]:
    """Median and 99th percentile of some seconds, in milliseconds."""
    return {
        "p50_ms": round(statistics.median(values) * 1000, 1),
        "p99_ms": round(percentile(values, 0.99) * 1000, 1),
    }
