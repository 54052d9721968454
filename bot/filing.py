"""A told story is found by what it is about and by its words, as others read them."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from storage import search, stories
from stories.consent import Purpose
from stories.errors import UserError
from stories.language import _
from stories.story import Story, Telling, as_filed, preview, words_of


async def file_new(session: AsyncSession, workspace_id: str, story: Story, level: Purpose) -> None:
    """File a story that was stored as published in this very transaction: nothing of it stands yet."""
    telling = preview(story, level)
    if telling is None:
        raise UserError(_("The customer has not agreed to sharing this, so nobody else sees it."))
    await stories.add_topics(session, workspace_id, as_filed(story, telling))
    await search.add(session, workspace_id, story.id, words_of(telling))


async def file_anew(session: AsyncSession, workspace_id: str, story: Story, telling: Telling) -> None:
    """File a told story under what it is about and says now."""
    await stories.file_topics(session, workspace_id, as_filed(story, telling))
    await search.index(session, workspace_id, story.id, words_of(telling))
