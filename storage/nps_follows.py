"""Which channels follow NPS, and when their workspace's weeks are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_new
from storage.tables_nps_watch import NpsFollowRow, NpsWatchRow
from stories.values import dataclass

Cell = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """What one channel hears of; `every_segment` are all single segments there are, beside its `cells`.

    `sensitivity` is a name of `stories.nps.watch`. `quiet_line`: it wants a line when a quarter was quiet.
    """

    channel_id: str
    cells: tuple[Cell, ...] = ((),)
    every_segment: bool = True
    sensitivity: str = "normal"
    quiet_line: bool = False
    asked_by: str
    asked_at: datetime


async def follow(session: AsyncSession, workspace_id: str, wanted: Follow) -> None:
    """Keep what a channel follows, in place of what it followed."""
    values: dict[str, Any] = {
        "cells": [[list(segment) for segment in cell] for cell in wanted.cells],
        "every_segment": wanted.every_segment,
        "sensitivity": wanted.sensitivity,
        "quiet_line": wanted.quiet_line,
        "asked_by": wanted.asked_by,
        "asked_at": wanted.asked_at,
    }
    key = {"workspace_id": workspace_id, "channel_id": wanted.channel_id}
    if not await add_new(session, NpsFollowRow, **key, **values):
        await session.execute(
            update(NpsFollowRow).where(*_of(workspace_id, wanted.channel_id)).values(**values)
        )


async def unfollow(session: AsyncSession, workspace_id: str, channel_id: str) -> None:
    """Have a channel follow nothing; what it was told stays known."""
    await session.execute(delete(NpsFollowRow).where(*_of(workspace_id, channel_id)))


async def followed(session: AsyncSession, workspace_id: str, channel_id: str) -> Follow | None:
    """What a channel follows; None for nothing."""
    query = select(NpsFollowRow).where(*_of(workspace_id, channel_id))
    row = (await session.execute(query)).scalar_one_or_none()
    return None if row is None else _follow(row)


async def follows(session: AsyncSession, workspace_id: str) -> tuple[Follow, ...]:
    """What every channel follows, by channel."""
    query = select(NpsFollowRow).where(NpsFollowRow.workspace_id == workspace_id)
    rows = await session.execute(query.order_by(NpsFollowRow.channel_id))
    return tuple(_follow(row) for row in rows.scalars())


async def due(session: AsyncSession, workspace_id: str, now: datetime) -> bool:
    """Whether somebody follows, and the weeks are to be looked at now."""
    watched = select(NpsWatchRow.next_at).where(NpsWatchRow.workspace_id == workspace_id)
    next_at = (await session.execute(watched)).scalar_one_or_none()
    if next_at is not None and next_at > now:
        return False
    anybody = select(NpsFollowRow.channel_id).where(NpsFollowRow.workspace_id == workspace_id).limit(1)
    return (await session.execute(anybody)).first() is not None


async def looked(session: AsyncSession, workspace_id: str, next_at: datetime) -> None:
    """The weeks were looked at; the next look is then."""
    if not await add_new(session, NpsWatchRow, workspace_id=workspace_id, next_at=next_at):
        own = NpsWatchRow.workspace_id == workspace_id
        await session.execute(update(NpsWatchRow).where(own).values(next_at=next_at))


def cell_of(stored: Sequence[Sequence[str]]) -> Cell:
    """A cell as it is kept in JSON."""
    return tuple((name, value) for name, value in stored)


def _of(workspace_id: str, channel_id: str) -> tuple[Any, ...]:
    return NpsFollowRow.workspace_id == workspace_id, NpsFollowRow.channel_id == channel_id


def _follow(row: NpsFollowRow) -> Follow:
    return Follow(
        channel_id=row.channel_id,
        cells=tuple(cell_of(cell) for cell in row.cells),
        every_segment=row.every_segment,
        sensitivity=row.sensitivity,
        quiet_line=row.quiet_line,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
    )
