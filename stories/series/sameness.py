"""How much episodes repeat each other: the share of their phrases that stand in another one, too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stories.series.episodes import Episode
from stories.telling_worth import plain, tokens

_QUOTED = re.compile("“[^“”]*”")

WORDS = 4
"""Words in a row that make a phrase."""


def phrases(text: str, words: int = WORDS) -> frozenset[tuple[str, ...]]:
    """Every run of so many words in a text."""
    said = tokens(plain(text))
    return frozenset(tuple(said[place : place + words]) for place in range(len(said) - words + 1))


def text_of(episode: Episode, *, spoken: bool = True) -> str:
    """What an episode says, a sentence a line; without the customers' own words unless `spoken`.

    Theirs is also what stands in quotation marks within a sentence of ours.
    """
    if spoken:
        return "\n".join(one.text for one in episode.sentences())
    return "\n".join(_QUOTED.sub("", one.text) for one in episode.sentences() if not one.spoken)


def repeated(texts: Sequence[str], words: int = WORDS) -> tuple[float, ...]:
    """For each text, the share of its phrases that stand in any of the others, 0 to 1; 0 for one without."""
    said = [phrases(text, words) for text in texts]
    found = []
    for place, own in enumerate(said):
        others = frozenset[tuple[str, ...]]().union(*(one for at, one in enumerate(said) if at != place))
        found.append(len(own & others) / len(own) if own else 0.0)
    return tuple(found)
