"""Comments in trackers as the outbox holds them: the place is the tracker, the thread the item.

A comment is a delivery like any other (docs/delivery.md): planned in the transaction that decides, made once,
found again after a crash, changed and deleted as consent says.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.database import database_time
from storage.deliveries import DELETE, POST
from storage.tables_posts import DeliveryRow
from storage.tables_sending import RestRow
from stories.trackers import Standing, place_of
from stories.values import dataclass

ITEM = "item"
"""How the slot of a comment begins."""

_OVER = ("cancelled", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Commented:
    """How often an item was commented on (`rounds`), and by which delivery last, None when never."""

    delivery_id: int | None
    rounds: int
    standing: Standing


def slot_of(item_key: str, number: int) -> str:
    """The slot of the comment on an item: the first one, or the one after that was taken back."""
    return f"{_item(item_key)}{number}"


async def of_item(session: AsyncSession, workspace_id: str, tracker_id: int, item_key: str) -> Commented:
    """What became of the comment on this item."""
    own = _comments(workspace_id, tracker_id)
    query = select(DeliveryRow.id, DeliveryRow.state).where(
        *own, DeliveryRow.slot_key.startswith(_item(item_key), autoescape=True)
    )
    rows = (await session.execute(query.order_by(DeliveryRow.id.desc()))).all()
    if not rows:
        return Commented(delivery_id=None, rounds=0, standing=Standing.NONE)
    last = rows[0]
    standing = Standing.WAITS if last.state == "pending" else Standing.STANDS
    if last.state in _OVER or await taken_back(session, workspace_id, last.id):
        standing = Standing.GONE
    return Commented(delivery_id=last.id, rounds=len(rows), standing=standing)


async def taken_back(session: AsyncSession, workspace_id: str, delivery_id: int) -> bool:
    """Whether a comment was deleted, or is about to be."""
    query = select(DeliveryRow.id).where(
        DeliveryRow.workspace_id == workspace_id,
        DeliveryRow.target_delivery_id == delivery_id,
        DeliveryRow.method == DELETE,
        DeliveryRow.state.not_in(_OVER),
    )
    return (await session.execute(query.limit(1))).first() is not None


async def standing(session: AsyncSession, workspace_id: str, tracker_id: int) -> tuple[int, ...]:
    """The deliveries of all comments that stand there, or may, or are still to come."""
    later = aliased(DeliveryRow)
    going = exists().where(
        later.workspace_id == DeliveryRow.workspace_id,
        later.target_delivery_id == DeliveryRow.id,
        later.method == DELETE,
        later.state.not_in(_OVER),
    )
    own = _comments(workspace_id, tracker_id)
    query = select(DeliveryRow.id).where(*own, DeliveryRow.state.not_in(_OVER), ~going)
    return tuple((await session.execute(query.order_by(DeliveryRow.id))).scalars())


async def settled(session: AsyncSession, workspace_id: str, tracker_id: int) -> bool:
    """Whether nothing stands there and nothing is to be done there any more."""
    busy = select(DeliveryRow.id).where(
        DeliveryRow.workspace_id == workspace_id,
        DeliveryRow.channel_id == place_of(tracker_id),
        DeliveryRow.state.in_(["pending", "sending", "in_doubt"]),
    )
    if (await session.execute(busy.limit(1))).first() is not None:
        return False
    return not await standing(session, workspace_id, tracker_id)


async def go_on(session: AsyncSession, workspace_id: str, tracker_id: int) -> None:
    """Have what waits there go now: whatever kept it was mended."""
    place = place_of(tracker_id)
    now = await database_time(session)
    await session.execute(delete(RestRow).where(RestRow.workspace_id == workspace_id, RestRow.what == place))
    await session.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.workspace_id == workspace_id,
            DeliveryRow.channel_id == place,
            DeliveryRow.state == "pending",
        )
        .values(not_before=now)
    )


def _item(item_key: str) -> str:
    return f"{ITEM}:{item_key}:"


def _comments(workspace_id: str, tracker_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        DeliveryRow.workspace_id == workspace_id,
        DeliveryRow.channel_id == place_of(tracker_id),
        DeliveryRow.method == POST,
    )
