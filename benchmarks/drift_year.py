"""What a channel lives through in a year: how often the avatar speaks up, and how often rightly.

    python -m benchmarks.drift_year --data DIR

Years are played with the windows of DIR (drift benchmark's format) in their order, a fifth of them idle
chatter, through the product's own watch and two-day rule: 250 working days at 5, 40 and 200 content messages
a day, with one swerve of ten working days at a random day, to a project of the same domain or another one.
An alarm is right when it comes within the swerve or the two days after it. The owner's eye is an assumption,
stated with the figures: nine of ten right alarms are passed on, and one of ten wrong ones.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.drift import DATA, Benchmark
from benchmarks.reporting import conclude
from stories.drift import meaning
from stories.drift.background import background, bank
from stories.drift.speaking import Answer, Listening, answered, heard
from stories.drift.talk import WINDOW

RATES = (5, 40, 200)
WORKING_DAYS, SWERVE_DAYS, AFTER_DAYS = 250, 10, 2
PASSED_ON_RIGHT, PASSED_ON_WRONG = 0.9, 0.1
FIRST_SWERVE = 40


@dataclass
class Life:
    """What happened in the years that were played."""

    years: int = 0
    false_alarms: int = 0
    false_in_channel: int = 0
    right_in_channel: int = 0
    found: int = 0


def main() -> None:
    """Print the years by rate; the last line is one JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DATA, help="a folder in the drift benchmark's format")
    parser.add_argument("--years", type=int, default=1, help="years a stream of the benchmark")
    chosen = parser.parse_args()
    if not chosen.data.is_dir():
        sys.exit(f"no projects at {chosen.data}: set FIRSTHAND_DATA, or give --data")
    benchmark = Benchmark(chosen.data, background(bank(), meaning.encoder()))
    measured = {str(rate): _told(_lived(benchmark, rate, chosen.years)) for rate in RATES}
    for rate, figures in measured.items():
        print(f"{rate:>4} messages a day:", "  ".join(f"{name} {value}" for name, value in figures.items()))
    conclude(measured)


def _lived(benchmark: Benchmark, rate: int, years: int) -> Life:
    life = Life()
    for number, stream in enumerate(benchmark.streams):
        if stream["kind"] == "near":
            continue
        on = [benchmark.score(stream["project"], window) for window in stream["on"]]
        swerve = [benchmark.score(stream["project"], window) for window in stream["swerve"]]
        for year in range(years):
            _play(life, on, swerve, rate, random.Random(number * 1000 + year))
    return life


def _play(life: Life, on: Sequence[float], swerve: Sequence[float], rate: int, chance: random.Random) -> None:
    begins = chance.randrange(FIRST_SWERVE, WORKING_DAYS - SWERVE_DAYS - AFTER_DAYS)
    listening, life.years, found = Listening(), life.years + 1, False
    on_course, off_course = _round(on, chance), _round(swerve, chance)
    waiting = 0.0
    for day in range(WORKING_DAYS):
        swerving = begins <= day < begins + SWERVE_DAYS
        waiting += rate / WINDOW
        today = _date(day)
        while waiting >= 1:
            waiting -= 1
            listening, told = heard(listening, next(off_course if swerving else on_course), today)
            if told is None:
                continue
            right = begins <= day < begins + SWERVE_DAYS + AFTER_DAYS
            found = found or right
            life.false_alarms += not right
            if chance.random() < (PASSED_ON_RIGHT if right else PASSED_ON_WRONG):
                life.right_in_channel += right
                life.false_in_channel += not right
            listening = answered(listening, Answer.GOOD_POINT if right else Answer.WRONG, today)
    life.found += found


def _round(scores: Sequence[float], chance: random.Random) -> Iterator[float]:
    """The scores in their order, from a random place, over and over."""
    at = chance.randrange(len(scores))
    while True:
        yield scores[at % len(scores)]
        at += 1


def _date(working_day: int) -> date:
    week, day = divmod(working_day, 5)
    return date(2027, 1, 4) + timedelta(days=7 * week + day)


def _told(life: Life) -> dict[str, float]:
    spoken = life.right_in_channel + life.false_in_channel
    return {
        "false_alarms_a_year": round(life.false_alarms / life.years, 2),
        "false_in_channel_a_year": round(life.false_in_channel / life.years, 2),
        "precision": round(life.right_in_channel / spoken, 2) if spoken else 1.0,
        "found_in_ten_days": round(life.found / life.years, 2),
    }


if __name__ == "__main__":
    main()
