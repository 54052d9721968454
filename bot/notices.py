"""Private notes that speak of stories: planned or offered, and made to follow what becomes of the stories."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention
from bot.objective import pages
from bot.restating import restated
from bot.revising import say_now
from bot.showing import subjects_of
from storage import attention as unasked
from storage import deliveries, notices, posted, stories
from storage.attention import Unasked, Waiting
from storage.deliveries import Post, Subject
from storage.posted import Posted

NOTICE = "notice"
"""The kind of a private message that somebody asked for, or that it is a duty to send."""


async def plan(
    session: AsyncSession,
    workspace_id: str,
    user_id: str,
    slot: str,
    payload: dict[str, Any],
    *,
    about: Collection[int],
    now: datetime,
    subjects: Collection[Subject] = (),
) -> int | None:
    """Plan a private note that somebody asked for, or has to hear, about these stories (their ids).

    `subjects` are customers of whom it speaks besides.

    None when this slot was decided before.
    `slot` says what kind of note it is: `bot.restating` makes it anew from that alone. Whoever takes one of
    the stories back at this moment comes after the note, and finds it, or is seen here to have come before.
    """
    await stories.hold(session, workspace_id, sorted(about))
    told = await stories.some(session, workspace_id, sorted(about))
    whose = dict.fromkeys((*subjects, *(subject for story in told for subject in subjects_of(story))))
    post = Post(channel_id=user_id, kind=NOTICE, slot_key=slot, payload=payload, subjects=tuple(whose))
    delivery_id = await deliveries.plan(session, workspace_id, post, now=now)
    if delivery_id is not None:
        await notices.speaks_of(session, workspace_id, delivery_id, about)
        note = await posted.standing(session, workspace_id, delivery_id)
        if note is not None:
            await _follow(session, workspace_id, note, now)
    return delivery_id


async def offer(
    session: AsyncSession,
    workspace_id: str,
    user_id: str,
    kind: str,
    slot: str,
    *,
    about: Collection[int],
    now: datetime,
    zone: str | None = None,
    fresh_until: datetime | None = None,
) -> Waiting:
    """Have a private note that nobody asked for go within the budget of attention; what became of it so far.

    It is put into words when it goes, from its slot. One that was offered before takes the stories along:
    sent already, it says so.
    """
    await stories.hold(session, workspace_id, sorted(about))
    what = Unasked(place=user_id, kind=kind, slot_key=slot, about={"stories": sorted(about)})
    known = await unasked.offered(session, workspace_id, what)
    if known is None:
        return await attention.offer(session, workspace_id, what, now=now, zone=zone, fresh_until=fresh_until)
    more = sorted({*known.about["stories"], *about})
    await unasked.widen(session, workspace_id, known.id, {"stories": more})
    note = await posted.standing(session, workspace_id, known.delivery_id) if known.delivery_id else None
    if note is not None:
        await notices.speaks_of(session, workspace_id, note.id, about)
        await _follow(session, workspace_id, note, now, at_once=False)
    return known


async def refresh(session: AsyncSession, workspace_id: str, story_id: int, *, now: datetime) -> None:
    """Have every note about this story say what may be said of it from now on, at once; pages with it go."""
    for note in await notices.about(session, workspace_id, story_id):
        await _follow(session, workspace_id, note, now)
    await pages.follow(session, workspace_id, story_id, now=now)


async def _follow(
    session: AsyncSession, workspace_id: str, note: Posted, now: datetime, *, at_once: bool = True
) -> None:
    payload = await restated(session, workspace_id, note, now)
    if payload is not None:
        await say_now(session, workspace_id, note.id, payload, now=now, at_once=at_once)
