"""What was read from an interview's notes, each thing with the place it was read from."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from stories.values import dataclass

T = TypeVar("T")


class Source(StrEnum):
    """Where something was found."""

    FILE_NAME = "file name"
    FRONT_MATTER = "front matter"
    HEADING = "heading"
    LINE = "line"


class Side(StrEnum):
    """Which side of the table somebody sat on, as far as the notes show."""

    CUSTOMER = "customer"
    US = "us"
    UNKNOWN = "unknown"


class Heard(StrEnum):
    """How the notes mark words as somebody's own."""

    BLOCKQUOTE = "blockquote"
    QUOTATION_MARKS = "quotation marks"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value and its evidence: the words it was read from and their line, 0 for the file's name."""

    value: T
    line: int
    source: Source
    words: str


@dataclass(frozen=True, slots=True)
class FoundDate:
    """The day of the conversation, or the first and last day it can have been.

    `until` equals `value` when the notes name a day; a month or a season spans from `value` to `until`.
    """

    value: date
    until: date
    line: int
    source: Source
    words: str

    @property
    def exact(self) -> bool:
        """Whether the notes name the day itself."""
        return self.value == self.until


@dataclass(frozen=True, slots=True)
class AmbiguousDate:
    """A date that can be read in several ways, or that needs a year: to be asked, never guessed."""

    words: str
    line: int
    readings: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who took part; `line` is where they appear first, 0 for the file's name."""

    name: str
    side: Side
    line: int


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """Somebody's own words as the notes have them; `who` is empty when the notes do not say whose."""

    text: str
    who: str
    line: int
    heard: Heard


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNotes:
    """One conversation as its notes tell it; what was not found is None or empty.

    `fingerprint` is the same for the same words, whatever the encoding and the line ends. `body` is the
    whole text. `line` is where these notes begin in their file, from 1.
    """

    title: Found[str]
    talked_on: FoundDate | None
    ambiguous_dates: tuple[AmbiguousDate, ...]
    people: tuple[Person, ...]
    wanted: Found[str] | None
    happened: Found[str] | None
    meaning: Found[str] | None
    quotes: tuple[FoundQuote, ...]
    body: str
    line: int
    fingerprint: str

    @property
    def customers(self) -> tuple[Person, ...]:
        """Those who look like customers."""
        return tuple(person for person in self.people if person.side is Side.CUSTOMER)

    @property
    def us(self) -> tuple[Person, ...]:
        """Those who look like interviewers and colleagues."""
        return tuple(person for person in self.people if person.side is Side.US)
