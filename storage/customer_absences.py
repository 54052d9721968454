"""Which channels customers who work here are not in: only there may their own words be told."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_many, add_new
from storage.tables_private import CustomerAbsenceRow, CustomerColleagueRow


async def readers(session: AsyncSession, workspace_id: str, channel_id: str) -> frozenset[int]:
    """The customers who work here and, as far as Slack has said, may read this channel."""
    away, known = CustomerAbsenceRow, CustomerColleagueRow
    absent = select(away.customer_id).where(
        away.workspace_id == workspace_id,
        away.channel_id == channel_id,
        away.customer_id == known.customer_id,
    )
    query = select(known.customer_id).where(known.workspace_id == workspace_id, ~absent.exists())
    return frozenset((await session.execute(query)).scalars())


async def note(
    session: AsyncSession, workspace_id: str, channel_id: str, absent: Collection[int], *, now: datetime
) -> None:
    """Keep that of the customers who work here just these are not in this channel."""
    row = CustomerAbsenceRow
    await session.execute(delete(row).where(row.workspace_id == workspace_id, row.channel_id == channel_id))
    own = {"workspace_id": workspace_id, "channel_id": channel_id, "seen_at": now}
    await add_many(session, row, [own | {"customer_id": one} for one in sorted(absent)])


async def is_not_in(
    session: AsyncSession, workspace_id: str, customer_id: int, channel_id: str, *, now: datetime
) -> None:
    """Keep that this customer is not in that channel."""
    row = CustomerAbsenceRow
    own = {"workspace_id": workspace_id, "customer_id": customer_id, "channel_id": channel_id}
    await add_new(session, row, **own, seen_at=now)


async def joined(session: AsyncSession, workspace_id: str, customer_id: int, channel_id: str) -> None:
    """This customer is in that channel from now on."""
    row = CustomerAbsenceRow
    await session.execute(
        delete(row).where(
            row.workspace_id == workspace_id, row.customer_id == customer_id, row.channel_id == channel_id
        )
    )
