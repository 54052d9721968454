"""Which follow-ups are to be remembered: on their day, and once more. Nothing is looked at more often."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables_stories import FollowUpRow
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Untimed:
    """An open follow-up whose day is near and whose owner's morning has not been reckoned yet."""

    id: int
    owner_id: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DueReminder:
    """An open follow-up whose owner's morning has come (at `remind_at`), and when it was taken on.

    `before` is how often it came already.
    """

    id: int
    remind_at: datetime
    taken_on_at: datetime
    before: int = 0


async def untimed(
    session: AsyncSession, workspace_id: str, first: date, last: date, *, most: int = 100
) -> tuple[Untimed, ...]:
    """Open follow-ups due between these days (both included) that have no moment to be remembered at."""
    query = (
        select(FollowUpRow.id, FollowUpRow.owner_id, FollowUpRow.due_on)
        .where(
            FollowUpRow.workspace_id == workspace_id,
            FollowUpRow.due_on.between(first, last),
            FollowUpRow.done_at.is_(None),
            FollowUpRow.remind_at.is_(None),
        )
        .order_by(FollowUpRow.due_on, FollowUpRow.id)
        .limit(most)
    )
    rows = (await session.execute(query)).all()
    return tuple(Untimed(id=row.id, owner_id=row.owner_id, due_on=row.due_on) for row in rows)


async def set_time(session: AsyncSession, workspace_id: str, follow_up_id: int, moment: datetime) -> None:
    """Remember this follow-up at that moment."""
    await _set(session, workspace_id, follow_up_id, remind_at=moment)


async def due(
    session: AsyncSession, workspace_id: str, now: datetime, *, most: int = 100
) -> tuple[DueReminder, ...]:
    """Follow-ups to be remembered by now: all of those people for whom the first `most` are, by owner."""
    waiting = (
        FollowUpRow.workspace_id == workspace_id,
        FollowUpRow.remind_at <= now,
        FollowUpRow.done_at.is_(None),
        FollowUpRow.reminded_at.is_(None),
    )
    longest = select(FollowUpRow.owner_id).where(*waiting).order_by(FollowUpRow.remind_at).limit(most)
    owners = set((await session.execute(longest)).scalars())
    query = (
        select(FollowUpRow.id, FollowUpRow.remind_at, FollowUpRow.created_at, FollowUpRow.reminded)
        .where(*waiting, FollowUpRow.owner_id.in_(owners))
        .order_by(FollowUpRow.owner_id, FollowUpRow.remind_at, FollowUpRow.id)
    )
    rows = (await session.execute(query)).all() if owners else ()
    return tuple(
        DueReminder(id=row.id, remind_at=row.remind_at, taken_on_at=row.created_at, before=row.reminded)
        for row in rows
    )


async def is_over(session: AsyncSession, workspace_id: str, follow_up_id: int, *, now: datetime) -> None:
    """This follow-up was remembered, or is not to be: do not look at it again."""
    await _set(session, workspace_id, follow_up_id, reminded_at=now, reminded=FollowUpRow.reminded + 1)


async def once_more(session: AsyncSession, workspace_id: str, follow_up_id: int, moment: datetime) -> None:
    """This follow-up was remembered; look at it once more then, if it is still open."""
    await _set(session, workspace_id, follow_up_id, remind_at=moment, reminded=FollowUpRow.reminded + 1)


async def _set(session: AsyncSession, workspace_id: str, follow_up_id: int, **values: Any) -> None:
    await session.execute(
        update(FollowUpRow)
        .where(FollowUpRow.workspace_id == workspace_id, FollowUpRow.id == follow_up_id)
        .values(**values)
    )
