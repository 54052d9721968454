"""The audit log: rows are added and read, never changed."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_many
from storage.tables import AuditRow
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Who did what to what, and when."""

    at: datetime
    actor_id: str
    act: str
    object_kind: str
    object_id: str
    detail: dict[str, Any] = field(default_factory=dict)


async def note(session: AsyncSession, workspace_id: str, entry: Entry) -> None:
    """Add a line to the log, in the transaction of what it tells of."""
    await add_many(session, AuditRow, [{"workspace_id": workspace_id, **columns_of(entry)}])


def columns_of(entry: Entry) -> dict[str, Any]:
    """A line as its row's columns, but for whose it is."""
    return {
        "at": entry.at,
        "actor_id": entry.actor_id,
        "act": entry.act,
        "object_kind": entry.object_kind,
        "object_id": entry.object_id,
        "detail": entry.detail,
    }


async def latest(
    session: AsyncSession, workspace_id: str, *, most: int = 50, skip: int = 0
) -> tuple[Entry, ...]:
    """The newest lines, newest first, after `skip` newer ones."""
    query = select(AuditRow).where(AuditRow.workspace_id == workspace_id)
    newest = query.order_by(AuditRow.id.desc()).limit(most).offset(skip)
    return tuple(_entry(row) for row in (await session.execute(newest)).scalars())


async def after(
    session: AsyncSession, workspace_id: str, line_id: int, *, most: int = 1000
) -> tuple[tuple[int, Entry], ...]:
    """The lines after that one with their ids, oldest first: the whole log in parts, from 0 on."""
    query = select(AuditRow).where(AuditRow.workspace_id == workspace_id, AuditRow.id > line_id)
    rows = (await session.execute(query.order_by(AuditRow.id).limit(most))).scalars()
    return tuple((row.id, _entry(row)) for row in rows)


def _entry(row: AuditRow) -> Entry:
    return Entry(
        at=row.at,
        actor_id=row.actor_id,
        act=row.act,
        object_kind=row.object_kind,
        object_id=row.object_id,
        detail=row.detail,
    )
