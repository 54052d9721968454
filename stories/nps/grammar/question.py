"""A question about NPS, as it was understood."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from stories.nps.counts import Band
from stories.nps.grammar.vocabulary import Segment
from stories.nps.periods import Period, Unit
from stories.values import dataclass

Cell = tuple[Segment, ...]
"""Properties with their values, sorted, at most one value each; everybody when empty."""


class Kind(StrEnum):
    """What is asked for."""

    SCORE = "score"
    COMPARISON = "comparison"
    BREAKDOWN = "breakdown"
    VERBATIMS = "verbatims"
    TREND = "trend"
    WORTH = "worth"
    HELP = "help"


@dataclass(frozen=True, slots=True, kw_only=True)
class Misread:
    """Words that were not understood, with the nearest valid ones, the nearest first; perhaps none."""

    words: str
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous:
    """Words that may mean several things, with words for each that mean just that."""

    words: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was understood; what was not is in `misread` and `ambiguous` and is not compared.

    There are two `sides` when two groups are set beside each other, else one. `breakdown` is a property.
    `unit` is that of a trend. `bands` are the voices asked for, all three where nobody chose. `figure` is
    the business figure of a question of worth, None where it was not named. `languages` (ISO 639-1) are those
    of the voices asked for, none where every one will do.
    """

    kind: Kind
    sides: tuple[Cell, ...] = ((),)
    breakdown: str | None = None
    period: Period
    unit: Unit | None = None
    bands: frozenset[Band] = frozenset()
    figure: str | None = None
    languages: frozenset[str] = frozenset()
    misread: tuple[Misread, ...] = field(default=(), compare=False)
    ambiguous: tuple[Ambiguous, ...] = field(default=(), compare=False)

    @property
    def understood(self) -> bool:
        """Whether every word found its meaning."""
        return not self.misread and not self.ambiguous
