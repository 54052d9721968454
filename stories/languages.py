"""Which language a text is in, as it is kept with it; empty where that cannot be told."""

from __future__ import annotations

from typing import Final

from stories.speaking import language_called
from stories.transcripts.languages import language_of

KNOWN: Final = (
    *("ar", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hi", "id", "it", "ja", "ko", "nb", "nl"),
    *("pl", "pt", "ru", "sv", "th", "tr", "uk", "zh"),
)
"""What can be told apart, by ISO 639-1."""

_ENOUGH = 1_000
"""Characters that are looked at: a hundred and fifty words tell as much as a thousand."""

_SURE = 0.1
"""The share of a text's words (or letters, for a script) that has to be known.

An English or German text has 0.2 and more; one in a language that is none of these meets a few by chance.
"""


def written_in(*texts: str) -> str:
    """The language that these texts together are in (ISO 639-1), or "" where that cannot be told.

    Told by the commonest little words, of which three have to be met: a short text stays unknown.
    """
    found = language_of("\n".join(texts)[:_ENOUGH])
    return found.code if found.share >= _SURE and found.code in KNOWN else ""


def language_name(code: str) -> str:
    """What a language is called, in the language of the moment; the code itself for one nobody knows."""
    if code not in KNOWN:
        return code
    name = language_called(code)
    return name[:1].upper() + name[1:]
