"""One page about all benchmarks: each figure beside its target, the machine, and what people see."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from benchmarks.machine import described
from benchmarks.runs import Figure, Result, Run

HERE = Path(__file__).parent
PICTURES = HERE.parent / "docs" / "pictures"
WIDEST = 2.0
"""Times its target at which a bar ends: what lies beyond is said in numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A figure as the page shows it; `share` is measured over target (0 to WIDEST), `verdict` in words."""

    figure: Figure
    measured: str
    target: str
    verdict: str
    share: float | None


def write(known: Sequence[Run], results: Mapping[str, Result], folder: Path) -> Path:
    """Write the page into a folder, with every picture in it; where it is."""
    made = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined)
    page = made.get_template("report.html.j2").render(
        machine=described(),
        runs=[(run, results.get(run.key), tuple(lines(run, results.get(run.key)))) for run in known],
        totals=totals(known, results),
        pictures=[(file.stem.replace("-", " "), _inline(file)) for file in sorted(PICTURES.glob("*.png"))],
        widest=WIDEST,
        whole=lambda result: json.dumps(result.figures, indent=1, ensure_ascii=False),
    )
    place = folder / "index.html"
    place.write_text(page, "utf-8")
    return place


def lines(run: Run, result: Result | None) -> Iterator[Line]:
    """Each figure of a run; a figure that was not measured says so."""
    for figure in run.figures:
        measured = result.number(figure.at) if result else None
        met = None if measured is None else figure.met(measured)
        yield Line(
            figure=figure,
            measured="not measured" if measured is None else written(measured, figure.unit),
            target=_target(figure),
            verdict={True: "met", False: "missed", None: ""}[met],
            share=_share(measured, figure.target),
        )


def totals(known: Sequence[Run], results: Mapping[str, Result]) -> dict[str, int]:
    """How many targets were met, missed and not measured."""
    told = {"met": 0, "missed": 0, "not measured": 0}
    for run in known:
        for line in lines(run, results.get(run.key)):
            if line.figure.target is not None:
                told[line.verdict or "not measured"] += 1
    return told


def written(number: float, unit: str) -> str:
    """A number as people read it, three digits or so, with its unit."""
    if number == int(number) or abs(number) >= 1000:
        said = f"{number:,.0f}"
    else:
        said = f"{number:.3g}" if abs(number) >= 0.001 else f"{number:.1e}"
    return f"{said} {unit}".strip()


def _target(figure: Figure) -> str:
    if figure.target is None:
        return ""
    return f"at {'most' if figure.at_least is None else 'least'} {written(figure.target, figure.unit)}"


def _share(measured: float | None, target: float | None) -> float | None:
    if measured is None or not target:
        return None
    return round(min(max(measured / target, 0.0), WIDEST), 3)


def _inline(picture: Path) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture.read_bytes()).decode()}"
