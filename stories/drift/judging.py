"""Closed windows judged many at a time, and put into our own words where somebody is to hear of one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeVar

from stories.drift import kick_off
from stories.drift.background import Background
from stories.drift.scoring import Scorer
from stories.drift.vectors import Anchor, WindowVectors, best, least_covered
from stories.drift.words import Vector

Key = TypeVar("Key")
Value = TypeVar("Value")

MOST_SCORERS = 256
"""Projects whose scorers are kept ready (100 kB each)."""

MOST_KNOWN = 50_000
"""Projects of which is known how near ordinary talk comes to them, so that a scorer is made anew quickly."""

MOST_TOPICS = 2
NEAR_ENOUGH = 0.2
"""The likeness under which a topic of ours is hardly what a window is about (looked at with the bank)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A window that has closed: its messages, and the project's reasons and kick-off (None: none yet)."""

    said: tuple[str, ...]
    reasons: tuple[str, ...]
    kick_off: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A window's vectors, and its score where the project's kick-off is known."""

    vectors: WindowVectors
    score: float | None


class Judge:
    """Judges windows of any number of projects against one background; one a process."""

    def __init__(self, against: Background) -> None:
        self._against = against
        self._scorers: OrderedDict[tuple[tuple[str, ...], bytes], Scorer] = OrderedDict()
        self._ordinary: OrderedDict[int, tuple[Vector, Vector]] = OrderedDict()
        self._topics = against.vectoriser.reasons(topics())[1]

    def judge(self, many: Sequence[Closed]) -> list[Judged]:
        """Each of these windows judged, in their order."""
        vectors = self._against.vectoriser.windows([closed.said for closed in many])
        return [
            Judged(vectors=window, score=self._score(closed, window))
            for closed, window in zip(many, vectors, strict=True)
        ]

    def least_covered(self, closed: Closed, judged: Judged) -> int:
        """Which of the project's reasons the window speaks of least: its index."""
        reasons = self._against.vectoriser.reasons(closed.reasons)
        return least_covered([judged.vectors], Anchor(reasons=reasons, kick_off=None))

    def sounds_like(self, judged: Judged) -> tuple[str, ...]:
        """What the window is about, in words of ours and never of those who wrote it; the nearest first.

        None where nothing of ours is near enough.
        """
        spoken = best(judged.vectors.messages[1] @ self._topics.T)
        near = (self._topics @ judged.vectors.whole[1] + spoken) / 2
        nearest = near.argsort()[::-1][:MOST_TOPICS]
        return tuple(topics()[index] for index in nearest if near[index] >= NEAR_ENOUGH)

    def _score(self, closed: Closed, window: WindowVectors) -> float | None:
        if closed.kick_off is None:
            return None
        return self._scorer(closed.reasons, closed.kick_off).score(window)

    def _scorer(self, reasons: tuple[str, ...], mean: bytes) -> Scorer:
        key = (reasons, mean)
        if key in self._scorers:
            self._scorers.move_to_end(key)
            return self._scorers[key]
        own = Anchor(reasons=self._against.vectoriser.reasons(reasons), kick_off=kick_off.read(mean))
        scorer = Scorer(self._against, own, self._ordinary.get(hash(key)))
        _keep(self._ordinary, hash(key), scorer.ordinary, MOST_KNOWN)
        _keep(self._scorers, key, scorer, MOST_SCORERS)
        return scorer


def _keep(ready: OrderedDict[Key, Value], key: Key, value: Value, most: int) -> None:
    ready[key] = value
    ready.move_to_end(key)
    if len(ready) > most:
        ready.popitem(last=False)


@cache
def topics() -> tuple[str, ...]:
    """What work talk is about, in a few words each; they ship with the product."""
    return tuple(files("stories.drift").joinpath("topics.txt").read_text("utf-8").splitlines())
