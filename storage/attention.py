"""What wants to be posted unasked, and the places of the budget that are given away.

Everything is found by an index over what waits, or over one day's or week's few posts: no look grows with
history. The rule that decides is `stories.attention`.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.holdings import GONE
from storage.prepared import Prepared
from storage.rows import add_once, run, table_of
from storage.tables_attention import UnaskedRow
from storage.tables_posts import DeliveryRow
from stories.values import dataclass

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

    `next_at` is when it is decided anew, `delivery_id` the post that it became or rides along with.
    """

    id: int
    since: datetime
    fresh_until: datetime
    state: str
    reason: str | None
    next_at: datetime | None
    delivery_id: int | None


async def add(
    session: AsyncSession, workspace_id: str, what: Unasked, *, now: datetime, fresh_until: datetime
) -> int | None:
    """Have this wait to be decided, from now on; its id, or None when its slot was offered before.

    What is for somebody who was erased lapses: there is nobody to tell.
    """
    return await add_once(
        session,
        UnaskedRow,
        workspace_id=workspace_id,
        place=what.place,
        kind=what.kind,
        slot_key=what.slot_key,
        about=what.about,
        state="lapsed" if what.place.startswith(GONE) else "waiting",
        since=now,
        fresh_until=fresh_until,
        next_at=now,
    )


async def offered(session: AsyncSession, workspace_id: str, what: Unasked) -> Waiting | None:
    """What became of this slot; None when it was never offered."""
    own = {"workspace": workspace_id, "place": what.place, "kind": what.kind, "slot": what.slot_key}
    row = (await run(session, _OFFERED, own)).first()
    return None if row is None else _value(row)


async def waiting_for(session: AsyncSession, workspace_id: str, place: str) -> tuple[Waiting, ...]:
    """Everything that waits for one place, the oldest first; held until the transaction ends."""
    rows = await run(session, _WAITING_FOR, {"workspace": workspace_id, "place": place})
    return tuple(_value(row) for row in rows)


async def due(session: AsyncSession, workspace_id: str, now: datetime, *, most: int = 100) -> tuple[str, ...]:
    """The places for which something is to be decided by now, the longest waiting first."""
    rows = await run(session, _DUE, {"workspace": workspace_id, "now": now, "most": most})
    return tuple(row.place for row in rows)


async def carried_by(session: AsyncSession, workspace_id: str, delivery_id: int) -> tuple[Waiting, ...]:
    """What one post tells: the one that it is of, and those that ride along, oldest first."""
    rows = await run(session, _CARRIED, {"workspace": workspace_id, "post": delivery_id})
    return tuple(_value(row) for row in rows)


async def wait(
    session: AsyncSession, workspace_id: str, one: Waiting, *, until: datetime, reason: str
) -> None:
    """Decide about this one anew at that moment."""
    if (one.next_at, one.reason) != (until, reason):
        await _set(session, workspace_id, one.id, next_at=until, reason=reason)


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
    values = {"workspace": workspace_id, "place": place, "window": window}
    taken = {row.attention_seat: row.state in _NEVER_WENT for row in await run(session, _TAKEN, values)}
    if any(taken.values()):
        await session.execute(
            update(DeliveryRow)
            .where(
                DeliveryRow.workspace_id == workspace_id,
                DeliveryRow.channel_id == place,
                DeliveryRow.attention_window == window,
                DeliveryRow.state.in_(sorted(_NEVER_WENT)),
            )
            .values(attention_window=None, attention_seat=None)
            .execution_options(synchronize_session=False)
        )
    return {seat for seat, is_gone in taken.items() if not is_gone}


async def _set(session: AsyncSession, workspace_id: str, unasked_id: int, **values: Any) -> None:
    own = {"own_workspace": workspace_id, "own_id": unasked_id}
    await run(session, _setting(tuple(values)), {**values, **own})


@cache
def _setting(names: tuple[str, ...]) -> Prepared:
    own = (_U.c.workspace_id == bindparam("own_workspace"), _U.c.id == bindparam("own_id"))
    values = {name: bindparam(name, type_=_U.c[name].type) for name in names}
    return Prepared(update(_U).where(*own).values(values))


def _value(row: Any) -> Waiting:
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
        next_at=row.next_at,
        delivery_id=row.delivery_id,
    )


# Built once: every digest and every private note asks these. The words of a partial index's condition stand
# in them as they are, since SQLite finds the index by them.
_U, _D = table_of(UnaskedRow), table_of(DeliveryRow)
_WAITS = (_U.c.workspace_id == bindparam("workspace"), text("state = 'waiting'"))
_OFFERED = Prepared(
    select(_U).where(
        _U.c.workspace_id == bindparam("workspace"),
        _U.c.place == bindparam("place"),
        _U.c.kind == bindparam("kind"),
        _U.c.slot_key == bindparam("slot"),
    )
)
_CARRIED = Prepared(
    select(_U)
    .where(_U.c.workspace_id == bindparam("workspace"), _U.c.delivery_id == bindparam("post"))
    .order_by(_U.c.id)
)
_NEVER_WENT = frozenset({"cancelled", "failed"})
_WAITING_FOR = Prepared(
    select(_U)
    .where(*_WAITS, _U.c.place == bindparam("place"))
    .order_by(_U.c.id)
    .limit(MOST_WAITING)
    .with_for_update()
)
_DUE = Prepared(
    select(_U.c.place)
    .where(*_WAITS, _U.c.next_at <= bindparam("now", type_=_U.c.next_at.type))
    .group_by(_U.c.place)
    .order_by(func.min(_U.c.next_at), _U.c.place)
    .limit(bindparam("most"))
)
_TAKEN = Prepared(
    select(_D.c.attention_seat, _D.c.state).where(
        _D.c.workspace_id == bindparam("workspace"),
        _D.c.channel_id == bindparam("place"),
        _D.c.attention_window == bindparam("window"),
    )
)
