"""What wants to be posted unasked, and the places of the budget that are given away.

Everything is found by an index over what waits, or over one day's or week's few posts: no look grows with
history. The rule that decides is `stories.attention`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_once
from storage.tables_attention import UnaskedRow
from storage.tables_posts import DeliveryRow

MOST_WAITING = 50
"""What waits for one place and is decided together; more is decided the next time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unasked:
    """An unasked post as it is offered: decided once for its place, kind and slot.

    `place` is a channel's or a person's id. `about` names what it tells of (ids, dates), none of its words.
    """

    place: str
    kind: str
    slot_key: str
    about: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting(Unasked):
    """One that was offered. `state` is waiting, planned, merged or lapsed; `reason` says why.

    `delivery_id` is the post that it became, or that it rides along with.
    """

    id: int
    since: datetime
    fresh_until: datetime
    state: str
    reason: str | None
    delivery_id: int | None


async def add(
    session: AsyncSession, workspace_id: str, what: Unasked, *, now: datetime, fresh_until: datetime
) -> int | None:
    """Have this wait to be decided, from now on; its id, or None when its slot was offered before."""
    return await add_once(
        session,
        UnaskedRow,
        workspace_id=workspace_id,
        place=what.place,
        kind=what.kind,
        slot_key=what.slot_key,
        about=what.about,
        state="waiting",
        since=now,
        fresh_until=fresh_until,
        next_at=now,
    )


async def offered(session: AsyncSession, workspace_id: str, what: Unasked) -> Waiting | None:
    """What became of this slot; None when it was never offered."""
    query = select(UnaskedRow).where(
        UnaskedRow.workspace_id == workspace_id,
        UnaskedRow.place == what.place,
        UnaskedRow.kind == what.kind,
        UnaskedRow.slot_key == what.slot_key,
    )
    row = (await session.execute(_fresh(query))).scalar_one_or_none()
    return None if row is None else _value(row)


async def waiting_for(session: AsyncSession, workspace_id: str, place: str) -> tuple[Waiting, ...]:
    """Everything that waits for one place, the oldest first; held until the transaction ends."""
    query = (
        select(UnaskedRow)
        .where(
            UnaskedRow.workspace_id == workspace_id,
            UnaskedRow.place == place,
            UnaskedRow.state == "waiting",
        )
        .order_by(UnaskedRow.id)
        .limit(MOST_WAITING)
        .with_for_update()
    )
    return tuple(_value(row) for row in (await session.execute(_fresh(query))).scalars())


async def due(session: AsyncSession, workspace_id: str, now: datetime, *, most: int = 100) -> tuple[str, ...]:
    """The places for which something is to be decided by now, the longest waiting first."""
    first = func.min(UnaskedRow.next_at)
    query = (
        select(UnaskedRow.place)
        .where(
            UnaskedRow.workspace_id == workspace_id,
            UnaskedRow.state == "waiting",
            UnaskedRow.next_at <= now,
        )
        .group_by(UnaskedRow.place)
        .order_by(first, UnaskedRow.place)
        .limit(most)
    )
    return tuple((await session.execute(query)).scalars())


async def carried_by(session: AsyncSession, workspace_id: str, delivery_id: int) -> tuple[Waiting, ...]:
    """What one post tells: the one that it is of, and those that ride along, oldest first."""
    query = select(UnaskedRow).where(
        UnaskedRow.workspace_id == workspace_id, UnaskedRow.delivery_id == delivery_id
    )
    rows = (await session.execute(_fresh(query.order_by(UnaskedRow.id)))).scalars()
    return tuple(_value(row) for row in rows)


async def wait(
    session: AsyncSession, workspace_id: str, unasked_id: int, *, until: datetime, reason: str
) -> None:
    """Decide about this one anew at that moment."""
    await _set(session, workspace_id, unasked_id, next_at=until, reason=reason)


async def settle(
    session: AsyncSession,
    workspace_id: str,
    unasked_id: int,
    state: str,
    *,
    reason: str,
    delivery_id: int | None = None,
) -> None:
    """Write down what became of one: planned or merged (into a delivery), or lapsed."""
    values = {"state": state, "reason": reason, "delivery_id": delivery_id, "next_at": None}
    await _set(session, workspace_id, unasked_id, **values)


async def widen(session: AsyncSession, workspace_id: str, unasked_id: int, about: dict[str, Any]) -> None:
    """Have one tell of this instead: more came before it was said."""
    await _set(session, workspace_id, unasked_id, about=about)


async def put_off(session: AsyncSession, workspace_id: str, place: str, until: datetime) -> None:
    """Look at nothing of this place before then: it cannot be decided right now."""
    await session.execute(
        update(UnaskedRow)
        .where(
            UnaskedRow.workspace_id == workspace_id,
            UnaskedRow.place == place,
            UnaskedRow.state == "waiting",
            UnaskedRow.next_at < until,
        )
        .values(next_at=until)
        .execution_options(synchronize_session=False)
    )


async def places_taken(session: AsyncSession, workspace_id: str, place: str, window: str) -> set[int]:
    """Which places of a day or week are given away; those of posts that never went are free again."""
    own = (
        DeliveryRow.workspace_id == workspace_id,
        DeliveryRow.channel_id == place,
        DeliveryRow.attention_window == window,
    )
    gone = DeliveryRow.state.in_(["cancelled", "failed"])
    held = await session.execute(select(DeliveryRow.attention_seat, gone).where(*own))
    taken = {seat: bool(is_gone) for seat, is_gone in held}
    if any(taken.values()):
        await session.execute(
            update(DeliveryRow)
            .where(*own, gone)
            .values(attention_window=None, attention_seat=None)
            .execution_options(synchronize_session=False)
        )
    return {seat for seat, is_gone in taken.items() if not is_gone and seat is not None}


async def _set(session: AsyncSession, workspace_id: str, unasked_id: int, **values: Any) -> None:
    await session.execute(
        update(UnaskedRow)
        .where(UnaskedRow.workspace_id == workspace_id, UnaskedRow.id == unasked_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _fresh(query: Any) -> Any:
    """Rows as they are now: earlier changes of the same transaction went past what it has loaded."""
    return query.execution_options(populate_existing=True)


def _value(row: UnaskedRow) -> Waiting:
    return Waiting(
        id=row.id,
        place=row.place,
        kind=row.kind,
        slot_key=row.slot_key,
        about=row.about,
        since=row.since,
        fresh_until=row.fresh_until,
        state=row.state,
        reason=row.reason,
        delivery_id=row.delivery_id,
    )
