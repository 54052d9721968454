"""How much a write-up tells: whether it can stand alone where colleagues read it.

A note in haste ("Renewed for a year.") is worth keeping, and no story. Counted are the words of what happened
and why it matters; where they alone are too few, a quote that tells something (`stories.telling_worth`) is
worth as many as a short story has. In a language in which that cannot be judged, any quote is worth half of
that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stories.forms import Form
from stories.interviews import Interview
from stories.languages import written_in
from stories.telling_worth import length, worth
from stories.values import dataclass

SOME = 40
"""Words from which on there is something to read: notes in haste have 11 to 33, good stories 99 and more."""

TELLING = 1.2
"""From this worth on a quote tells something by itself: a polite sentence about oneself is worth 1."""

JUDGED = "en"
"""The language in which a quote's worth is known."""

UNKNOWN = 0
"""The substance of what was written before it was counted."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What its words say of a write-up: language (ISO 639-1, "" where it cannot be told) and substance."""

    language: str
    substance: int

    @property
    def is_thin(self) -> bool:
        """Whether so little is told that it is no story by itself."""
        return is_thin(self.substance)


def judged(told: Form | Interview, quotes: Sequence[str]) -> Judged:
    """What its words say of a write-up. Looks through every quote: to be asked once for a submission."""
    language = written_in(told.title, told.trying_to, told.happened, told.meaning, *quotes)
    return Judged(language, substance_of(told.happened, told.meaning, quotes, language))


def substance_of(happened: str, meaning: str, quotes: Iterable[str], language: str) -> int:
    """How much is told, in words: 1 or more. `language` is ISO 639-1, "" where nobody could tell."""
    told = length(happened) + length(meaning)
    if told >= SOME:
        return told
    if language == JUDGED:
        quoted = SOME if any(worth(quote, {}).body >= TELLING for quote in quotes) else 0
    else:
        quoted = SOME // 2 if any(quotes) else 0
    return max(1, told + quoted)


def is_thin(substance: int) -> bool:
    """Whether so little is told that it is no story by itself; what is unknown is not thin."""
    return UNKNOWN < substance < SOME
