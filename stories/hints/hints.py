"""Hints about a write-up: what could be quoted, asked or concluded better. They never judge who wrote it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import Final

from stories.forms import Form, Step
from stories.hints.plain import plainly
from stories.hints.ruling import Rules, rules_for
from stories.hints.so_what import SoWhat
from stories.values import dataclass


class Family(StrEnum):
    """What a hint is about; each can be turned off by itself."""

    OWN_WORDS = "own_words"
    QUESTIONS = "questions"
    SO_WHAT = "so_what"


class Points(StrEnum):
    """What a hint points at."""

    RETOLD = "retold"
    SELLING = "selling"
    LEADING = "leading"
    DOUBLE = "double"
    HYPOTHETICAL = "hypothetical"
    MISSING = "missing"
    AGAIN = "again"
    NOTHING = "nothing"


FAMILIES: Final = {
    Points.RETOLD: Family.OWN_WORDS,
    Points.SELLING: Family.QUESTIONS,
    Points.LEADING: Family.QUESTIONS,
    Points.DOUBLE: Family.QUESTIONS,
    Points.HYPOTHETICAL: Family.QUESTIONS,
    Points.MISSING: Family.SO_WHAT,
    Points.AGAIN: Family.SO_WHAT,
    Points.NOTHING: Family.SO_WHAT,
}
LESSONS: Final = {
    Points.RETOLD: "quoting",
    Points.SELLING: "listening",
    Points.LEADING: "listening",
    Points.DOUBLE: "listening",
    Points.HYPOTHETICAL: "asking-why",
    Points.MISSING: "insight",
    Points.AGAIN: "insight",
    Points.NOTHING: "insight",
}
"""The lesson that helps with each."""

_MOST_NOTES = 20_000
"""Characters of notes that are looked at: an hour’s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """One hint: what it points at, in which words, and the step of the form where they stand."""

    points: Points
    step: Step
    words: str = ""

    @property
    def family(self) -> Family:
        """What it is about."""
        return FAMILIES[self.points]

    @property
    def sign(self) -> str:
        """Twelve letters by which this hint is known again in the same write-up; no words stand in it."""
        return hashlib.sha256(f"{self.points} {plainly(self.words)}".encode()).hexdigest()[:12]


def hints_for(
    form: Form, step: Step, *, notes: str = "", off: Collection[str] = (), most: int = 3
) -> tuple[Hint, ...]:
    """What may be pointed at in this step of a write-up; in the preview, in all of it.

    `notes` are jotted notes that are in no field yet. Families in `off` are left out, and so is what the
    author put away in this write-up. At most `most`, each question once. Nothing in a language that has no
    rules.
    """
    rules = rules_for(form.happened, form.meaning, *form.quotes, notes[:_MOST_NOTES])
    if rules is None:
        return ()
    found = dict.fromkeys(_found(form, step, notes, rules))
    return tuple(one for one in found if one.family not in off and one.sign not in form.fine)[:most]


def _found(form: Form, step: Step, notes: str, rules: Rules) -> Iterator[Hint]:
    whole = step is Step.PREVIEW
    if whole or step is Step.WORDS:
        names = tuple(name for name in (form.name, form.alias, form.company) if name)
        for quote in form.quotes:
            if rules.is_retold(quote, names):
                yield Hint(points=Points.RETOLD, step=Step.WORDS, words=quote)
    if whole or step is Step.MEANING:
        yield from _so_what(form, rules, whole=whole)
    if whole or step is Step.WHAT:
        for asked in rules.asked_in("\n".join((form.happened, notes[:_MOST_NOTES]))):
            for kind in rules.kinds_of(asked)[:1]:
                yield Hint(points=Points(kind.value), step=Step.WHAT, words=asked)


def _so_what(form: Form, rules: Rules, *, whole: bool) -> Iterator[Hint]:
    found = rules.so_what(form.meaning, form.happened, form.quotes)
    # An empty field in front of somebody is no reason for a hint; one that they have passed is.
    if found is not None and (whole or found is not SoWhat.MISSING):
        yield Hint(points=Points(found.value), step=Step.MEANING, words=form.meaning)
