"""What a file of golden values expects, each beside what the product's own functions say.

A case is an object with its inputs ("d", "p" and "m"; "a" and "b"; "scores"; "counts"; "dist") and any of
the expectations named in the tables below. Expectations are on the scale -1 to 1.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from stories.nps import other_methods
from stories.nps.change import Change, compare, needed
from stories.nps.counts import POINTS, Counts, Interval, Shares, counted, estimate, interval, margin, score

Case = Mapping[str, Any]
INPUTS = {"d", "p", "m", "a", "b", "scores", "dist", "power", "alpha", "name", "case"}
_LEVEL = re.compile(r"(?P<what>[a-z_]+?)(?P<percent>\d+)(?P<unclipped>_unclipped)?")
_NULL = re.compile(r"\b(nps|interval) null\b")
_ABOUT = re.compile(r"\badj_wald(\d+)[^\[]*\[\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*\]")


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation: its name, what is expected, what was found, and how many decimals are given."""

    name: str
    expected: Any
    found: Any
    decimals: int | None = None


class Unknown(LookupError):
    """The file expects something that nothing here knows."""


def checks(kind: str, case: Case) -> Iterator[Check]:
    """Every expectation of a case of this kind. Raises Unknown, naming what is not known."""
    match kind:
        case "one_sample" | "raw" | "edge":
            yield from _sample(case)
        case "two_sample":
            yield from _two_samples(case)
        case "planning":
            yield _planned(case)
        case _:
            raise Unknown(f"cases of the kind {kind!r}")


def _sample(case: Case) -> Iterator[Check]:
    counts = _counts(case)
    for name, expected in case.items():
        if name == "counts" and "scores" in case:
            yield Check(name, expected, _listed(counts))
        elif name == "expect":
            yield from _prose(expected, counts, alone=not case.keys() & {"counts", "nps"})
        elif name == "by_region":
            parts = [_of(part) for part in expected.values()]
            yield Check(name, _listed(counts), _listed(sum(parts, Counts())))
        elif name not in INPUTS | {"counts", "meta"}:
            yield Check(name, expected, _one(name, counts))


def _one(name: str, counts: Counts) -> Any:
    simple: dict[str, Callable[[], Any]] = {
        "n": lambda: counts.n,
        "nps": lambda: _scaled(score(counts)),
        "var": lambda: estimate(counts).variance if counts.n else None,
        "se": lambda: math.sqrt(estimate(counts).squared_error) if counts.n else None,
        "p_vs_0": lambda: other_methods.wald_p_value(counts),
    }
    if name in simple:
        return simple[name]()
    return _at_level(name, counts)


def _at_level(name: str, counts: Counts) -> Any:
    found = _LEVEL.fullmatch(name)
    if found is None:
        raise Unknown(f"{name!r} of one sample")
    level = int(found["percent"]) / 10 ** max(2, len(found["percent"]))
    match found["what"], found["unclipped"]:
        case "adj_wald", unclipped:
            return _ends(interval(counts, level, clipped=not unclipped), POINTS)
        case "adj_margin", None:
            return _scaled(margin(counts, level))
        case "wald", None:
            return _ends(other_methods.wald(counts, level))
        case "score", None:
            return _ends(other_methods.score_interval(counts, level))
    raise Unknown(f"{name!r} of one sample")


def _two_samples(case: Case) -> Iterator[Check]:
    before, after = _of(case["a"]), _of(case["b"])
    change = compare(before, after)
    tests = {
        "wald": other_methods.wald_test,
        "adj_split": other_methods.split_test,
        "pooled": other_methods.pooled_test,
    }
    for name, expected in case.items():
        if name == "move":
            yield Check(name, expected, change and change.difference / POINTS)
        elif name == "adj_full":
            yield from _within(name, expected, partial(_adjusted, change, before, after))
        elif name in tests:
            found = tests[name](before, after)
            yield from _within(name, expected, partial(_plain, found))
        elif name not in INPUTS:
            raise Unknown(f"{name!r} of two samples")


def _within(name: str, expected: Case | None, find: Callable[[str], Any]) -> Iterator[Check]:
    for key in expected or ("p",):
        yield Check(f"{name}.{key}", expected and expected[key], find(key))


def _adjusted(change: Change | None, before: Counts, after: Counts, key: str) -> Any:
    if change is None:
        return None
    simple = {
        "delta": change.adjusted / POINTS,
        "se": change.standard_error / POINTS,
        "z": change.z,
        "p": change.p_value,
    }
    level = _LEVEL.fullmatch(key)
    if level is not None and level["what"] == "ci":
        other = compare(before, after, int(level["percent"]) / 100, clipped=False)
        return other and [other.low / POINTS, other.high / POINTS]
    if key not in simple:
        raise Unknown(f"{key!r} of adj_full")
    return simple[key]


def _plain(found: other_methods.Difference | None, key: str) -> Any:
    if found is None:
        return None
    apart = abs(found.difference)
    values: dict[str, Any] = {
        "delta": found.difference,
        "abs_delta": apart,
        "se": found.standard_error,
        "z": found.z,
        "p": found.p,
        "ci_abs_delta": _ends(found.around(apart)),
    }
    if key not in values:
        raise Unknown(f"{key!r} of a test of two samples")
    return values[key]


def _planned(case: Case) -> Check:
    if strange := case.keys() - INPUTS - {"move", "n_per_period"}:
        raise Unknown(f"{sorted(strange)} of planning")
    detractors, passives, promoters = case["dist"]
    mix = Shares(promoters=promoters, passives=passives, detractors=detractors)
    answers = needed(
        POINTS * case["move"], mix, power=case.get("power", 0.8), significance=case.get("alpha", 0.05)
    )
    return Check("n_per_period", case["n_per_period"], answers)


def _prose(expected: str, counts: Counts, *, alone: bool) -> Iterator[Check]:
    """The expectations that are written out: "nps null", "interval null", "adj_wald95 … [low, high]".

    Raises Unknown for any other sentence that stands `alone`, with no value beside it to check.
    """
    known = False
    for what in _NULL.findall(expected):
        known = True
        yield Check(f"{what} null", None, score(counts) if what == "nps" else interval(counts))
    for percent, low, high in _ABOUT.findall(expected):
        known = True
        decimals = max(len(end.partition(".")[2]) for end in (low, high))
        found = _ends(interval(counts, int(percent) / 100), POINTS)
        yield Check(f"adj_wald{percent}", [float(low), float(high)], found, decimals)
    if alone and not known:
        raise Unknown(f"the expectation {expected!r}")


def _counts(case: Case) -> Counts:
    if "scores" in case:
        return counted(case["scores"])
    return _of(case["counts"]) if "counts" in case else _of([case["d"], case["p"], case["m"]])


def _of(numbers: list[int]) -> Counts:
    detractors, passives, promoters = numbers
    return Counts(promoters=promoters, passives=passives, detractors=detractors)


def _listed(counts: Counts) -> list[int]:
    return [counts.detractors, counts.passives, counts.promoters]


def _scaled(points: float | None) -> float | None:
    return None if points is None else points / POINTS


def _ends(found: Interval | None, scale: float = 1.0) -> list[float] | None:
    return None if found is None else [found.low / scale, found.high / scale]
