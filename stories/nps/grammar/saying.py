"""What was understood, in words that mean the same when they are typed again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from babel import Locale

from stories.nps.counts import Band
from stories.nps.grammar.choosing import explicit
from stories.nps.grammar.parsing import parse, said_period
from stories.nps.grammar.question import Cell, Kind, Question
from stories.nps.grammar.tokens import quoted
from stories.nps.grammar.vocabulary import Segment, Vocabulary
from stories.nps.periods import Calendar, Period, Unit

_EVERY = {
    Unit.DAY: "daily",
    Unit.WEEK: "weekly",
    Unit.MONTH: "monthly",
    Unit.QUARTER: "quarterly",
    Unit.YEAR: "yearly",
}


def said_back(
    question: Question, vocabulary: Vocabulary, today: date, calendar: Calendar | None = None
) -> str:
    """The question in the words that `parse` understands, the plainest that mean the same on that day.

    Names go into quotation marks, with their property, where the bare ones could mean something else.
    """
    for group, period, name in _STYLES:
        words = _said(question, group, period, name)
        again = parse(words, vocabulary, today, calendar)
        if again == question and again.understood:
            return words
    return said_exactly(question)


def said_exactly(question: Question) -> str:
    """The question in words that can mean nothing else, every name with its property: for machines."""
    return _said(question, explicit, said_period, quoted)


def _said(
    question: Question,
    group: Callable[[Segment], str],
    period: Callable[[Period], str],
    name: Callable[[str], str],
) -> str:
    if question.kind is Kind.HELP:
        return "help"
    parts = [_head(question, name), " vs ".join(_cell(cell, question, group) for cell in question.sides)]
    if question.breakdown is not None:
        parts.append(f"by {name(question.breakdown)}")
    parts.append(period(question.period))
    if question.unit is not None:
        parts.append(_EVERY[question.unit])
    return " ".join(part for part in parts if part)


def _head(question: Question, name: Callable[[str], str]) -> str:
    if question.kind is Kind.VERBATIMS:
        every = question.bands == frozenset(Band)
        whose = ["comments"] if every else [f"{band}s" for band in Band if band in question.bands]
        return " ".join([*whose, *(f"in {_language(code)}" for code in sorted(question.languages))])
    if question.kind is Kind.WORTH:
        return f"worth {name(question.figure)}" if question.figure is not None else "worth"
    return "trend" if question.kind is Kind.TREND else ""


def _language(code: str) -> str:
    """What a language is called in the grammar, whose words are English."""
    return str(Locale.parse("en_GB").languages[code]).casefold()


def _cell(cell: Cell, question: Question, group: Callable[[Segment], str]) -> str:
    if not cell:
        return "everyone" if len(question.sides) == 2 else ""
    return " ".join(group(segment) for segment in cell)


def _bare(segment: Segment) -> str:
    return segment[1]


def _quoted_value(segment: Segment) -> str:
    return quoted(segment[1])


def _with_property(segment: Segment) -> str:
    return f"{segment[0]}:{quoted(segment[1])}"


def _words(period: Period) -> str:
    return period.words


_STYLES: tuple[tuple[Callable[[Segment], str], Callable[[Period], str], Callable[[str], str]], ...] = (
    (_bare, _words, str),
    (_bare, said_period, str),
    (_quoted_value, _words, str),
    (_with_property, _words, str),
    (_with_property, said_period, quoted),
)
