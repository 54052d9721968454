"""What listening costs: messages a second scored on one core, and memory.

    python -m benchmarks.listening

Windows of the shipped bank's talk, judged in batches through the product's own classes, on one thread: for
200 made-up projects in turn, whose scorers are all kept ready, and for 1,000, of which none is when its turn
comes. Baseline of the same run: counting the words of the same messages, as any reading of them has to do at
least. Memory is that of the whole process, and of 10,000 open windows.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from itertools import cycle, islice
from pathlib import Path

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ.setdefault(threads, "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

from benchmarks.reporting import conclude  # noqa: E402 after the number of threads is set
from stories.drift import kick_off, meaning  # noqa: E402
from stories.drift.background import background, bank  # noqa: E402
from stories.drift.gathering import Gathering  # noqa: E402
from stories.drift.judging import Closed, Judge  # noqa: E402
from stories.drift.talk import WINDOW, windows  # noqa: E402
from stories.drift.words import tokens  # noqa: E402

WINDOWS, BATCH = 4000, 100
PROJECTS, MANY_PROJECTS = 200, 1000
CHANNELS = 10_000


def main() -> None:
    """Print what was measured; the last line is one JSON object."""
    judge = Judge(background(bank(), meaning.encoder()))
    many = _windows(judge, PROJECTS)
    judge.judge(many[:PROJECTS])
    others = _windows(judge, MANY_PROJECTS)
    judge.judge(others[:MANY_PROJECTS])
    seconds, strangers = _judging(judge, many), _judging(judge, others)
    loaded = _megabytes()
    baseline = _baseline(many)
    opened = _open_windows()
    measured = {
        "messages_a_second": round(len(many) * WINDOW / seconds),
        "for_projects_not_ready": round(len(many) * WINDOW / strangers),
        "words_counted_a_second": round(len(many) * WINDOW / baseline),
        "megabytes_with_the_model": loaded,
        "megabytes_of_10000_channels": opened,
    }
    for name, value in measured.items():
        print(f"{name:30} {value:>10,}")
    conclude(measured)


def _judging(judge: Judge, many: list[Closed]) -> float:
    began = time.perf_counter()
    for start in range(0, len(many), BATCH):
        judge.judge(many[start : start + BATCH])
    return time.perf_counter() - began


def _windows(judge: Judge, number_of_projects: int) -> list[Closed]:
    talk = [(channel, tuple(window)) for channel in bank() for window in windows(list(channel.talk))]
    first = judge.judge([Closed(said=said, reasons=channel.reasons, kick_off=None) for channel, said in talk])
    means = [kick_off.folded(None, 0, judged.vectors.whole) for judged in first]
    projects = [
        (tuple(f"{reason} ({number})" for reason in channel.reasons), means[number % len(means)])
        for number, (channel, _) in enumerate(islice(cycle(talk), number_of_projects))
    ]
    return [
        Closed(said=talk[number % len(talk)][1], reasons=reasons, kick_off=mean)
        for number, (reasons, mean) in enumerate(islice(cycle(projects), WINDOWS))
    ]


def _baseline(many: list[Closed]) -> float:
    began = time.perf_counter()
    for closed in many:
        for message in closed.said:
            Counter(tokens(message))
    return time.perf_counter() - began


def _open_windows() -> float:
    """What 10,000 channels hold that are all one message short of a window."""
    before, gathering = _megabytes(), Gathering()
    said = [text for channel in bank() for text in channel.talk if len(text.split()) > WINDOW]
    for number in range(CHANNELS):
        for at in range(WINDOW - 1):
            text = said[(number + at) % len(said)]
            gathering.add(("T1", f"C{number}"), f"{number}.{at}", text + f" {number}")
    return round(_megabytes() - before, 1)


def _megabytes() -> float:
    """What this process holds now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)


if __name__ == "__main__":
    main()
