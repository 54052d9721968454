"""Closed windows judged many at a time, and put into our own words where somebody is to hear of one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import TypeVar

from stories.drift import kick_off
from stories.drift.background import Background
from stories.drift.scoring import Scorer
from stories.drift.vectors import Anchor, WindowVectors, best, least_covered
from stories.drift.words import Vector
from stories.values import dataclass

_Key = tuple[tuple[str, ...], bytes]
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
        self._scorers: OrderedDict[_Key, Scorer] = OrderedDict()
        self._ordinary: OrderedDict[int, tuple[Vector, Vector]] = OrderedDict()
        self._topics = against.vectoriser.reasons(topics())[1]

    def judge(self, many: Sequence[Closed]) -> list[Judged]:
        """Each of these windows judged, in their order."""
        vectors = self._against.vectoriser.windows([closed.said for closed in many])
        scorers = self._scorers_of(many)
        return [
            Judged(vectors=window, score=scorers[key].score(window) if (key := _key(closed)) else None)
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

    def _scorers_of(self, many: Sequence[Closed]) -> dict[_Key, Scorer]:
        """The scorers of these windows' projects; those that are not ready are made together."""
        wanted = dict.fromkeys(key for closed in many if (key := _key(closed)) is not None)
        ready = {key: self._scorers[key] for key in wanted if key in self._scorers}
        missing = [key for key in wanted if key not in ready]
        ready |= dict(zip(missing, self._made(missing), strict=True))
        for key, scorer in ready.items():
            _keep(self._scorers, key, scorer, MOST_SCORERS)
        return ready

    def _made(self, keys: Sequence[_Key]) -> Iterator[Scorer]:
        if not keys:
            return
        words, meaning = self._against.vectoriser.reasons([one for reasons, _ in keys for one in reasons])
        start = 0
        for key in keys:
            rows = slice(start, start + len(key[0]))
            start = rows.stop
            own = Anchor(reasons=(words[rows], meaning[rows]), kick_off=kick_off.read(key[1]))
            scorer = Scorer(self._against, own, self._ordinary.get(hash(key)))
            _keep(self._ordinary, hash(key), scorer.ordinary, MOST_KNOWN)
            yield scorer


def _key(closed: Closed) -> _Key | None:
    """What tells a project's scorer apart; None where there is none yet."""
    return None if closed.kick_off is None else (closed.reasons, closed.kick_off)


def _keep(ready: OrderedDict[Key, Value], key: Key, value: Value, most: int) -> None:
    ready[key] = value
    ready.move_to_end(key)
    if len(ready) > most:
        ready.popitem(last=False)


@cache
def topics() -> tuple[str, ...]:
    """What work talk is about, in a few words each; they ship with the product."""
    return tuple(files("stories.drift").joinpath("topics.txt").read_text("utf-8").splitlines())
