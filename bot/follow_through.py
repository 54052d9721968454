"""When somebody has done what they said: it is marked, and the story's author hears of it once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import notices
from bot.preferences import Private, wants
from storage import follow_ups, people
from storage.follow_ups import FollowUp


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What was done, and whether the author of its story hears of it from us."""

    what: str
    author_id: str
    author_hears: bool


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
    return Finished(what=task.what, author_id=task.author_id, author_hears=hears)


async def _author_hears(session: AsyncSession, workspace_id: str, task: FollowUp) -> bool:
    if task.author_id == task.owner_id:
        return False
    return wants(await people.settings(session, workspace_id, task.author_id), Private.THANKS)
