"""Posts as they stand: what was decided, what became of it, what it says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.deliveries import DELETE, POST
from storage.prepared import Prepared
from storage.rows import run, table_of
from storage.tables_posts import DeliveryRow
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A post as it stands: `slack_ts` None while it is on its way."""

    id: int
    channel_id: str
    kind: str
    slot_key: str
    state: str
    slack_ts: str | None
    created_at: datetime


_D = table_of(DeliveryRow)
COLUMNS = (_D.c.id, _D.c.channel_id, _D.c.kind, _D.c.slot_key, _D.c.state, _D.c.slack_ts, _D.c.created_at)
"""What `posted` reads of a row of the outbox."""


async def standing(session: AsyncSession, workspace_id: str, delivery_id: int) -> Posted | None:
    """This post as it stands."""
    row = (await run(session, _STANDING, {"workspace": workspace_id, "post": delivery_id})).first()
    return None if row is None else posted(row)


_STANDING = Prepared(
    select(*COLUMNS).where(_D.c.workspace_id == bindparam("workspace"), _D.c.id == bindparam("post"))
)


async def says(session: AsyncSession, workspace_id: str, delivery_id: int) -> dict[str, Any] | None:
    """What a post says once everything planned for it has been done; None for one that is gone."""
    query = (
        select(DeliveryRow.method, DeliveryRow.payload)
        .where(
            DeliveryRow.workspace_id == workspace_id,
            or_(DeliveryRow.id == delivery_id, DeliveryRow.target_delivery_id == delivery_id),
            DeliveryRow.state.not_in(["cancelled", "failed"]),
        )
        .order_by(DeliveryRow.id.desc())
        .limit(1)
    )
    found = (await session.execute(query)).first()
    return None if found is None or found.method == DELETE else found.payload


async def decided(
    session: AsyncSession, workspace_id: str, channel_id: str, kind: str, slot_key: str
) -> Posted | None:
    """The post that this slot was decided with; None when it is still free."""
    query = _slot(workspace_id, channel_id, kind, slot_key)
    row = (await session.execute(query)).scalar_one_or_none()
    return None if row is None else posted(row)


async def in_slot(
    session: AsyncSession, workspace_id: str, channel_id: str, kind: str, slot_key: str
) -> Posted | None:
    """The post of one decision, whether or not it has gone out yet."""
    query = _slot(workspace_id, channel_id, kind, slot_key).where(DeliveryRow.method == POST)
    row = (await session.execute(query)).scalars().first()
    return None if row is None else posted(row)


def _slot(workspace_id: str, channel_id: str, kind: str, slot_key: str) -> Select[DeliveryRow]:
    return select(DeliveryRow).where(
        DeliveryRow.workspace_id == workspace_id,
        DeliveryRow.channel_id == channel_id,
        DeliveryRow.kind == kind,
        DeliveryRow.slot_key == slot_key,
    )


async def notes_about(
    session: AsyncSession, workspace_id: str, user_ids: Sequence[str], kind: str, about: str
) -> tuple[Posted, ...]:
    """The private messages to any of these people whose slots begin with `about` and a colon.

    Those that were never said are left out.
    """
    query = select(DeliveryRow).where(
        DeliveryRow.workspace_id == workspace_id,
        DeliveryRow.channel_id.in_(user_ids),
        DeliveryRow.kind == kind,
        DeliveryRow.slot_key.startswith(f"{about}:", autoescape=True),
        DeliveryRow.method == POST,
        DeliveryRow.state.not_in(["cancelled", "failed"]),
    )
    return tuple(posted(row) for row in (await session.execute(query.order_by(DeliveryRow.id))).scalars())


def posted(row: Any) -> Posted:
    """A row of the outbox, or `COLUMNS` of one, as a post."""
    return Posted(
        id=row.id,
        channel_id=row.channel_id,
        kind=row.kind,
        slot_key=row.slot_key,
        state=row.state,
        slack_ts=row.slack_ts,
        created_at=row.created_at,
    )
