"""Events that were taken in: written down before Slack is thanked, so that none is lost or handled twice."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_new
from storage.tables_posts import ReceiptRow
from stories.values import dataclass

MOST_ATTEMPTS = 4
"""How often an event is tried before it is left alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """An event whose handling never came to its end: the process died, or the database went away."""

    workspace_id: str
    key: str
    at: datetime
    body: dict[str, Any]


async def take_in(
    session: AsyncSession, workspace_id: str, key: str, body: dict[str, Any], *, now: datetime
) -> bool:
    """Write an event down; False when it was taken in before, by whichever process."""
    told = json.dumps(body)
    values = {"key": key, "at": now, "body": told, "attempts": 1}
    return await add_new(session, ReceiptRow, workspace_id=workspace_id, **values)


async def mark(session: AsyncSession, workspace_id: str, key: str, *, now: datetime) -> bool:
    """Note that something came that is handled in this very transaction; False when it came before."""
    values = {"key": key, "at": now, "body": None, "attempts": 1}
    return await add_new(session, ReceiptRow, workspace_id=workspace_id, **values)


async def any_of(session: AsyncSession, workspace_id: str, keys: Collection[str]) -> bool:
    """Whether one of these came before."""
    query = select(ReceiptRow.key).where(ReceiptRow.workspace_id == workspace_id, ReceiptRow.key.in_(keys))
    return (await session.execute(query.limit(1))).first() is not None


async def first_time(session: AsyncSession, workspace_id: str, key: str, *, now: datetime) -> bool:
    """Write down that this is being done, in the transaction that does it; False when it was done before.

    Waits for whoever does the same at this moment.
    """
    return await add_new(
        session, ReceiptRow, workspace_id=workspace_id, key=key, at=now, body=None, attempts=1
    )


async def finish(session: AsyncSession, workspace_id: str, key: str) -> None:
    """It was handled: what it said is forgotten, that it came is remembered."""
    await session.execute(
        update(ReceiptRow)
        .where(ReceiptRow.workspace_id == workspace_id, ReceiptRow.key == key)
        .values(body=None)
    )


async def take_over(session: AsyncSession, before: datetime, *, now: datetime) -> Unfinished | None:
    """An event that was begun before then and never finished; it is begun anew. None when there is none."""
    waiting = (ReceiptRow.body.is_not(None), ReceiptRow.at < before, ReceiptRow.attempts < MOST_ATTEMPTS)
    query = select(ReceiptRow).where(*waiting).order_by(ReceiptRow.at).limit(1)
    row = (await session.execute(query.with_for_update(skip_locked=True))).scalar_one_or_none()
    if row is None:
        return None
    found = Unfinished(
        workspace_id=row.workspace_id, key=row.key, at=row.at, body=json.loads(row.body or "{}")
    )
    row.at, row.attempts = now, row.attempts + 1
    await session.flush()
    return found


async def forget_old(session: AsyncSession, before: datetime) -> None:
    """Slack does not send anything again that long after: drop what came before then."""
    await session.execute(delete(ReceiptRow).where(ReceiptRow.at < before))
