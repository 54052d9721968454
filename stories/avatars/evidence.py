"""Whose words an avatar says: a quote of a conversation that was written up, or a survey's comment."""

from __future__ import annotations

from enum import StrEnum

from stories.values import dataclass


class Kind(StrEnum):
    """Where words come from; FOUND is a comment as a search found it, by its text's number, before use."""

    QUOTE = "quote"
    COMMENT = "comment"
    FOUND = "found"


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """One customer's words, by the kind of thing they stand in and its number."""

    kind: Kind
    id: int

    def __str__(self) -> str:
        """The words' name in one text, such as "quote:12": what a form holds."""
        return f"{self.kind}:{self.id}"

    @property
    def quote_id(self) -> int | None:
        """The number of the quote; None for a comment."""
        return self.id if self.kind is Kind.QUOTE else None

    @property
    def comment_id(self) -> int | None:
        """The number of the comment that avatars use; None for all else."""
        return self.id if self.kind is Kind.COMMENT else None


def quote(number: int) -> Ref:
    """The quote of this number."""
    return Ref(Kind.QUOTE, number)


def comment(number: int) -> Ref:
    """The comment of this number."""
    return Ref(Kind.COMMENT, number)


def ref_of(quote_id: int | None, comment_id: int | None) -> Ref | None:
    """What a row with these two columns speaks of; None when both are empty."""
    if comment_id is not None:
        return comment(comment_id)
    return None if quote_id is None else quote(quote_id)


def parse(said: str) -> Ref | None:
    """The words of this name (`str(ref)`); None for what is no name."""
    kind, _colon, number = said.partition(":")
    if kind not in set(Kind) or not number.isdecimal():
        return None
    return Ref(Kind(kind), int(number))
