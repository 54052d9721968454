"""The thread under a guide: what is replied there goes into the write-up that was begun for the talk."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables_posts import DeliveryRow
from storage.tables_rota import RotaTalkRow

GUIDE = "rota_guide"
"""What the slot of a guide begins with, before a colon and the talk's number."""


async def draft_of(
    session: AsyncSession, workspace_id: str, user_id: str, channel_id: str, slack_ts: str
) -> int | None:
    """The write-up that belongs to the guide which stands at this place in somebody's messages."""
    talks = select(RotaTalkRow).where(
        RotaTalkRow.workspace_id == workspace_id,
        RotaTalkRow.user_id == user_id,
        RotaTalkRow.draft_id.is_not(None),
    )
    of_slot = {f"{GUIDE}:{talk.id}": talk.draft_id for talk in (await session.execute(talks)).scalars()}
    if not of_slot:
        return None
    query = select(DeliveryRow.slot_key).where(
        DeliveryRow.workspace_id == workspace_id,
        DeliveryRow.channel_id == user_id,
        DeliveryRow.kind == "notice",
        DeliveryRow.slot_key.in_(of_slot),
        DeliveryRow.slack_ts == slack_ts,
        DeliveryRow.posted_in == channel_id,
    )
    slot = (await session.execute(query)).scalars().first()
    return of_slot[slot] if slot else None
