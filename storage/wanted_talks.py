"""Conversations that are wanted: a question for a kind of customer, who asks it, by when.

A talk is wanted for as long as the write-up that was begun for it is a draft.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add
from storage.tables_stories import DraftRow
from storage.tables_wanted import WantedTalkRow
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTalk:
    """What somebody wants to be asked. `segment` is empty for any customer, `project_id` None without one."""

    question: str
    segment: str
    asked_by: str
    owner_id: str
    due_on: date | None
    draft_id: int
    project_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedTalk(NewTalk):
    """One that is wanted, since when."""

    id: int
    created_at: datetime


async def plan(session: AsyncSession, workspace_id: str, new: NewTalk, *, now: datetime) -> int:
    """Keep that a conversation is wanted; its id."""
    return await add(
        session,
        WantedTalkRow,
        workspace_id=workspace_id,
        project_id=new.project_id,
        question=new.question,
        segment=new.segment,
        asked_by=new.asked_by,
        owner_id=new.owner_id,
        due_on=new.due_on,
        draft_id=new.draft_id,
        created_at=now,
    )


async def get(session: AsyncSession, workspace_id: str, wanted_talk_id: int) -> WantedTalk | None:
    """This talk, as long as it is wanted."""
    query = _still_wanted(workspace_id).where(WantedTalkRow.id == wanted_talk_id)
    row = (await session.execute(query)).scalar_one_or_none()
    return None if row is None else _value(row)


async def open_of(
    session: AsyncSession, workspace_id: str, owner_id: str, *, most: int = 5
) -> tuple[WantedTalk, ...]:
    """The talks that this person is to have, the soonest day first."""
    query = _still_wanted(workspace_id).where(WantedTalkRow.owner_id == owner_id)
    ordered = query.order_by(WantedTalkRow.due_on.is_(None), WantedTalkRow.due_on, WantedTalkRow.id)
    return tuple(_value(row) for row in (await session.execute(ordered.limit(most))).scalars())


async def untimed(
    session: AsyncSession, workspace_id: str, first: date, last: date, *, most: int = 100
) -> tuple[WantedTalk, ...]:
    """Wanted talks with a day between these (both included) that have no moment to be remembered at."""
    near = WantedTalkRow.due_on.between(first, last) & WantedTalkRow.remind_at.is_(None)
    query = _still_wanted(workspace_id).where(near).order_by(WantedTalkRow.due_on, WantedTalkRow.id)
    return tuple(_value(row) for row in (await session.execute(query.limit(most))).scalars())


async def remind_at(session: AsyncSession, workspace_id: str, wanted_talk_id: int, moment: datetime) -> None:
    """Remember this talk at that moment."""
    await _set(session, workspace_id, wanted_talk_id, remind_at=moment)


async def to_remind(
    session: AsyncSession, workspace_id: str, now: datetime, *, most: int = 100
) -> tuple[tuple[WantedTalk, datetime], ...]:
    """Talks that are still wanted and whose moment has come, with that moment, the longest waiting first."""
    come = (WantedTalkRow.remind_at <= now) & WantedTalkRow.reminded_at.is_(None)
    query = _still_wanted(workspace_id).where(come).order_by(WantedTalkRow.remind_at, WantedTalkRow.id)
    rows = (await session.execute(query.limit(most))).scalars()
    return tuple((_value(row), row.remind_at) for row in rows if row.remind_at)


async def is_reminded(
    session: AsyncSession, workspace_id: str, wanted_talk_id: int, *, now: datetime
) -> None:
    """This talk was remembered, or is not to be: do not look at it again."""
    await _set(session, workspace_id, wanted_talk_id, reminded_at=now)


async def _set(session: AsyncSession, workspace_id: str, wanted_talk_id: int, **values: datetime) -> None:
    own = (WantedTalkRow.workspace_id == workspace_id) & (WantedTalkRow.id == wanted_talk_id)
    await session.execute(update(WantedTalkRow).where(own).values(**values))


def _still_wanted(workspace_id: str) -> Select[Any]:
    return (
        select(WantedTalkRow)
        .join(
            DraftRow,
            (DraftRow.workspace_id == WantedTalkRow.workspace_id) & (DraftRow.id == WantedTalkRow.draft_id),
        )
        .where(WantedTalkRow.workspace_id == workspace_id)
    )


def _value(row: WantedTalkRow) -> WantedTalk:
    return WantedTalk(
        id=row.id,
        project_id=row.project_id,
        question=row.question,
        segment=row.segment,
        asked_by=row.asked_by,
        owner_id=row.owner_id,
        due_on=row.due_on,
        draft_id=row.draft_id,
        created_at=row.created_at,
    )
