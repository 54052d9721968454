"""Private notes that speak of stories: planned, and made to follow what becomes of the stories."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.restating import restated
from bot.showing import subjects_of
from storage import deliveries, notices, posted, stories
from storage.deliveries import Post
from storage.posted import Posted

NOTICE = "notice"
"""The kind of a delivery that is a private message to one person."""


async def plan(
    session: AsyncSession,
    workspace_id: str,
    user_id: str,
    slot: str,
    payload: dict[str, Any],
    *,
    about: Collection[int],
    now: datetime,
) -> int | None:
    """Plan a private note about these stories (their ids); None when this slot was decided before.

    `slot` says what kind of note it is: `bot.restating` makes it anew from that alone. Whoever takes one of
    the stories back at this moment comes after the note, and finds it, or is seen here to have come before.
    """
    await stories.hold(session, workspace_id, sorted(about))
    told = await stories.some(session, workspace_id, sorted(about))
    subjects = dict.fromkeys(subject for story in told for subject in subjects_of(story))
    post = Post(channel_id=user_id, kind=NOTICE, slot_key=slot, payload=payload, subjects=tuple(subjects))
    delivery_id = await deliveries.plan(session, workspace_id, post, now=now)
    if delivery_id is not None:
        await notices.speaks_of(session, workspace_id, delivery_id, about)
        note = await posted.standing(session, workspace_id, delivery_id)
        if note is not None:
            await _follow(session, workspace_id, note, now)
    return delivery_id


async def add_to(
    session: AsyncSession,
    workspace_id: str,
    user_id: str,
    slot: str,
    payload: dict[str, Any],
    *,
    about: Collection[int],
    now: datetime,
) -> None:
    """Have a note that was planned before say this, which may be about more stories."""
    note = await posted.decided(session, workspace_id, user_id, NOTICE, slot)
    if note is not None:
        await notices.speaks_of(session, workspace_id, note.id, about)
        await deliveries.revise(session, workspace_id, note.id, payload, now=now)


async def refresh(session: AsyncSession, workspace_id: str, story_id: int, *, now: datetime) -> None:
    """Have every note about this story say what may be said of it from now on, at once."""
    for note in await notices.about(session, workspace_id, story_id):
        await _follow(session, workspace_id, note, now)


async def _follow(session: AsyncSession, workspace_id: str, note: Posted, now: datetime) -> None:
    payload = await restated(session, workspace_id, note, now)
    if payload is not None and payload != await posted.says(session, workspace_id, note.id):
        await deliveries.revise(session, workspace_id, note.id, payload, now=now, at_once=True)
