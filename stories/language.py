"""The language in which sentences reach the person at hand (gettext)."""

from __future__ import annotations

import gettext as standard
import re
import string
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from babel import Locale

from stories.catalogues import SOURCE, best_for, locale_for, sentences
from stories.values import dataclass

ENGLISH = SOURCE.language


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """How somebody is spoken to.

    `language`: the catalogue that sentences come from. `locale`: whose dates and numbers stand in them.
    `home`: where the person is, whatever language we have for them.
    """

    language: str
    locale: Locale
    home: Locale
    sentences: standard.NullTranslations


@lru_cache(maxsize=256)
def tongue(tag: str) -> Tongue:
    """How to speak to somebody whose language is this ("de-DE"): English where we have no such language."""
    language = best_for(tag) or ENGLISH
    home = locale_for(tag) or SOURCE
    # English is written in one way here, whichever country it is read in.
    locale = SOURCE if language == ENGLISH else home
    return Tongue(language=language, locale=locale, home=home, sentences=sentences(language))


_current: ContextVar[Tongue | None] = ContextVar("firsthand_language", default=None)


def speak(tag: str) -> None:
    """Say everything in the current context (one request or one job) in this language."""
    _current.set(tongue(tag))


@contextmanager
def speaking(language: str | Tongue) -> Iterator[None]:
    """Say everything in the block in this language: a tag such as "de-DE", or one that is made up."""
    before = _current.set(language if isinstance(language, Tongue) else tongue(language))
    try:
        yield
    finally:
        _current.reset(before)


def spoken() -> Tongue:
    """How things are said at the moment."""
    return _current.get() or tongue(ENGLISH)


def gettext(sentence: str) -> str:
    """The sentence in the current context's language; itself where no catalogue has it."""
    now = _current.get()
    if now is None or now.language == ENGLISH:
        return sentence
    return _fillable(now.sentences.gettext(sentence))


def ngettext(one: str, many: str, number: int) -> str:
    """The form of a sentence that fits `number`, in the current context's language."""
    now = _current.get()
    if now is None or now.language == ENGLISH:
        return one if number == 1 else many
    return _fillable(now.sentences.ngettext(one, many, number))


_ = gettext


def looked_up(sentence: str, several: str = "", number: int = 1) -> str:
    """A sentence that does not stand in the code where it is said, in the form that fits `number`."""
    return ngettext(sentence, several, number) if several else gettext(sentence)


def _fillable(sentence: str) -> str:
    # What knows by itself how it is filled in (a sentence that is kept) stays what it is.
    return _Sentence(sentence) if type(sentence) is str and _NUMBER.search(sentence) else sentence


_NUMBER = re.compile(r"\{\w+:[^{}]+\}")
"""A place for a number that is written in a form of its own: {count:,}."""


class _Sentence(str):
    """A sentence in another language: numbers that are filled in are written as people write them there."""

    __slots__ = ()

    def format(self, *given: Any, **values: Any) -> str:
        """The sentence, filled in."""
        return _FILLING.vformat(self, given, values)


class _Filling(string.Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        """A value as its place in the sentence asks for it."""
        said = super().format_field(value, format_spec)
        return localised(said) if format_spec and isinstance(value, int | float) else said


_FILLING = _Filling()


def localised(figure: str) -> str:
    """A number that was written as in English ("1,234.5") as people write it in the current language."""
    now = _current.get()
    if now is None or now.language == ENGLISH:
        return figure
    symbols = now.locale.number_symbols["latn"]
    return figure.translate({ord(","): symbols["group"], ord("."): symbols["decimal"]})
