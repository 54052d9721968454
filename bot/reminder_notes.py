"""The private message on the day that somebody promised something for: all that is due that day in one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.gathered import gathered
from bot.messages import follow_up
from bot.messages.follow_up import Due
from bot.showing import title_for
from storage import follow_ups
from storage.follow_ups import FollowUp
from storage.posted import Posted

_LAST_DAY = 7
"""Sunday, as ISO counts: the budget of attention is for weeks."""


async def reminder(
    session: AsyncSession, workspace_id: str, note: Posted, now: datetime
) -> dict[str, Any] | None:
    """The note as it reads now; None where all of it is done (what stands then says nothing of stories)."""
    tasks = await _tasks(session, workspace_id, note, now)
    if all(task.done_at is not None for task in tasks):
        return None
    return await _said(session, workspace_id, tasks, now)


async def ticked_off(
    session: AsyncSession, workspace_id: str, note: Posted, now: datetime, *, author_hears: bool
) -> dict[str, Any] | None:
    """What stands in the note's place once something of it was done; None for one that tells of nothing."""
    tasks = await _tasks(session, workspace_id, note, now)
    if len(tasks) == 1:
        return follow_up.done(what=tasks[0].what, author_hears=author_hears)
    return await _said(session, workspace_id, tasks, now) if tasks else None


async def _said(
    session: AsyncSession, workspace_id: str, tasks: Sequence[FollowUp], now: datetime
) -> dict[str, Any]:
    due = [await _due(session, workspace_id, task, now) for task in tasks]
    later = await _later(session, workspace_id, tasks[0])
    if len(due) > 1:
        return follow_up.reminders(due, later=later)
    one = due[0]
    return follow_up.reminder(
        follow_up_id=one.follow_up_id, what=one.what, about=one.about, promised=one.promised, later=later
    )


async def _tasks(
    session: AsyncSession, workspace_id: str, note: Posted, now: datetime
) -> tuple[FollowUp, ...]:
    slots = {note.slot_key, *(one.slot_key for one in await gathered(session, workspace_id, note, now))}
    return await follow_ups.some(session, workspace_id, sorted(int(slot.split(":")[1]) for slot in slots))


async def _due(session: AsyncSession, workspace_id: str, task: FollowUp, now: datetime) -> Due:
    done = task.done_at is not None
    # What is done says nothing of its story.
    about = "" if done else await title_for(session, workspace_id, task, task.owner_id, now)
    promised = task.kind == follow_ups.PROMISE
    return Due(follow_up_id=task.id, what=task.what, about=about, promised=promised, done=done)


async def _later(session: AsyncSession, workspace_id: str, first: FollowUp) -> tuple[tuple[str, date], ...]:
    """What else the same person said for the rest of that week, and for which day."""
    if first.due_on is None:
        return ()
    sunday = first.due_on + timedelta(days=_LAST_DAY - first.due_on.isoweekday())
    found = await follow_ups.open_between(session, workspace_id, first.owner_id, first.due_on, sunday)
    return tuple((one.what, one.due_on) for one in found if one.due_on and one.due_on > first.due_on)
