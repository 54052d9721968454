"""What a question does to its answer: whether it leads, sells, asks two things at once, or what might be.

Rules over the words of one question, or of a few asked in one breath. They would rather miss one than point
at a good question: each was kept only where it is nearly always right (see `python -m benchmarks.hints`).
These are for English; other languages have patterns in files (`stories.hints.ruling`).
"""

from __future__ import annotations

from enum import StrEnum

from stories.hints.asking import Question, questions_of
from stories.hints.double import is_double
from stories.hints.leading import leads
from stories.hints.selling import sells
from stories.hints.supposing import supposes


class Asks(StrEnum):
    """What may be pointed at in a question; what comes first is said first."""

    SELLING = "selling"
    LEADING = "leading"
    DOUBLE = "double"
    HYPOTHETICAL = "hypothetical"


def kinds_of(asked: str) -> tuple[Asks, ...]:
    """What may be pointed at in a question, or in a few that were asked in one breath; often nothing."""
    return tuple(kind for kind in Asks if any(_is(kind, question) for question in questions_of(asked)))


def _is(kind: Asks, question: Question) -> bool:
    match kind:
        case Asks.SELLING:
            return sells(question)
        case Asks.LEADING:
            return leads(question)
        case Asks.DOUBLE:
            return is_double(question)
        case Asks.HYPOTHETICAL:
            # An offer is often made as a supposition: what is wrong with it is the offer.
            return supposes(question) and not sells(question)
