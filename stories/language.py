"""The language in which sentences reach the person at hand (gettext)."""

from __future__ import annotations

import gettext as catalogues
from contextvars import ContextVar

_current: ContextVar[catalogues.NullTranslations | None] = ContextVar("firsthand_language", default=None)


def speak(translations: catalogues.NullTranslations) -> None:
    """Use these translations for everything said in the current context (one request or one job)."""
    _current.set(translations)


def gettext(sentence: str) -> str:
    """The sentence in the current context's language; itself where no catalogue has it."""
    translations = _current.get()
    return sentence if translations is None else translations.gettext(sentence)


def ngettext(one: str, many: str, number: int) -> str:
    """The form of a sentence that fits `number`, in the current context's language."""
    translations = _current.get()
    if translations is None:
        return one if number == 1 else many
    return translations.ngettext(one, many, number)


_ = gettext
