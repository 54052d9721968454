"""What speaks for choosing a theme: how many customers, how strongly, of which kind, and who was asked why.

Shares carry the interval of E. B. Wilson, "Probable inference, the law of succession, and statistical
inference", Journal of the American Statistical Association 22 (1927). Two themes are tied where their
intervals overlap: which of them matters to more customers, such numbers do not say.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

from stories.nps.counts import Band, Counts, band_of, critical
from stories.values import dataclass

ASKED_WHY = 3
"""Conversations that asked why which a theme needs before it can be chosen."""

FEWEST_SCORED = 5
"""Scores below which nothing is said of how strongly: one more would turn it around."""

MOST_SEGMENTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One text about a theme. `speaker` tells customers apart, `segments` are the kinds that they belong to.

    `score` is 0 to 10, None where none was given. `talk`: a conversation, and not a comment.
    """

    speaker: Hashable
    segments: tuple[str, ...] = ()
    score: int | None = None
    talk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a whole, and where the true part most likely lies: `low` to `high`, each 0 to 1."""

    part: int
    whole: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The part itself, 0 to 1; 0 of nothing."""
        return self.part / self.whole if self.whole else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A theme with what speaks for it.

    `customers` are those who speak of it among all who said anything. `scores` are theirs, `mean` their
    mean, `unhappy` the detractors among them; None where fewer than `fewest` gave one. `segments` are the
    commonest kinds, each with its customers. `asked` are the conversations that asked why.
    `first` to `last` are the ranks that it may have: one alone, or a tie.
    """

    theme_id: int
    name: str
    customers: Share
    scores: Counts
    mean: float | None
    unhappy: Share | None
    segments: tuple[tuple[str, int], ...]
    asked: int
    first: int = 1
    last: int = 1
    fewest: int = FEWEST_SCORED

    @property
    def symptom_only(self) -> bool:
        """Whether too few were asked why to know what is behind it."""
        return self.asked < ASKED_WHY

    @property
    def tied(self) -> bool:
        """Whether its rank cannot be told from that of others."""
        return self.first != self.last


def share(part: int, whole: int, level: float = 0.95) -> Share:
    """A part of a whole with Wilson's interval at this level; of nothing anything may be true."""
    if not whole:
        return Share(part=part, whole=0, low=0.0, high=1.0)
    z, p = critical(level), part / whole
    squared = z * z / whole
    middle = (p + squared / 2) / (1 + squared)
    half = z / (1 + squared) * math.sqrt(p * (1 - p) / whole + squared / (4 * whole))
    return Share(part=part, whole=whole, low=max(0.0, middle - half), high=min(1.0, middle + half))


def candidate(
    theme_id: int,
    name: str,
    voices: Iterable[Voice],
    everybody: int,
    asked: int,
    *,
    fewest: int = 1,
) -> Candidate:
    """What these voices say for a theme, among `everybody` who said anything.

    A customer counts once; of several scores the last one given counts. A kind that only comments name is
    told from `fewest` customers on, and how strongly they feel from as many scores, FEWEST_SCORED at least.
    """
    by_speaker: dict[Hashable, Voice] = {}
    for one in voices:
        known = by_speaker.get(one.speaker)
        by_speaker[one.speaker] = one if known is None else _both(known, one)
    scores = [one.score for one in by_speaker.values() if one.score is not None]
    counts = _counts(scores)
    needed = max(FEWEST_SCORED, fewest)
    enough = counts.n >= needed
    return Candidate(
        theme_id=theme_id,
        name=name,
        customers=share(len(by_speaker), max(everybody, len(by_speaker))),
        scores=counts,
        mean=sum(scores) / len(scores) if enough else None,
        unhappy=share(counts.detractors, counts.n) if enough else None,
        segments=_segments(by_speaker, fewest),
        asked=asked,
        fewest=needed,
    )


def ranked(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Those of whom most customers speak first, each with the ranks that it may have."""
    order = sorted(candidates, key=lambda one: (-one.customers.value, -one.customers.part, one.theme_id))
    return tuple(
        replace(
            one,
            first=1 + sum(other.customers.low > one.customers.high for other in order),
            last=len(order) - sum(other.customers.high < one.customers.low for other in order),
        )
        for one in order
    )


def third_is_tied(order: Sequence[Candidate], places: int = 3) -> bool:
    """Whether ranks three and four overlap: then nobody can say which belongs into the top three."""
    if len(order) <= places:
        return False
    return order[places - 1].customers.low <= order[places].customers.high


def _both(known: Voice, more: Voice) -> Voice:
    segments = tuple(dict.fromkeys((*known.segments, *more.segments)))
    score = known.score if more.score is None else more.score
    return replace(known, segments=segments, score=score, talk=known.talk or more.talk)


def _counts(scores: Sequence[int]) -> Counts:
    bands = Counter(band_of(one) for one in scores)
    return Counts(
        promoters=bands[Band.PROMOTER], passives=bands[Band.PASSIVE], detractors=bands[Band.DETRACTOR]
    )


def _segments(by_speaker: Mapping[Hashable, Voice], fewest: int) -> tuple[tuple[str, int], ...]:
    """The commonest kinds, by customers; each spelling that differs in case alone counts as one."""
    names: dict[str, str] = {}
    numbers: Counter[str] = Counter()
    talked: set[str] = set()
    for one in by_speaker.values():
        for segment in {name.casefold(): name for name in reversed(one.segments) if name}.items():
            numbers[segment[0]] += 1
            names.setdefault(*segment)
            talked |= {segment[0]} if one.talk else set()
    told = [(names[key], n) for key, n in numbers.most_common() if n >= fewest or key in talked]
    return tuple(told[:MOST_SEGMENTS])
