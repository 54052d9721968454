"""The weekly watch over twenty made-up segments: false posts a year, drops found, blips told as such."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from benchmarks.reporting import say
from benchmarks.simulated_answers import USUAL, sample, weeks
from stories.nps import other_methods
from stories.nps.counts import Counts
from stories.nps.watch import (
    HISTORY,
    LENIENT,
    NORMAL,
    SILENCE,
    STRICT,
    Direction,
    Movement,
    Sensitivity,
    movements,
    total,
    was_blip,
)

SEGMENTS = 20
MANY = 10_000
MOST_SECONDS = 5
VOLUMES = (5, 20, 100)
LOOKS_A_YEAR = 52
DROPS = (15, 25)
WITHIN = 8
SENSITIVITIES = {"strict": STRICT, "normal": NORMAL, "lenient": LENIENT}
PAGE = {
    "strict": "1.1 a year, 29 / 63 %",
    "normal": "3.2 a year, 53 / 80 %",
    "lenient": "not given",
}
"""What was promised: false posts a year, drops of 15 / 25 points found within eight weeks."""

WEEK = timedelta(weeks=1)
START = date(2026, 1, 4)


@dataclass(slots=True)
class Channel:
    """One channel that hears of every segment, with what it was told."""

    sensitivity: Sensitivity
    told: dict[int, date] = field(default_factory=dict)
    posts: list[Movement[int]] = field(default_factory=list)

    def look(self, history: Mapping[int, Sequence[Counts]], week_end: date) -> list[Movement[int]]:
        """This week's posts."""
        new = movements(history, week_end, sensitivity=self.sensitivity, told=self.told)
        self.told.update({movement.segment: week_end for movement in new})
        self.posts += new
        return new


def measure(chance: random.Random, years: int, drops: int) -> dict[str, object]:
    """False posts over so many years and the drops found among so many, for each volume and sensitivity."""
    figures: dict[str, object] = {}
    say(f"{SEGMENTS} segments, one look a week, {years} stable years; {drops} drops of each size")
    for volume in VOLUMES:
        quiet = _stable(volume, years, chance)
        found = {points: _dropped(volume, points, drops, chance) for points in DROPS}
        say(f"  {volume} answers a week; week against week, plain Wald: {quiet['plain']:.0f} a year")
        for name in SENSITIVITIES:
            share = " / ".join(f"{found[points][name]['found']:.0%}" for points in DROPS)
            say(
                f"    {name:8}{quiet[name]:6.2f} false posts a year, {share} of 15 / 25 points found"
                f"   (page: {PAGE[name]}); of the false ones {quiet[name + ' blips']:.0%} told as blips,"
                f" of the true ones {found[25][name]['blips']:.0%}"
            )
        figures[str(volume)] = {"stable": quiet, "drops": {str(points): found[points] for points in DROPS}}
    return figures


def speed(chance: random.Random) -> dict[str, float]:
    """Seconds for one look over ten thousand segments, the best of three."""
    history = {at: weeks([USUAL] * HISTORY, 8, chance) for at in range(MANY)}
    took = []
    for _round in range(3):
        begun = time.perf_counter()
        movements(history, START)
        took.append(time.perf_counter() - begun)
    say(f"one look over {MANY:,} segments: {min(took):.2f} s (target {MOST_SECONDS} s)")
    return {"segments": MANY, "seconds": round(min(took), 3)}


def _stable(volume: int, years: int, chance: random.Random) -> dict[str, float]:
    posts = dict.fromkeys(SENSITIVITIES, 0)
    blips = dict.fromkeys(SENSITIVITIES, 0)
    plain = 0
    for _year in range(years):
        length = HISTORY + LOOKS_A_YEAR - 1 + SILENCE // WEEK
        history = {at: weeks([USUAL] * length, volume, chance) for at in range(SEGMENTS)}
        channels = {name: Channel(sensitivity) for name, sensitivity in SENSITIVITIES.items()}
        for look in range(LOOKS_A_YEAR):
            seen = {at: found[look : look + HISTORY] for at, found in history.items()}
            plain += sum(_alarming(found[-2], found[-1]) for found in seen.values())
            for channel in channels.values():
                channel.look(seen, START + look * WEEK)
        for name, channel in channels.items():
            posts[name] += len(channel.posts)
            blips[name] += sum(_retracted(post, history[post.segment]) for post in channel.posts)
    figures: dict[str, float] = {name: round(count / years, 3) for name, count in posts.items()}
    figures |= {f"{name} blips": round(blips[name] / max(1, posts[name]), 3) for name in posts}
    return figures | {"plain": round(plain / years, 1)}


def _dropped(volume: int, points: int, drops: int, chance: random.Random) -> dict[str, dict[str, float]]:
    """One segment drops after a stable time; the others stay."""
    found = dict.fromkeys(SENSITIVITIES, 0)
    blips = dict.fromkeys(SENSITIVITIES, 0)
    after = WITHIN + SILENCE // WEEK
    for _drop in range(drops):
        history = {at: weeks([USUAL] * (HISTORY + WITHIN), volume, chance) for at in range(1, SEGMENTS)}
        mixes = [USUAL] * HISTORY + [USUAL.moved(-points)] * after
        history[0] = [sample(mix, volume, chance) for mix in mixes]
        for name, sensitivity in SENSITIVITIES.items():
            post = _first_drop(history, Channel(sensitivity))
            if post is not None:
                found[name] += 1
                blips[name] += _retracted(post, history[0])
    return {
        name: {"found": round(found[name] / drops, 3), "blips": round(blips[name] / max(1, found[name]), 3)}
        for name in SENSITIVITIES
    }


def _first_drop(history: Mapping[int, Sequence[Counts]], channel: Channel) -> Movement[int] | None:
    for look in range(1, WITHIN + 1):
        seen = {at: found[look : look + HISTORY] for at, found in history.items()}
        for post in channel.look(seen, START + look * WEEK):
            if post.segment == 0 and post.direction is Direction.DOWN:
                return post
    return None


def _retracted(post: Movement[int], history: Sequence[Counts]) -> bool:
    """Whether a channel is told, when the silence ends, that it was a blip."""
    end = HISTORY + (post.week_end - START) // WEEK
    return was_blip(post, total(history[end : end + SILENCE // WEEK]))


def _alarming(before: Counts, after: Counts) -> bool:
    test = other_methods.wald_test(before, after)
    return test is not None and test.p is not None and test.p < 0.05
