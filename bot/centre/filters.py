"""What somebody wants to see of the centre, as a link carries it: read by the grammar of `/nps`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date
from urllib.parse import urlencode

from stories.languages import KNOWN
from stories.nps.grammar import Cell, Kind, Question, Vocabulary
from stories.nps.grammar.choosing import explicit
from stories.nps.grammar.parsing import parse
from stories.nps.grammar.tokens import quoted
from stories.nps.grammar.tongues import asked as question_of
from stories.nps.grammar.tongues import in_own_words
from stories.nps.grammar.vocabulary import folded
from stories.nps.periods import Calendar, Period
from stories.text import one_line
from stories.values import dataclass

LONGEST = 80
"""Characters of a value that are read."""

MOST_TOGETHER = 2
"""Properties that a view is narrowed to: more would have to be counted from the answers one by one."""

PRODUCT = "product"
"""The property that has a filter of its own, where answers have it."""

PERIODS = (
    "this month",
    "last month",
    "last 13 weeks",
    "this quarter",
    "last quarter",
    "last 12 months",
    "this year",
)
"""Periods that are offered; every other one can be typed."""

LIGHT, DARK, PROJECTOR = "light", "dark", "projector"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A view as its link says it: filters in words, and how it looks (empty: as the browser likes).

    `language` (ISO 639-1) is that of the customers' words; numbers are everybody's.
    """

    segment: str = ""
    product: str = ""
    period: str = ""
    language: str = ""
    look: str = ""
    view: str = ""

    @property
    def projector(self) -> bool:
        """Whether it hangs on a wall."""
        return self.view == PROJECTOR

    @property
    def narrowed(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.segment or self.product or self.period or self.language)

    def but(self, **changes: str) -> str:
        """The same view with changes, as the end of a link: "?segment=Pro", or nothing."""
        said = {name: value for name, value in asdict(replace(self, **changes)).items() if value}
        return f"?{urlencode(said)}" if said else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A filter that means nothing here, with the nearest that do: the value of a link for each."""

    field: str
    typed: str
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What was understood of the filters; a wrong one is left out."""

    cell: Cell
    period: Period
    wrong: tuple[Wrong, ...] = ()


def asked_of(query: Mapping[str, str]) -> Asked:
    """The view that a link asks for, whatever somebody put there."""
    look, view = query.get("look", ""), query.get("view", "")
    words = {name: one_line(query.get(name, ""))[:LONGEST] for name in ("segment", PRODUCT, "period")}
    return Asked(
        segment=words["segment"],
        product=words[PRODUCT],
        period=words["period"],
        language=language if (language := query.get("language", "")) in KNOWN else "",
        look=look if look in (LIGHT, DARK) else "",
        view=PROJECTOR if view == PROJECTOR else "",
    )


def understood(asked: Asked, vocabulary: Vocabulary, today: date, calendar: Calendar) -> Narrowing:
    """The filters' meaning in this workspace."""
    reader = _Reader(vocabulary, today, calendar)
    segment = reader.group("segment", asked.segment, asked.segment)
    has_product = product_of(vocabulary)
    typed = f"{quoted(has_product)}:{quoted(asked.product)}" if has_product else quoted(asked.product)
    product = reader.group(PRODUCT, asked.product, typed)
    cell = tuple(sorted({**dict(segment), **dict(product)}.items()))
    if len(cell) > MOST_TOGETHER:
        reader.wrong.append(Wrong(field="segment", typed=asked.segment))
        cell = product
    return Narrowing(cell=cell, period=reader.period(asked.period), wrong=tuple(reader.wrong))


def usual_periods() -> tuple[str, ...]:
    """Periods that are offered, in the words of the reader's language."""
    return tuple(map(in_own_words, PERIODS))


def product_of(vocabulary: Vocabulary) -> str:
    """What the property of products is called in this workspace; empty where there is none."""
    return next(iter(vocabulary.properties.get(PRODUCT, ())), "")


def values_of(vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Each property but that of products with its values, and what a link says for each."""
    for name, values in vocabulary.segments.items():
        if name != product_of(vocabulary):
            yield name, tuple((value, _in_a_link(vocabulary, name, value)) for value in values)


def _in_a_link(vocabulary: Vocabulary, name: str, value: str) -> str:
    """The value alone where it cannot mean anything else."""
    calendar, today = Calendar(), date(2000, 1, 1)
    alone = vocabulary.by_form.get(folded(value), ()) == ((name, value),)
    meant = parse(value, vocabulary, today, calendar) if alone else None
    if meant and _is_group(meant) and meant.sides == (((name, value),),):
        return value
    return explicit((name, value))


def _is_group(question: Question) -> bool:
    return question.understood and question.kind is Kind.SCORE and len(question.sides) == 1


class _Reader:
    """Reads filters one by one and keeps those that mean nothing."""

    def __init__(self, vocabulary: Vocabulary, today: date, calendar: Calendar) -> None:
        self._known, self._today, self._calendar = vocabulary, today, calendar
        self.wrong: list[Wrong] = []

    def group(self, field: str, typed: str, words: str) -> Cell:
        """The group that these words mean; everybody where they mean none."""
        if not typed:
            return ()
        question = self._parsed(words)
        if _is_group(question) and question.sides[0]:
            return question.sides[0]
        self.wrong.append(Wrong(field=field, typed=typed, nearest=self._nearest(field, question)))
        return ()

    def period(self, typed: str) -> Period:
        """The period that these words mean; the usual one where they mean none."""
        question = self._parsed(typed)
        if not typed or (_is_group(question) and not question.sides[0]):
            return question.period
        self.wrong.append(Wrong(field="period", typed=typed, nearest=usual_periods()[1:3]))
        return self._parsed("").period

    def _parsed(self, words: str) -> Question:
        return question_of(words, self._known, self._today, self._calendar)

    def _nearest(self, field: str, question: Question) -> tuple[str, ...]:
        said = (choice for one in question.ambiguous for choice in one.choices)
        choices = [choice for choice in said if self._parsed(choice).sides != ((),)]
        near = [word for one in question.misread for word in one.nearest if self._is_value(field, word)]
        return tuple(dict.fromkeys((*choices, *near)))[:3]

    def _is_value(self, field: str, word: str) -> bool:
        """Whether a word that was near is one that this filter takes."""
        of = {name for name, _value in self._known.by_form.get(folded(word), ())}
        return product_of(self._known) in of if field == PRODUCT else bool(of)
