"""What is proposed from notes, and what somebody answered about it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from stories.notes import ReadNotes
from stories.values import dataclass


class Open(StrEnum):
    """What notes can leave open, so that somebody has to be asked."""

    DAY = "day"
    CUSTOMER = "customer"
    QUOTES = "quotes"
    TRYING_TO = "trying_to"
    HAPPENED = "happened"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is open, and why in words for people."""

    what: Open
    why: str


@dataclass(frozen=True, slots=True)
class Wording:
    """The text of one field and, in words for people, where in the notes it comes from."""

    text: str
    whence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What somebody said about a proposal; None where the notes' own reading holds."""

    title: str | None = None
    day: date | None = None
    customer: str | None = None
    company: str | None = None
    quotes: tuple[str, ...] | None = None
    trying_to: str | None = None
    happened: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One conversation's notes as the write-up they could become.

    `customer` is empty when the notes name nobody. `voices` are the names that could be the customer's,
    `days` the days that the notes' date can mean, oldest first; `quotes` are proposed, `candidates` are
    all that could be quoted, in the notes' order. `gaps` is what has to be asked before it can be kept:
    the fields then hold a guess that must not be kept unasked. `remarks` say what of the notes is left
    out.
    """

    notes: ReadNotes
    answers: Answers
    title: str
    day: date | None
    days: tuple[date, ...]
    customer: str
    alias: str
    voices: tuple[str, ...]
    company: str
    quotes: tuple[str, ...]
    candidates: tuple[str, ...]
    trying_to: Wording
    happened: Wording
    meaning: Wording
    gaps: tuple[Gap, ...]
    remarks: tuple[str, ...]
