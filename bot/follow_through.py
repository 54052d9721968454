"""When somebody has done what they said: it is marked, and the story's author hears of it once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import follow_up as messages
from bot.preferences import Private, wants
from bot.showing import show
from storage import deliveries, follow_ups, people
from storage.deliveries import Post
from storage.follow_ups import FollowUp
from stories.story import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What was done, and whether the author of its story hears of it from us."""

    what: str
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
        note = messages.came_of_it(who=by, title=task.title, what=task.what, story_id=task.story_id)
        slot = f"done:{follow_up_id}"
        post = Post(channel_id=task.author_id, kind="notice", slot_key=slot, payload=note)
        await deliveries.plan(session, workspace_id, post, now=now)
    return Finished(what=task.what, author_hears=hears)


async def title_for(
    session: AsyncSession, workspace_id: str, task: FollowUp, user_id: str, now: datetime
) -> str:
    """The title of the story behind a follow-up as this person may read it; empty when they may not."""
    return as_read_by(user_id, task, await show(session, workspace_id, task.story_id, now))


def as_read_by(user_id: str, task: FollowUp, telling: Telling | None) -> str:
    """The same, of a telling at hand: whole for its author, as told for others, or empty."""
    if task.author_id == user_id:
        return task.title
    return telling.title if telling else ""


async def _author_hears(session: AsyncSession, workspace_id: str, task: FollowUp) -> bool:
    if task.author_id == task.owner_id:
        return False
    return wants(await people.settings(session, workspace_id, task.author_id), Private.THANKS)
