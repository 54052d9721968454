"""The messages about an event, wherever they stand: each is found by its slot, which begins with it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.deliveries import POST
from storage.posted import Posted, posted
from storage.tables_posts import DeliveryRow
from storage.tellings import UNSAID

KIND = "event"
"""The kind of all of them: they come because somebody planned the event or signed up for it."""


def slot_of(event_id: int, *what: object) -> str:
    """The slot of one message about an event."""
    return ":".join((KIND, str(event_id), *(str(part) for part in what)))


def event_in(slot: str) -> tuple[int, str, tuple[str, ...]]:
    """The event of a slot, what kind of message it is, and what else the slot says."""
    _kind, event_id, what, *more = slot.split(":")
    return int(event_id), what, tuple(more)


async def of_event(
    session: AsyncSession, workspace_id: str, event_id: int, places: Collection[str]
) -> tuple[Posted, ...]:
    """The messages about this event in these places that were sent or are on their way, oldest first.

    They stand in its channels, and in private with its host and whoever ever signed up.
    """
    query = select(DeliveryRow).where(
        DeliveryRow.workspace_id == workspace_id,
        DeliveryRow.channel_id.in_(places),
        DeliveryRow.kind == KIND,
        DeliveryRow.slot_key.startswith(slot_of(event_id, ""), autoescape=True),
        DeliveryRow.method == POST,
        DeliveryRow.state.not_in(UNSAID),
    )
    return tuple(posted(found) for found in (await session.execute(query.order_by(DeliveryRow.id))).scalars())


async def under(
    session: AsyncSession, workspace_id: str, user_id: str, channel_id: str, slack_ts: str
) -> int | None:
    """The event of the private message that stands at this place in somebody's messages; None for others."""
    query = select(DeliveryRow.slot_key).where(
        DeliveryRow.workspace_id == workspace_id,
        DeliveryRow.posted_in == channel_id,
        DeliveryRow.slack_ts == slack_ts,
        DeliveryRow.channel_id == user_id,
        DeliveryRow.kind == KIND,
    )
    slot = (await session.execute(query)).scalars().first()
    return event_in(slot)[0] if slot else None
