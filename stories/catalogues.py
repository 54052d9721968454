"""The catalogues of `stories/locale`: one file for each language, read when somebody first needs it."""

from __future__ import annotations

import gettext
import io
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from babel import Locale, UnknownLocaleError

SOURCE = Locale("en", "GB")
"""The language that sentences are written in, and how its dates are."""

_KIND = ".po"


@cache
def languages() -> tuple[str, ...]:
    """Every language that sentences can be said in, by the names of their catalogues: ("de", "en")."""
    found = (place.name for place in _folder().iterdir() if place.name.endswith(_KIND))
    return tuple(sorted({*(name.removesuffix(_KIND) for name in found), SOURCE.language}))


def best_for(tag: str) -> str | None:
    """The language of ours for a tag such as "de-DE" (of the country, or else any); None for no such one."""
    wanted = _read(tag)
    if wanted is None:
        return None
    exact = f"{wanted.language}_{wanted.territory}"
    return next((name for name in (exact, wanted.language) if name in languages()), None)


def locale_for(tag: str) -> Locale | None:
    """What is known of a place and its language, such as when its weeks begin; None for no such one."""
    return _read(tag)


@cache
def sentences(language: str) -> gettext.NullTranslations:
    """The sentences of a language of `languages()`; the language they are written in has nothing to look up.

    Takes a tenth of a second, once.
    """
    if language == SOURCE.language:
        return gettext.NullTranslations()
    # A company that runs in English alone never loads what reads catalogues.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (_folder() / f"{language}{_KIND}").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _folder() -> Traversable:
    return files("stories") / "locale"


@lru_cache(maxsize=256)
def _read(tag: str) -> Locale | None:
    language, *rest = tag.replace("_", "-").split("-")
    for known in ("-".join([language, *rest]), language):
        try:
            return Locale.parse(known, sep="-")
        except (UnknownLocaleError, ValueError, TypeError):
            continue
    return None
