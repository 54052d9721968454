"""Channels that asked what a point is worth and hear when the answer changes: what they heard last."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.nps_figures import EVERYBODY, Segment
from storage.rows import add_new
from storage.tables_nps_watch import NpsWorthRow
from stories.values import dataclass

MOST_AT_ONCE = 20
"""Answers that are looked at again in one go: each takes up to a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one channel asked: of which figure, of whom."""

    channel_id: str
    figure: str
    segment: Segment = EVERYBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """An answer that a channel wants to hear of. `before` is empty until an answer changed."""

    asked: Asked
    answer: dict[str, Any]
    before: dict[str, Any] = field(default_factory=dict)
    asked_by: str
    asked_at: datetime
    next_at: datetime


async def watch(session: AsyncSession, workspace_id: str, wanted: Watched) -> None:
    """Keep what a channel wants to hear of; asked again, its answer is the newer one."""
    values: dict[str, Any] = {
        "answer": wanted.answer,
        "before": wanted.before,
        "asked_by": wanted.asked_by,
        "asked_at": wanted.asked_at,
        "next_at": wanted.next_at,
    }
    key = {
        "workspace_id": workspace_id,
        "channel_id": wanted.asked.channel_id,
        "figure": wanted.asked.figure,
        "property": wanted.asked.segment[0],
        "value": wanted.asked.segment[1],
    }
    if not await add_new(session, NpsWorthRow, **key, **values):
        await session.execute(update(NpsWorthRow).where(_of(workspace_id, wanted.asked)).values(**values))


async def forget(session: AsyncSession, workspace_id: str, asked: Asked) -> bool:
    """Have a channel hear of it no more; False where it did not."""
    gone = delete(NpsWorthRow).where(_of(workspace_id, asked)).returning(NpsWorthRow.channel_id)
    return (await session.execute(gone)).first() is not None


async def watched(session: AsyncSession, workspace_id: str, asked: Asked) -> Watched | None:
    """What a channel heard; None where it does not want to hear of it."""
    row = (await session.execute(select(NpsWorthRow).where(_of(workspace_id, asked)))).scalar_one_or_none()
    return None if row is None else _watched(row)


async def anything(session: AsyncSession, workspace_id: str, channel_id: str) -> Watched | None:
    """Something that a channel wants to hear of, the oldest wish; None for nothing."""
    own = (NpsWorthRow.workspace_id == workspace_id, NpsWorthRow.channel_id == channel_id)
    query = select(NpsWorthRow).where(*own).order_by(NpsWorthRow.asked_at).limit(1)
    row = (await session.execute(query)).scalar_one_or_none()
    return None if row is None else _watched(row)


async def due(session: AsyncSession, workspace_id: str, now: datetime) -> tuple[Watched, ...]:
    """The answers to look at again by now, those that have waited longest first."""
    own = (NpsWorthRow.workspace_id == workspace_id, NpsWorthRow.next_at <= now)
    query = select(NpsWorthRow).where(*own).order_by(NpsWorthRow.next_at).limit(MOST_AT_ONCE)
    return tuple(_watched(row) for row in (await session.execute(query)).scalars())


def _of(workspace_id: str, asked: Asked) -> ColumnElement[bool]:
    return and_(
        NpsWorthRow.workspace_id == workspace_id,
        NpsWorthRow.channel_id == asked.channel_id,
        NpsWorthRow.figure == asked.figure,
        NpsWorthRow.property == asked.segment[0],
        NpsWorthRow.value == asked.segment[1],
    )


def _watched(row: NpsWorthRow) -> Watched:
    return Watched(
        asked=Asked(channel_id=row.channel_id, figure=row.figure, segment=(row.property, row.value)),
        answer=row.answer,
        before=row.before,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        next_at=row.next_at,
    )
