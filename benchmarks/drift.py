"""How well a swerve is seen, on projects in the drift benchmark's format.

    python -m benchmarks.drift [--data DIR]

Nothing is fitted on DIR: constants and background ship with the product, and each project is judged
through the product's own classes. Streams with a noise of 0.2: the first 6 windows calibrate; false alarms
are counted on the course up to the first, per 100 windows; detection sees the last 4 windows on course, then
the swerve. DIR holds projects.json, windows.json, pairs.json and streams.json.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks.reporting import conclude
from stories.drift import meaning
from stories.drift.background import Background, background, bank
from stories.drift.scoring import Scorer
from stories.drift.talk import content
from stories.drift.vectors import WindowVectors, anchor
from stories.drift.watch import CALIBRATION, Watch, seen

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("FIRSTHAND_DATA", ROOT.parent / "shared" / "data")) / "drift" / "dev"
KINDS = ("near", "same-domain", "other")
NOISE = 0.2
RUN_UP = 4


@dataclass
class Benchmark:
    """One folder of the benchmark, with the vectors of its windows made once."""

    folder: Path
    against: Background
    _scorers: dict[str, Scorer] = field(default_factory=dict)
    _scores: dict[tuple[str, int], float] = field(default_factory=dict)

    @cached_property
    def projects(self) -> dict[str, Any]:
        """Title, reasons and kick-off windows of each project."""
        return dict(self._read("projects"))

    @cached_property
    def pairs(self) -> list[dict[str, Any]]:
        """Labelled windows."""
        return list(self._read("pairs"))

    @cached_property
    def streams(self) -> list[dict[str, Any]]:
        """Courses and swerves with the noise that is judged."""
        return [stream for stream in self._read("streams") if stream["noise"] == NOISE]

    @cached_property
    def windows(self) -> dict[int, WindowVectors]:
        """The vectors of every window, by its id."""
        read = self._read("windows")
        said = [content([text for _speaker, text in window["msgs"]]) or ["…"] for window in read]
        vectors = self.against.vectoriser.windows(said)
        return {window["id"]: vector for window, vector in zip(read, vectors, strict=True)}

    def score(self, project: str, window: int) -> float:
        """The product's score of a window for a project."""
        key = (project, window)
        if key not in self._scores:
            self._scores[key] = self._scorer(project).score(self.windows[window])
        return self._scores[key]

    def _scorer(self, project: str) -> Scorer:
        if project not in self._scorers:
            about = self.projects[project]
            kick_off = [self.windows[window] for window in about["founding"]]
            own = anchor(self.against.vectoriser, about["why"], kick_off)
            self._scorers[project] = Scorer(self.against, own)
        return self._scorers[project]

    def _read(self, name: str) -> Any:
        return json.loads((self.folder / f"{name}.json").read_text("utf-8"))


def auc(on: Sequence[float], off: Sequence[float]) -> float | None:
    """The share of pairs in which the window on course scores higher; ties count half (Mann and Whitney)."""
    if not on or not off:
        return None
    ranked = sorted([(score, 0) for score in off] + [(score, 1) for score in on])
    below = wins = 0.0
    start = 0
    while start < len(ranked):
        end = start
        while end < len(ranked) and ranked[end][0] == ranked[start][0]:
            end += 1
        ties = [label for _, label in ranked[start:end]]
        wins += sum(ties) * (below + (len(ties) - sum(ties)) / 2)
        below += len(ties) - sum(ties)
        start = end
    return wins / (len(on) * len(off))


def first_alarm(watch: Watch, scores: Sequence[float], *, not_before: int = 0) -> int | None:
    """The index of the window that raises the alarm; None for none."""
    for index, score in enumerate(scores):
        watch = seen(watch, score)
        if watch.alarmed and index >= not_before:
            return index
    return None


def judge(benchmark: Benchmark, kind: str) -> dict[str, float | None]:
    """False alarms and recall over the streams of one kind."""
    watched = alarms = streams = within_6 = within_12 = 0
    for stream in (stream for stream in benchmark.streams if stream["kind"] == kind):
        on = [benchmark.score(stream["project"], window) for window in stream["on"]]
        swerve = [benchmark.score(stream["project"], window) for window in stream["swerve"]]
        watch = Watch()
        for score in on[:CALIBRATION]:
            watch = seen(watch, score)
        alarm = first_alarm(watch, on[CALIBRATION:])
        watched += len(on) - CALIBRATION if alarm is None else alarm + 1
        alarms += alarm is not None
        found = first_alarm(watch, on[-RUN_UP:] + swerve, not_before=RUN_UP)
        streams += 1
        within_6 += found is not None and found - RUN_UP < 6
        within_12 += found is not None and found - RUN_UP < 12
    if not streams:
        return {"false_alarms_per_100": None, "recall_6": None, "recall_12": None}
    return {
        "false_alarms_per_100": round(100 * alarms / max(1, watched), 3),
        "recall_6": round(within_6 / streams, 3),
        "recall_12": round(within_12 / streams, 3),
    }


def figures(benchmark: Benchmark) -> dict[str, dict[str, float | None]]:
    """Everything that is measured, by measure and kind."""
    scores = defaultdict(list)
    for pair in benchmark.pairs:
        scores[pair["label"]].append(benchmark.score(pair["project"], pair["window"]))
    found: dict[str, dict[str, float | None]] = {"auc": {}}
    for kind in KINDS:
        area = auc(scores["on"], scores[kind])
        found["auc"][kind] = None if area is None else round(area, 3)
        for name, value in judge(benchmark, kind).items():
            found.setdefault(name, {})[kind] = value
    return found


def main() -> None:
    """Print each measure by kind; the last line is one JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, default=DATA, help="a folder with projects, windows, pairs, streams"
    )
    chosen = parser.parse_args()
    if not chosen.data.is_dir():
        sys.exit(f"no projects at {chosen.data}: set FIRSTHAND_DATA, or give --data")
    began = time.perf_counter()
    against = background(bank(), meaning.encoder())
    measured = figures(Benchmark(chosen.data, against))
    for name, by_kind in measured.items():
        print(f"{name:22}", "  ".join(f"{kind} {value}" for kind, value in by_kind.items()))
    print(f"in {time.perf_counter() - began:.1f} s")
    conclude(measured)


if __name__ == "__main__":
    main()
