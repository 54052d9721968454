"""When somebody has done what they said: it is marked, and the story's author hears of it once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import notices
from bot.preferences import Private, wants
from storage import attention, follow_ups, people, posted
from storage.attention import Unasked
from storage.follow_ups import FollowUp
from storage.posted import Posted

REMINDER = "reminder"
"""The kind of the private message on the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What was done, whether the author of its story hears of it from us, and the reminder that stands."""

    what: str
    author_id: str
    author_hears: bool
    reminder: Posted | None


async def finish(
    session: AsyncSession, workspace_id: str, follow_up_id: int, *, by: str, now: datetime
) -> Finished | None:
    """Mark somebody's own follow-up as done, and plan the note to the author; None when it is not theirs.

    Done twice, it is told once.
    """
    task = await follow_ups.get(session, workspace_id, follow_up_id)
    if task is None or task.owner_id != by:
        return None
    newly = await follow_ups.finish(session, workspace_id, follow_up_id, owner_id=by, now=now)
    hears = await _author_hears(session, workspace_id, task)
    if newly and hears:
        slot, about = f"done:{follow_up_id}", {task.story_id}
        await notices.offer(session, workspace_id, task.author_id, "came_of_it", slot, about=about, now=now)
    reminder = await _reminder_of(session, workspace_id, task)
    return Finished(what=task.what, author_id=task.author_id, author_hears=hears, reminder=reminder)


def reminder_slot(task: FollowUp) -> str | None:
    """What the reminder of a follow-up is decided as; None for one without a day."""
    return f"remind:{task.id}:{task.due_on.isoformat()}" if task.due_on else None


async def _reminder_of(session: AsyncSession, workspace_id: str, task: FollowUp) -> Posted | None:
    """The message that tells of it: its own, or that of something else due on the day."""
    slot = reminder_slot(task)
    if slot is None:
        return None
    what = Unasked(place=task.owner_id, kind=REMINDER, slot_key=slot, about={})
    told = await attention.offered(session, workspace_id, what)
    if told is None or told.delivery_id is None:
        return None
    return await posted.standing(session, workspace_id, told.delivery_id)


async def _author_hears(session: AsyncSession, workspace_id: str, task: FollowUp) -> bool:
    if task.author_id == task.owner_id:
        return False
    return wants(await people.settings(session, workspace_id, task.author_id), Private.THANKS)
