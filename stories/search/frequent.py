"""Words that very many texts hold: what of them is looked through, so that a search costs the same.

A word that is everywhere tells texts apart less than any other, and ranking every text that holds it takes
longer than all the rest. The rarest words of a search, up to so many texts in all, are therefore looked for
in all that was ever said, the others in the newest texts and where they stand together.
"""

from __future__ import annotations

from collections.abc import Mapping

from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How many texts a search ranks: all that hold any of its words, up to `ranked` of them.

    Beyond that those of its rarest words, `ranked` as well, and of the other words the `newest` texts and
    so many that hold them `together`.
    """

    ranked: int = 4_000
    newest: int = 2_000
    together: int = 2_000


FAR = Reach()


def rare(texts: Mapping[str, int], most: int) -> tuple[str, ...]:
    """The rarest of these words, given how many texts hold each (or so): `most` texts in all."""
    found: list[str] = []
    left = most
    for word in sorted(texts, key=lambda one: texts[one]):
        left -= texts[word]
        if left < 0:
            break
        found.append(word)
    return tuple(found)
