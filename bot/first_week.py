"""What is remembered of somebody's first week: each step counts, by whichever way it was done."""

from __future__ import annotations

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import home, ids
from bot.desk import Desk
from bot.messages.blocks import Block
from storage import people


async def note(session: AsyncSession, workspace_id: str, user_id: str, **noted: Any) -> None:
    """Remember how far somebody's first week has come, beside their other settings."""
    settings = await people.held_settings(session, workspace_id, user_id)
    week = {**settings.get("first_week", {}), **noted}
    await people.choose(session, workspace_id, user_id, {**settings, "first_week": week})


async def has_seen(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, view: Block) -> None:
    """This view was opened for somebody: one that shows a digest ticks the look at the next one.

    Their App Home follows, the first time. To be called once they have their answer.
    """
    if view.get("callback_id") != ids.DIGEST_POST_NOW:
        return
    async with desk.read() as session:
        settings = await people.settings(session, workspace_id, user_id)
    if settings.get("first_week", {}).get("previewed"):
        return
    async with desk.begin() as session:
        await note(session, workspace_id, user_id, previewed=True)
    await home.refresh(desk, client, workspace_id, user_id)
