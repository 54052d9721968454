"""A format on trial against the usual one: how many readers took part, and how sure the difference is.

Only episodes are compared that were told in both, so that a dull one speaks against neither. A reader took
part when they liked an episode, opened more of it or voted. The readers of one place read together, so each
place counts as one cluster: the error of a share is the larger one of the adjusted binomial error (A. Agresti
and B. Caffo, The American Statistician 54, 2000) and the error between places (W. Cochran, Sampling
Techniques, 1977, ratio estimates of clusters), with Student's t in place of the normal one for so few places.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from stories.nps.counts import critical
from stories.series.episodes import Shape
from stories.series.liking import Heard
from stories.values import dataclass

FEWEST_READERS = 50
"""Readers each way of telling has to have reached, counted once an episode."""

FEWEST_PLACES = 3
"""Places each way of telling has to have been read in."""

LEVEL = 0.95


class Answer(StrEnum):
    """What a trial says: too little yet, no difference to be seen, or that one is liked better."""

    TOO_FEW = "too_few"
    UNDECIDED = "undecided"
    BETTER = "better"
    WORSE = "worse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Liked:
    """One way of telling: its posts reached `readers` in `places` places, of whom so many `took_part`."""

    shape: Shape
    places: int
    readers: int
    took_part: int

    @property
    def share(self) -> float:
        """How many of the readers took part, of 1; 0 for no readers."""
        return self.took_part / self.readers if self.readers else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a trial says. `difference` is the tried share less the usual one, within `low` and `high`.

    The interval holds the true difference in 95 of 100 such trials; it is None for too few readers.
    """

    answer: Answer
    tried: Liked
    usual: Liked
    difference: float
    low: float | None = None
    high: float | None = None
    episodes: int = 0


def verdict(heard: Sequence[Heard]) -> Verdict | None:
    """What is known of the shape that was tried on most readers; None where none was tried."""
    tried = Counter[Shape]()
    for one in heard:
        if one.trial:
            tried[one.shape] += one.readers
    if not tried:
        return None
    shape = max(tried, key=lambda each: (tried[each], each.format, each.quotes))
    mine = [one for one in heard if one.trial and one.shape == shape]
    both = {one.episode_id for one in mine}
    others = [one for one in heard if not one.trial and one.episode_id in both]
    return _compared(mine, others, shape, len(both))


def _compared(mine: Sequence[Heard], others: Sequence[Heard], shape: Shape, episodes: int) -> Verdict:
    usual_shape = others[0].shape if others else shape
    tried, usual = _liked(mine, shape), _liked(others, usual_shape)
    difference = tried.share - usual.share
    known = Verdict(answer=Answer.TOO_FEW, tried=tried, usual=usual, difference=difference, episodes=episodes)
    if any(one.readers < FEWEST_READERS or one.places < FEWEST_PLACES for one in (tried, usual)):
        return known
    error = math.sqrt(_squared_error(mine) + _squared_error(others))
    around = _students_t(critical(LEVEL), tried.places + usual.places - 2) * error
    low, high = difference - around, difference + around
    answer = Answer.BETTER if low > 0 else Answer.WORSE if high < 0 else Answer.UNDECIDED
    return Verdict(
        answer=answer,
        tried=tried,
        usual=usual,
        difference=difference,
        low=low,
        high=high,
        episodes=episodes,
    )


def _liked(heard: Sequence[Heard], shape: Shape) -> Liked:
    return Liked(
        shape=shape,
        places=len({one.place for one in heard if one.readers}),
        readers=sum(one.readers for one in heard),
        took_part=sum(one.took_part for one in heard),
    )


def _squared_error(heard: Sequence[Heard]) -> float:
    readers, took_part = Counter[str](), Counter[str]()
    for one in heard:
        readers[one.place] += one.readers
        took_part[one.place] += one.took_part
    n, x, places = readers.total(), took_part.total(), len(readers)
    adjusted = (x + 1) / (n + 2)
    binomial = adjusted * (1 - adjusted) / (n + 2)
    share = x / n
    between = sum((took_part[place] - share * readers[place]) ** 2 for place in readers)
    return max(binomial, places / (places - 1) * between / n**2)


def _students_t(z: float, df: int) -> float:
    """The quantile of Student's t for a normal one (Abramowitz and Stegun, 26.7.5, three terms)."""
    first, second = z**3 + z, 5 * z**5 + 16 * z**3 + 3 * z
    third = 3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z
    return z + first / (4 * df) + second / (96 * df**2) + third / (384 * df**3)
