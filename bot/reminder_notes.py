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
    """The note as it reads now; None where all of it is over (what stands then says nothing of stories)."""
    tasks = await _tasks(session, workspace_id, note, now)
    if all(task.done_at is not None for task, _again in tasks):
        return None
    return await _said(session, workspace_id, tasks, now)


async def ticked_off(
    session: AsyncSession, workspace_id: str, note: Posted, now: datetime, *, author_hears: bool = False
) -> dict[str, Any] | None:
    """What stands in the note's place once something of it is over; None for one that tells of nothing."""
    tasks = await _tasks(session, workspace_id, note, now)
    if len(tasks) == 1:
        return _alone(tasks[0][0], note, author_hears=author_hears) or await _said(
            session, workspace_id, tasks, now
        )
    return await _said(session, workspace_id, tasks, now) if tasks else None


def _alone(task: FollowUp, note: Posted, *, author_hears: bool) -> dict[str, Any] | None:
    """What is said of the only one; None for one that still is for that day and theirs."""
    if task.outcome == follow_ups.LET_GO:
        return follow_up.not_on_it("let_go", what=task.what)
    if task.done_at is not None:
        return follow_up.done(what=task.what, author_hears=author_hears)
    if task.owner_id != note.channel_id:
        return follow_up.not_on_it("handed", what=task.what, colleague=task.owner_id)
    if task.due_on is None or task.due_on.isoformat() != note.slot_key.split(":")[2]:
        return follow_up.not_on_it("moved", what=task.what)
    return None


async def _said(
    session: AsyncSession, workspace_id: str, tasks: Sequence[tuple[FollowUp, bool]], now: datetime
) -> dict[str, Any]:
    due = [await _due(session, workspace_id, task, now, again=again) for task, again in tasks]
    later = await _later(session, workspace_id, tasks[0][0])
    return follow_up.reminders(due, later=later) if len(due) > 1 else follow_up.reminder(due[0], later=later)


async def _tasks(
    session: AsyncSession, workspace_id: str, note: Posted, now: datetime
) -> tuple[tuple[FollowUp, bool], ...]:
    """What the note tells of, and whether for the second time."""
    slots = {note.slot_key, *(one.slot_key for one in await gathered(session, workspace_id, note, now))}
    again = {int(slot.split(":")[1]): slot.endswith(":again") for slot in slots}
    found = await follow_ups.some(session, workspace_id, sorted(again))
    return tuple((task, again[task.id]) for task in found)


async def _due(
    session: AsyncSession, workspace_id: str, task: FollowUp, now: datetime, *, again: bool
) -> Due:
    done = task.done_at is not None
    return Due(
        follow_up_id=task.id,
        what=task.what,
        # What is over says nothing of its story.
        about="" if done else await title_for(session, workspace_id, task, task.owner_id, now),
        promised=task.kind == follow_ups.PROMISE,
        done=done,
        let_go=task.outcome == follow_ups.LET_GO,
        since=task.due_on if again else None,
        link="" if done else task.link,
    )


async def _later(session: AsyncSession, workspace_id: str, first: FollowUp) -> tuple[tuple[str, date], ...]:
    """What else the same person said for the rest of that week, and for which day."""
    if first.due_on is None:
        return ()
    sunday = first.due_on + timedelta(days=_LAST_DAY - first.due_on.isoweekday())
    found = await follow_ups.open_between(session, workspace_id, first.owner_id, first.due_on, sunday)
    return tuple((one.what, one.due_on) for one in found if one.due_on and one.due_on > first.due_on)
