"""Customers who work here too: who they are in Slack, so that they do not meet their own story."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.prepared import Prepared
from storage.rows import add_many, run, table_of
from storage.tables_private import CustomerColleagueRow

_CC = table_of(CustomerColleagueRow)
# Built once: it is asked wherever stories are shown.
WHO_ARE = Prepared(
    select(_CC.c.customer_id).where(
        _CC.c.workspace_id == bindparam("workspace"), _CC.c.user_id == bindparam("user")
    )
)


async def get(session: AsyncSession, workspace_id: str, customer_id: int) -> str | None:
    """Who this customer is in Slack; None for one who does not work here, as far as anybody said."""
    row = CustomerColleagueRow
    query = select(row.user_id).where(row.workspace_id == workspace_id, row.customer_id == customer_id)
    return (await session.execute(query)).scalar_one_or_none()


async def name(
    session: AsyncSession, workspace_id: str, customer_id: int, user_id: str | None, *, by: str, now: datetime
) -> None:
    """Say who a customer is in Slack; None: that they do not work here (any more)."""
    row = CustomerColleagueRow
    await session.execute(delete(row).where(row.workspace_id == workspace_id, row.customer_id == customer_id))
    own = {"workspace_id": workspace_id, "customer_id": customer_id}
    said = {"user_id": user_id, "named_by": by, "named_at": now}
    await add_many(session, row, [own | said] if user_id else [])


async def every(session: AsyncSession, workspace_id: str) -> Mapping[int, str]:
    """Every customer who works here, and who they are in Slack."""
    row = CustomerColleagueRow
    query = select(row.customer_id, row.user_id).where(row.workspace_id == workspace_id)
    return {customer: user for customer, user in await session.execute(query)}  # noqa: C416 rows are not pairs


async def customers_who_are(session: AsyncSession, workspace_id: str, user_id: str) -> frozenset[int]:
    """The customers who are this person."""
    values = {"workspace": workspace_id, "user": user_id}
    return frozenset(row.customer_id for row in await run(session, WHO_ARE, values))
