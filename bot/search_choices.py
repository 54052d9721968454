"""What a search can be narrowed to here: kinds of customers and themes that somebody may choose from."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages.search import Choices
from storage import nps_words, offers, search_themes

MOST_VALUES = 12
"""Values of a property of answers beyond which it tells people apart rather than kinds of customers."""


async def choices(session: AsyncSession, workspace_id: str, user_id: str) -> Choices:
    """What this person may choose from; "" for a screen, where nothing stands that only a story says.

    What a story is filed under may hold the name of a customer who is told of by name, and a screen names
    nobody.
    """
    named = await search_themes.named(session, workspace_id)
    values = await _values(session, workspace_id)
    if not user_id:
        return Choices(segments=tuple(dict.fromkeys(values)), themes=named)
    known = await offers.topics(session, workspace_id, author_id=user_id)
    return Choices(
        segments=tuple(dict.fromkeys((*known.segments, *values))),
        themes=tuple(dict.fromkeys((*named, *known.themes))),
    )


async def _values(session: AsyncSession, workspace_id: str) -> tuple[str, ...]:
    words = await nps_words.vocabulary(session, workspace_id)
    few = (values for values in words.values() if len(values) <= MOST_VALUES)
    return tuple(value for values in few for value in values)
