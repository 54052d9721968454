"""What was read from a transcript, each thing with what it was read from."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from stories.notes.values import AmbiguousDate, Found, FoundDate, Side
from stories.values import dataclass


class Format(StrEnum):
    """How a file writes a talk down."""

    WEBVTT = "WebVTT"
    SRT = "SRT"
    DOCX = "Word"
    CSV = "CSV"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Cue:
    """Some words as the file has them: a subtitle, a row, a paragraph.

    `who` is empty where the file does not say who speaks; `line` counts from 1, `at` and `until` from the
    recording's beginning.
    """

    who: str
    text: str
    line: int
    at: timedelta | None = None
    until: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody's words from one moment on, until somebody else speaks or about a minute has gone by."""

    who: str
    text: str
    line: int
    at: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Everything that one speaker says: how much, how much of it asks, and whose side that suggests.

    `share` is of all words and `asks` of their turns, both from 0 to 1. `why` says in words for people what
    `side` rests on; it is empty when the side is unknown.
    """

    who: str
    line: int
    turns: int
    words: int
    share: float
    asks: float
    side: Side
    why: str


@dataclass(frozen=True, slots=True)
class Language:
    """The language most of a talk is in, as its ISO 639-1 code; empty when it is none that is known.

    `words` are those it was known by, the commonest first, or the script's name; `share` is how much of the
    talk they are, from 0 to 1.
    """

    code: str
    words: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Draft:
    """What a format's reader hands on: the cues, and the lines above them with their numbers.

    `guests` are speakers whom the file itself marks as from outside.
    """

    cues: tuple[Cue, ...]
    head: tuple[tuple[int, str], ...] = ()
    guests: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """One recorded talk. `fingerprint` is the same for the same words by the same speakers in any format.

    `attendees` are named at its head, whether they speak or not. `unclear` are dates that somebody has to
    be asked about.
    """

    format: Format
    title: Found[str]
    day: FoundDate | None
    unclear: tuple[AmbiguousDate, ...]
    language: Language
    turns: tuple[Turn, ...]
    voices: tuple[Voice, ...]
    attendees: tuple[str, ...]
    fingerprint: str

    @property
    def marked(self) -> bool:
        """Whether it says of any words who spoke them."""
        return any(voice.who for voice in self.voices)
