"""What is asked of a full-text index, the same of either."""

from __future__ import annotations

from collections.abc import Sequence

from stories.search.frequent import FAR, Reach
from stories.values import dataclass

Marks = Sequence[tuple[str, ...]]
"""What a text has to bear: one mark of each of these."""

Ranked = tuple[tuple[int, float], ...]
"""Texts by their ids with how well each fits, best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Texts that bear the marks and hold any of the words (the last as a beginning); `most` of them.

    With `themes` only texts about one of these. Of words that very many texts hold the newest are looked
    through, as far as `reach` says.
    """

    words: tuple[str, ...]
    marks: Marks
    most: int
    themes: tuple[int, ...] = ()
    reach: Reach = FAR
