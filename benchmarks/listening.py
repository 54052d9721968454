"""What listening costs: messages a second scored on one core, and memory.

    python -m benchmarks.listening

Windows of the shipped bank's talk, for a thousand made-up projects in turn, judged in batches through the
product's own classes, on one thread. Baseline of the same run: counting the words of the same messages, as any
reading of them has to do at least. Memory is that of the whole process, and of 10,000 open windows.
"""

from __future__ import annotations

import json
import os
import resource
import time
from collections import Counter
from itertools import cycle, islice

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ.setdefault(threads, "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

from stories.drift import kick_off, meaning  # noqa: E402 after the number of threads is set
from stories.drift.background import background, bank  # noqa: E402
from stories.drift.gathering import Gathering  # noqa: E402
from stories.drift.judging import Closed, Judge  # noqa: E402
from stories.drift.talk import WINDOW, windows  # noqa: E402
from stories.drift.words import tokens  # noqa: E402

WINDOWS, BATCH = 4000, 100
PROJECTS = 200
CHANNELS = 10_000


def main() -> None:
    """Print what was measured; the last line is one JSON object."""
    judge = Judge(background(bank(), meaning.encoder()))
    many = _windows(judge)
    judge.judge(many[:PROJECTS])
    began = time.perf_counter()
    for start in range(0, len(many), BATCH):
        judge.judge(many[start : start + BATCH])
    seconds = time.perf_counter() - began
    loaded = _megabytes()
    baseline = _baseline(many)
    opened = _open_windows()
    measured = {
        "messages_a_second": round(len(many) * WINDOW / seconds),
        "words_counted_a_second": round(len(many) * WINDOW / baseline),
        "megabytes_with_the_model": loaded,
        "megabytes_of_10000_channels": opened,
    }
    for name, value in measured.items():
        print(f"{name:30} {value:>10,}")
    print(json.dumps(measured))


def _windows(judge: Judge) -> list[Closed]:
    talk = [(channel, tuple(window)) for channel in bank() for window in windows(list(channel.talk))]
    first = judge.judge([Closed(said=said, reasons=channel.reasons, kick_off=None) for channel, said in talk])
    means = [kick_off.folded(None, 0, judged.vectors.whole) for judged in first]
    projects = [
        (tuple(f"{reason} ({number})" for reason in channel.reasons), means[number % len(means)])
        for number, (channel, _) in enumerate(islice(cycle(talk), PROJECTS))
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
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


if __name__ == "__main__":
    main()
