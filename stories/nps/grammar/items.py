"""The meanings that words can have, before they are put together into a question."""

from __future__ import annotations

from stories.nps.counts import Band
from stories.nps.grammar.vocabulary import Segment
from stories.nps.periods import Period, Unit
from stories.values import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """A value of one of several properties, all of which `choices` names."""

    choices: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Everybody:
    """No segment at all, said aloud."""


@dataclass(frozen=True, slots=True)
class Named:
    """A property by its name."""

    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class By:
    """Cut by one of these properties."""

    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class When:
    """A period; `groups` are segments of the same name."""

    period: Period
    groups: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A business figure, by one of these names."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """A word of the grammar: "vs", "trend", "worth", "voices", "help", or "" for one that says nothing."""

    word: str


@dataclass(frozen=True, slots=True)
class Bands:
    """Promoters, passives or detractors."""

    band: Band


@dataclass(frozen=True, slots=True)
class Written:
    """Comments in a language (ISO 639-1)."""

    language: str


@dataclass(frozen=True, slots=True)
class Every:
    """A point for each day, week, month, quarter or year."""

    unit: Unit


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words without a meaning; where a property was named before `value`, `near` are its values."""

    near: tuple[Segment, ...] = ()
    value: str = ""


Meaning = Group | Everybody | Named | By | When | Figure | Sign | Bands | Written | Every | Unclear


@dataclass(frozen=True, slots=True)
class Item:
    """A meaning with the words that have it, numbers `start` to `end` (not included) of the tokens."""

    meaning: Meaning
    start: int
    end: int
    words: str
