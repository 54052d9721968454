"""Made-up links between NPS and a figure: how often one is seen that is not there, and one that is."""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Callable

from benchmarks.reporting import say
from stories.nps.worth import MOST_LAG, Finding, over_segments, over_time

MEMORIES = (0.0, 0.7)
"""How much of one month stays in the next, in both series."""

MONTHS = (24, 36, 60)
LINK = 0.6
SEGMENTS = (20, 50)
PANEL_MONTHS = 12
PANEL_LINK = 0.4
LAG = 2
PAGE = "page: naive search 56 %; panel 4 %, power 56–87 %; pooled Pearson 48–62 %"


def measure(chance: random.Random, rounds: int) -> dict[str, object]:
    """Shares of false alarms and of links found, each over so many rounds."""
    say(f"links between NPS and a figure, lags 0 to {MOST_LAG}, {rounds} rounds each ({PAGE})")
    figures: dict[str, object] = {}
    for months in MONTHS:
        for memory in MEMORIES:
            figures[f"{months} months, memory {memory}"] = _series(months, memory, chance, rounds)
    for segments in SEGMENTS:
        figures[f"{segments} segments"] = _panels(segments, chance, rounds)
    return figures


def _series(months: int, memory: float, chance: random.Random, rounds: int) -> dict[str, float]:
    def one(link: float) -> tuple[list[float], list[float]]:
        return _linked(months, memory, link, chance)

    unlinked = [one(0.0) for _round in range(rounds)]
    naive = _share(rounds, lambda at: _naive(*unlinked[at]))
    false = _share(rounds, lambda at: over_time(*unlinked[at], seed=at).finding is Finding.TOGETHER)
    found = _share(rounds, lambda at: over_time(*one(LINK), seed=at).finding is Finding.TOGETHER)
    say(
        f"  {months} months, memory {memory}: false {false:.0%} (naive search {naive:.0%}),"
        f" a link of {LINK} found {found:.0%}"
    )
    return {"false": false, "naive": naive, "found": found}


def _panels(segments: int, chance: random.Random, rounds: int) -> dict[str, float]:
    def told(link: float, at: int) -> tuple[bool, bool]:
        scores, figures = _panel(segments, link, chance)
        found = over_segments(scores, figures, seed=at).finding is Finding.TOGETHER
        flat = [[value for row in side.values() for value in row] for side in (scores, figures)]
        return found, _significant(flat[0], flat[1], 0)

    unlinked = [told(0.0, at) for at in range(rounds)]
    linked = [told(PANEL_LINK, at) for at in range(rounds)]
    figures = {
        "false": sum(found for found, _pooled in unlinked) / rounds,
        "pooled": sum(pooled for _found, pooled in unlinked) / rounds,
        "found": sum(found for found, _pooled in linked) / rounds,
    }
    say(
        f"  {segments} segments, {PANEL_MONTHS} months: false {figures['false']:.0%} (pooled Pearson"
        f" {figures['pooled']:.0%}), a link of {PANEL_LINK} within segments found {figures['found']:.0%}"
    )
    return figures


def _linked(
    months: int, memory: float, link: float, chance: random.Random
) -> tuple[list[float], list[float]]:
    scores, others = _remembering(months, memory, chance), _remembering(months, memory, chance)
    rest = math.sqrt(1 - link * link)
    return scores, [link * scores[max(at - LAG, 0)] + rest * others[at] for at in range(months)]


def _panel(
    segments: int, link: float, chance: random.Random
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Segments that differ in level, and months that all have in common, beside what is linked."""
    common = [[chance.gauss(0, 1) for _month in range(PANEL_MONTHS)] for _side in range(2)]
    scores, figures = {}, {}
    for at in range(segments):
        x, y = _linked(PANEL_MONTHS, 0.5, link, chance)
        size = chance.gauss(0, 1)
        levels = size + chance.gauss(0, 0.5), size + chance.gauss(0, 0.5)
        scores[str(at)] = [value + levels[0] + shared for value, shared in zip(x, common[0], strict=True)]
        figures[str(at)] = [value + levels[1] + shared for value, shared in zip(y, common[1], strict=True)]
    return scores, figures


def _remembering(months: int, memory: float, chance: random.Random) -> list[float]:
    found = [chance.gauss(0, 1)]
    while len(found) < months:
        found.append(memory * found[-1] + chance.gauss(0, math.sqrt(1 - memory * memory)))
    return found


def _share(rounds: int, holds: Callable[[int], bool]) -> float:
    return round(sum(holds(at) for at in range(rounds)) / rounds, 3)


def _naive(scores: list[float], figures: list[float]) -> bool:
    return any(_significant(scores, figures, lag) for lag in range(MOST_LAG + 1))


def _significant(x: list[float], y: list[float], lag: int) -> bool:
    """Pearson's correlation by Fisher's transformation, at 5 %."""
    left, right = x[: len(x) - lag], y[lag:]
    r = statistics.correlation(left, right)
    return abs(math.atanh(r)) * math.sqrt(len(left) - 3) > 1.96
