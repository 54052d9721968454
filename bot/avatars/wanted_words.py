"""The private note on a conversation that somebody wants, as long as it is wanted."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import wanted as words
from storage import wanted_talks
from storage.attention import Waiting
from stories.attention import TALK_DUE, TALK_WANTED

__all__ = ["TALK_DUE", "TALK_WANTED", "told_now"]


async def told_now(session: AsyncSession, workspace_id: str, one: Waiting) -> dict[str, Any] | None:
    """The note, or the reminder on its day; None once it was written up or thrown away."""
    talk = await wanted_talks.get(session, workspace_id, int(one.about["talk"]))
    if one.kind == TALK_DUE:
        return words.due_today(talk) if talk else None
    return words.note_to_colleague(talk) if talk else None
