"""Questions in the language of whoever asks, and said back in it: the grammar itself reads English."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from stories.language import spoken
from stories.nps.grammar import words as known
from stories.nps.grammar.parsing import parse
from stories.nps.grammar.point_words import MONTHS
from stories.nps.grammar.question import Question
from stories.nps.grammar.reading import phrases
from stories.nps.grammar.saying import said_back
from stories.nps.grammar.vocabulary import Vocabulary, folded, forms
from stories.nps.periods import Calendar
from stories.phrasebook import phrasebook, readings

GRAMMAR = "nps"

LONGEST_TRIED = 300
"""Characters of a question that is tried in every language; a longer one is read in the first alone."""


def asked(words: str, vocabulary: Vocabulary, today: date, calendar: Calendar | None = None) -> Question:
    """What the words ask, in the language of the moment, in English, or in any other that we read.

    The first of them in which every word has a meaning; where there is none, as in the first.
    """

    def name(said: str) -> bool:
        return _names(vocabulary, said)

    meant = readings(words, GRAMMAR, name, typos=_has_meaning)
    first = parse(next(meant), vocabulary, today, calendar)
    if first.understood or len(words) > LONGEST_TRIED:
        return first
    others = (parse(reading, vocabulary, today, calendar) for reading in meant)
    return next((question for question in others if question.understood), _as_typed(first, words))


def told(question: Question, vocabulary: Vocabulary, today: date, calendar: Calendar | None = None) -> str:
    """The question in words of the language of the moment that mean the same when they are typed again."""
    english = said_back(question, vocabulary, today, calendar)
    book = phrasebook(spoken().language, GRAMMAR)
    if book is None:
        return english
    own = book.own(english)
    again = asked(own, vocabulary, today, calendar)
    return own if again == question and again.understood else english


def in_own_words(english: str) -> str:
    """Words of the grammar, without names, in the language of the moment."""
    book = phrasebook(spoken().language, GRAMMAR)
    return english if book is None else book.own(english)


def _as_typed(question: Question, words: str) -> Question:
    """The question with what was not understood of it as it was typed, not as it was read."""
    typed = words.casefold()
    named = [
        one if one.words.casefold() in typed else replace(one, words=in_own_words(one.words))
        for one in question.misread
    ]
    return replace(question, misread=tuple(named))


def suggested(choice: str, vocabulary: Vocabulary) -> str:
    """Words that were offered for others, as they are shown: a name as it is, the grammar's in own words."""
    return choice if _names(vocabulary, choice) else in_own_words(choice)


def _names(vocabulary: Vocabulary, said: str) -> bool:
    tables = (vocabulary.by_form, vocabulary.properties, vocabulary.figure_names)
    return any(form in table for form in forms(said) for table in tables)


def _has_meaning(word: str) -> bool:
    return folded(word) in _meaningful()


@cache
def _meaningful() -> frozenset[str]:
    """The English words that the grammar knows."""
    months = {part for month in MONTHS for part in (month, month[:3])}
    said = {word for phrase in (*phrases(), *known.BY, *known.UNITS) for word in phrase.split()}
    return frozenset(said | known.PERIOD_WORDS | months)
