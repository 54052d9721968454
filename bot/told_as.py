"""How stories are told in a channel: in its language, put together by its template."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages.story_parts import template_of
from bot.tongues import speaking_to
from storage import channels
from stories.story_templates import StoryTemplate


@asynccontextmanager
async def telling_in(
    session: AsyncSession, workspace_id: str, channel_id: str
) -> AsyncIterator[StoryTemplate]:
    """Say everything in the block in this channel's language, and tell stories by the template it gives."""
    chosen = await channels.templates_of(session, workspace_id, [channel_id])
    async with speaking_to(session, workspace_id, channel_id):
        yield template_of(chosen.get(channel_id, ""))
