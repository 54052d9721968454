"""A conversation with a customer, as the person who had it wrote it up."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from stories.customers import Customer
from stories.values import dataclass


class How(StrEnum):
    """How two people talked."""

    CALL = "call"
    VIDEO = "video"
    VISIT = "visit"
    CHAT = "chat"
    EVENT = "event"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The customer's own words, verbatim.

    `held`: the customer asked that they are not told as they stand, until a correction of theirs is answered.
    """

    id: int
    text: str
    held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something we said we would do, by whom and by when (a day; None when nobody named one)."""

    id: int
    owner_id: str
    what: str
    due_on: date | None
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """One conversation, whole: for its author's eyes, whatever the consent.

    `score` is the 0–10 answer to "would you recommend us", None when it was not asked.
    `hidden` is what its author decided about names of others in it (see `stories.hiding`). `language` is what
    it is written in (ISO 639-1), empty where that cannot be told.
    """

    id: int
    customer: Customer
    author_id: str
    talked_on: date
    how: How
    title: str
    trying_to: str
    happened: str
    meaning: str
    quotes: tuple[Quote, ...]
    score: int | None
    themes: tuple[str, ...]
    promise: Promise | None
    created_at: datetime
    hidden: tuple[str, ...] = ()
    language: str = ""

    @property
    def told_quotes(self) -> tuple[Quote, ...]:
        """The quotes that may be told, in their order."""
        return tuple(quote for quote in self.quotes if not quote.held)
