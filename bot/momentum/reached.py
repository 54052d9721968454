"""How far a story went, told to its author, as much of it as may be said at this moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import momentum as words
from bot.showing import show
from storage import homes, momentum


def slot_of(story_id: int, times: int) -> str:
    """The slot in which an author hears of a story for the first or second time."""
    return f"reached:{story_id}:{times}"


async def told_now(
    session: AsyncSession, workspace_id: str, slot: str, now: datetime
) -> dict[str, Any] | None:
    """What its author hears; None for a story that is told no more, or that nobody answered any more."""
    story_id = int(slot.split(":")[1])
    telling = await show(session, workspace_id, story_id, now)
    found = await momentum.reached(session, workspace_id, story_id=story_id)
    if telling is None or not found:
        return None
    channels = (await homes.channels_told(session, workspace_id, [story_id])).get(story_id, 0)
    return words.reached(telling, channels=channels, people=found[0].reach.people)
