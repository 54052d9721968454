"""By which rules a write-up is looked at: those of the language it is in.

English has rules of its own; every other language that has any is one file of `stories/hints/rules`, with its
words and patterns.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from stories.hints import asked, own_words, questions
from stories.hints.asked import Asking
from stories.hints.asking import questions_of
from stories.hints.plain import plainly
from stories.hints.questions import Asks
from stories.hints.so_what import SoWhat, Weighing, so_what
from stories.hints.wordings import found_in
from stories.language import ENGLISH, spoken
from stories.languages import written_in
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What can be noticed in one language: each as the function of that name does it in English."""

    is_retold: Callable[[str, Collection[str]], bool]
    kinds_of: Callable[[str], tuple[Asks, ...]]
    asked_in: Callable[[str], tuple[str, ...]]
    so_what: Callable[[str, str, Sequence[str]], SoWhat | None]


_ENGLISH = Rules(
    is_retold=own_words.is_retold,
    kinds_of=questions.kinds_of,
    asked_in=asked.asked_in,
    so_what=so_what,
)


def rules_for(*texts: str) -> Rules | None:
    """The rules of the language that these texts are in; None for a language that has none.

    Texts too short to tell are taken to be in the language of the moment, or in English.
    """
    language = written_in(*texts)
    if language:
        return _rules(language)
    return _rules(spoken().language) or _ENGLISH


@cache
def _rules(language: str) -> Rules | None:
    if language == ENGLISH:
        return _ENGLISH
    place = files("stories.hints") / "rules" / f"{language}.toml"
    return _from(tomllib.loads(place.read_text("utf-8"))) if place.is_file() else None


def _from(told: Mapping[str, Any]) -> Rules:
    kinds = {kind: found_in(*told["questions"][kind.value]) for kind in Asks}
    asking = Asking(**{name: re.compile(pattern) for name, pattern in told["asked"].items()})
    words = told["words"]
    weighing = Weighing(
        little=frozenset(words["little"].split()),
        anywhere=frozenset(words["anywhere"].split()),
        beginnings=tuple(words["beginnings"]),
    )
    speaks, retold = re.compile(told["own_words"]["speaks"]), found_in(*told["own_words"]["retold"])
    verbs = told["own_words"]["verbs"]

    def is_retold(quote: str, names: Collection[str]) -> bool:
        outside = own_words.without_what_is_said_inside(quote)
        if not outside or speaks.search(outside):
            return False
        return retold.search(outside) is not None or own_words.begins_with(outside, names, verbs)

    def kinds_of(said: str) -> tuple[Asks, ...]:
        texts = [question.text for question in questions_of(said)]
        return tuple(kind for kind in Asks if any(kinds[kind].search(plainly(text)) for text in texts))

    return Rules(
        is_retold=is_retold,
        kinds_of=kinds_of,
        asked_in=lambda notes: asked.asked_in(notes, asking),
        so_what=lambda meaning, happened, quotes: so_what(meaning, happened, quotes, weighing),
    )
