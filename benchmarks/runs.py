"""What `make bench` runs, what each figure is held against, and what was found: see `runs.toml`."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

RUNS = Path(__file__).with_name("runs.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of a benchmark: where it stands in its JSON (`a.b.0`), what it is, and its target.

    Exactly one of `at_most` and `at_least` is given where there is a target, neither where there is none.
    """

    at: str
    says: str
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None

    def __post_init__(self) -> None:
        if self.at_most is not None and self.at_least is not None:
            raise ValueError(f"{self.at}: a figure has one target, at_most or at_least")

    @property
    def target(self) -> float | None:
        """The number it is held against."""
        return self.at_least if self.at_most is None else self.at_most

    def met(self, measured: float) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.at_most is not None:
            return measured <= self.at_most
        return None if self.at_least is None else measured >= self.at_least


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A benchmark with its arguments. `variant` tells two runs of the same benchmark apart."""

    name: str
    about: str
    variant: str = ""
    arguments: tuple[str, ...] = ()
    quick: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()

    @property
    def key(self) -> str:
        """What its results are filed under."""
        return f"{self.name}-{self.variant}" if self.variant else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one run told. `seconds` is how long it took; `figures` is its last line."""

    key: str
    arguments: tuple[str, ...]
    quick: bool
    began_at: str
    seconds: float
    ended_well: bool
    figures: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """For a file."""
        return asdict(self)

    def number(self, at: str) -> float | None:
        """The number at a dotted place; None where there is none."""
        found: Any = self.figures
        for step in at.split("."):
            if isinstance(found, list) and step.isdecimal() and int(step) < len(found):
                found = found[int(step)]
            elif isinstance(found, Mapping) and step in found:
                found = found[step]
            else:
                return None
        return float(found) if isinstance(found, int | float) else None


def runs(file: Path = RUNS) -> tuple[Run, ...]:
    """What is to be run, in order. Raises TypeError or ValueError for a file that cannot be understood."""
    told = tomllib.loads(file.read_text("utf-8"))["runs"]
    return tuple(
        Run(
            **one
            | {
                "arguments": tuple(one.get("arguments", ())),
                "quick": tuple(one.get("quick", one.get("arguments", ()))),
                "figures": tuple(Figure(**figure) for figure in one.get("figures", ())),
            }
        )
        for one in told
    )


def results_in(folder: Path) -> dict[str, Result]:
    """What was kept there, by key."""
    found = [json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.json"))]
    return {one["key"]: Result(**one | {"arguments": tuple(one["arguments"])}) for one in found}
