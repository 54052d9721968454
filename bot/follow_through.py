"""What becomes of what somebody said they would do: it is done, or let go; and who hears of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import notices, publishing
from bot.endings.notes import to_tell, to_tell_slot
from bot.preferences import Private, wants
from storage import attention, endings, follow_up_changes, follow_ups, people, posted
from storage.attention import Unasked
from storage.follow_ups import LET_GO, FollowUp
from storage.posted import Posted
from stories.values import dataclass

REMINDER = "reminder"
"""The kind of the private message on the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What is over, whether the author of its story hears of it from us, and the reminders that stand."""

    what: str
    author_id: str
    author_hears: bool
    reminders: tuple[Posted, ...]


async def finish(
    session: AsyncSession,
    workspace_id: str,
    follow_up_id: int,
    *,
    by: str,
    now: datetime,
    closing: str = "",
    link: str = "",
) -> Finished | None:
    """Mark somebody's own follow-up as done, with what has changed; None when it is not theirs.

    Its story ends with that sentence wherever it is told, its author hears of it, and whoever did it gets a
    message to send to the customer. Done twice, it is told once.
    """
    task = await _own(session, workspace_id, follow_up_id, by)
    if task is None or task.outcome == LET_GO:
        return None
    newly = await follow_ups.finish(
        session, workspace_id, follow_up_id, owner_id=by, now=now, closing=closing
    )
    hears = await _author_hears(session, workspace_id, task)
    if newly:
        if link:
            await follow_up_changes.keep_link(session, workspace_id, follow_up_id, link)
        if closing:
            await _end_the_story(session, workspace_id, task, by=by, now=now)
        if hears:
            slot, about = f"done:{follow_up_id}", {task.story_id}
            await notices.offer(
                session, workspace_id, task.author_id, "came_of_it", slot, about=about, now=now
            )
    return await _over(session, workspace_id, task, hears=hears)


async def let_go(
    session: AsyncSession, workspace_id: str, follow_up_id: int, *, by: str, why: str, now: datetime
) -> Finished | None:
    """Mark somebody's own follow-up as not going to be done; None when it is not theirs or over already."""
    task = await _own(session, workspace_id, follow_up_id, by)
    ended = task is not None and await follow_ups.finish(
        session, workspace_id, follow_up_id, owner_id=by, now=now, closing=why, outcome=LET_GO
    )
    return await _over(session, workspace_id, task) if task and ended else None


async def reminders_of(session: AsyncSession, workspace_id: str, task: FollowUp) -> tuple[Posted, ...]:
    """The messages that tell of it on its day and after: its own, or those of something else due then."""
    found: dict[int, Posted] = {}
    for slot in reminder_slots(task):
        what = Unasked(place=task.owner_id, kind=REMINDER, slot_key=slot, about={})
        told = await attention.offered(session, workspace_id, what)
        standing = (
            told and told.delivery_id and await posted.standing(session, workspace_id, told.delivery_id)
        )
        if standing:
            found[standing.id] = standing
    return tuple(found.values())


def reminder_slots(task: FollowUp) -> Sequence[str]:
    """What the reminders of a follow-up are decided as, first and last; none for one without a day."""
    if task.due_on is None:
        return ()
    first = f"remind:{task.id}:{task.due_on.isoformat()}"
    return (first, f"{first}:again")


async def _end_the_story(
    session: AsyncSession, workspace_id: str, task: FollowUp, *, by: str, now: datetime
) -> None:
    await endings.has_ended(session, workspace_id, task.id)
    await publishing.follow_edit(session, workspace_id, task.story_id, by=by, now=now)
    payload = await to_tell(session, workspace_id, task.id, now)
    if payload is not None:
        slot, about = to_tell_slot(task.id), {task.story_id}
        await notices.plan(session, workspace_id, by, slot, payload, about=about, now=now)


async def _own(session: AsyncSession, workspace_id: str, follow_up_id: int, by: str) -> FollowUp | None:
    task = await follow_ups.get(session, workspace_id, follow_up_id)
    return task if task is not None and task.owner_id == by else None


async def _over(session: AsyncSession, workspace_id: str, task: FollowUp, *, hears: bool = False) -> Finished:
    standing = await reminders_of(session, workspace_id, task)
    return Finished(what=task.what, author_id=task.author_id, author_hears=hears, reminders=standing)


async def _author_hears(session: AsyncSession, workspace_id: str, task: FollowUp) -> bool:
    if task.author_id == task.owner_id:
        return False
    return wants(await people.settings(session, workspace_id, task.author_id), Private.THANKS)
