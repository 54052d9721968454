"""Private messages in which an episode stands: found by whom it tells of, or by the episode."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.posted import Posted, posted
from storage.tables_posts import DeliveryRow, DeliverySubjectRow

_GONE = ("cancelled", "failed")


async def telling_of(
    session: AsyncSession, workspace_id: str, customer_id: int, beginning: str
) -> tuple[Posted, ...]:
    """Messages whose slots begin so and that tell of this customer, sent or on their way."""
    row, about = DeliveryRow, DeliverySubjectRow
    carrying = select(about.delivery_id).where(
        about.workspace_id == workspace_id, about.customer_id == customer_id
    )
    # Not a join without duplicates: PostgreSQL cannot tell whether two payloads are the same.
    query = select(row).where(
        row.workspace_id == workspace_id,
        row.id.in_(carrying),
        row.slot_key.startswith(beginning, autoescape=True),
        row.state.not_in(_GONE),
        row.target_delivery_id.is_(None),
    )
    found = (await session.execute(query.order_by(row.id))).scalars()
    return tuple(posted(one) for one in found)
