"""Whether a write-up only says again what was told of the same customer: it shares much, and adds little.

Compared are the longer words. A sequel shares as many of them as a repetition does, as it is about the same
people and things; what sets it apart is how much it adds. Of the sample company's stories every sequel adds
34 words or more, and each second write-up of one conversation 17 or fewer.
"""

from __future__ import annotations

from stories.interviews import Interview
from stories.telling_worth import plain, tokens

SHARED = 0.25
"""The share of its words that were told before, from which on it is about the same."""

ADDED = 25
"""With so many words of its own it is a story of its own."""

_SHORTEST = 4


def words_told(told: Interview) -> frozenset[str]:
    """The words by which two write-ups are compared: the longer ones, in lower case, each once."""
    quoted = (quote.text for quote in told.told_quotes)
    said = "\n".join((told.title, told.trying_to, told.happened, *quoted))
    return frozenset(word for word in tokens(plain(said)) if len(word) >= _SHORTEST)


def is_echo(words: frozenset[str], earlier: frozenset[str]) -> bool:
    """Whether these words tell much the same as the earlier ones; never for a write-up of no words."""
    shared = len(words & earlier)
    return bool(words) and shared >= SHARED * len(words) and len(words) - shared < ADDED
