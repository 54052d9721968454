"""Which real quotes come nearest to what somebody asks; by meaning where the extra `meaning` is there."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from bot.avatars.sayings import Saying
from stories.avatars.by_words import sharing_words
from stories.avatars.tone import both_sides

if TYPE_CHECKING:
    from stories.avatars.answering import Quotes

MOST = 4
"""Quotes in an answer."""
_LOOKED_AT = 12
_PREPARED = 8
"""Sets of quotes that are kept ready to be asked, of all workspaces together."""


def can_search_meaning() -> bool:
    """Whether the extra is installed."""
    return all(find_spec(name) is not None for name in ("numpy", "wordllama"))


async def nearest(question: str, said: Sequence[Saying], *, most: int = MOST) -> tuple[Saying, ...]:
    """The quotes that answer, the best first and both sides where both exist; none when none is close."""
    texts = tuple(one.words for one in said)
    ranked = await asyncio.to_thread(_ranked, question, texts)
    chosen = both_sides([texts[at] for at in ranked], most=most)
    return tuple(said[ranked[at]] for at in chosen)


def _ranked(question: str, texts: tuple[str, ...]) -> tuple[int, ...]:
    if not texts:
        return ()
    if not can_search_meaning():
        return sharing_words(question, texts, most=_LOOKED_AT)
    return tuple(found.index for found in _ready(texts).answer(question, most=_LOOKED_AT))


def let_go() -> None:
    """Forget the quotes that are ready to be asked: somebody who said one may have been erased."""
    _ready.cache_clear()


@lru_cache(maxsize=_PREPARED)
def _ready(texts: tuple[str, ...]) -> Quotes:
    # Loaded at the first question and never at the start: it costs half a second and a hundred megabytes.
    from stories.avatars.answering import Quotes
    from stories.drift.meaning import encoder

    return Quotes(texts, encoder())
