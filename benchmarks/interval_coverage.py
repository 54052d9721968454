"""How often an interval of 95 % holds the true score, over six mixes: every outcome weighed, or sampled."""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Callable, Iterator

from benchmarks.reporting import say
from benchmarks.simulated_answers import MIXES, Mix, sample
from stories.nps import other_methods
from stories.nps.counts import POINTS, Counts, Interval, interval

SIZES = (5, 10, 30, 100, 1000)
LARGEST_EXACT = 100
SAMPLES = 2000
PAGE = {"adjusted": {5: "94 [92]", 10: "95 [93]", 30: "95", 1000: "95"}, "plain": {5: "80 [55]"}}
"""What was promised: mean [worst], in percent."""

Method = Callable[[Counts], Interval | None]


def measure(chance: random.Random) -> dict[str, dict[str, list[float]]]:
    """Mean and worst coverage in percent of the adjusted and the plain interval, by number of answers."""
    methods: dict[str, Method] = {"adjusted": interval, "plain": _plain}
    figures: dict[str, dict[str, list[float]]] = {name: {} for name in methods}
    say(f"coverage of the 95 % interval over {len(MIXES)} mixes: mean [worst], in percent")
    for n in SIZES:
        line = [f"  n = {n:4}"]
        for name, method in methods.items():
            covered = [_coverage(method, mix, n, chance) for mix in MIXES]
            mean, worst = 100 * statistics.mean(covered), 100 * min(covered)
            figures[name][str(n)] = [round(mean, 1), round(worst, 1)]
            line.append(f"{name} {mean:.1f} [{worst:.1f}] (page: {PAGE[name].get(n, '–')})")
        say("   ".join(line))
    return figures


def _plain(counts: Counts) -> Interval | None:
    found = other_methods.wald(counts)
    return found and Interval(low=POINTS * found.low, high=POINTS * found.high)


def _coverage(method: Method, mix: Mix, n: int, chance: random.Random) -> float:
    outcomes = _outcomes(mix, n) if n <= LARGEST_EXACT else _samples(mix, n, chance)
    return sum(weight for counts, weight in outcomes if _holds(method(counts), mix.score))


def _holds(found: Interval | None, score: float) -> bool:
    return found is not None and found.low <= score <= found.high


def _outcomes(mix: Mix, n: int) -> Iterator[tuple[Counts, float]]:
    for promoters in range(n + 1):
        for passives in range(n + 1 - promoters):
            detractors = n - promoters - passives
            ways = math.comb(n, promoters) * math.comb(n - promoters, passives)
            chance = mix.promoters**promoters * mix.passives**passives * mix.detractors**detractors
            yield Counts(promoters=promoters, passives=passives, detractors=detractors), ways * chance


def _samples(mix: Mix, n: int, chance: random.Random) -> Iterator[tuple[Counts, float]]:
    for _sample in range(SAMPLES):
        yield sample(mix, n, chance), 1 / SAMPLES
