"""Who comes to an event, who waits for a seat, and when each of them is reminded."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_once
from storage.tables_events import EventSeatRow
from stories.stage.events import Crowd, Place, Seat
from stories.stage.times import Step
from stories.values import dataclass

_S = EventSeatRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A seat whose reminder is due, and which one."""

    seat: Seat
    step: Step


async def take(
    session: AsyncSession,
    workspace_id: str,
    event_id: int,
    user_id: str,
    place: Place,
    *,
    zone: str,
    now: datetime,
) -> Seat:
    """Have somebody come, or wait; whoever stepped back before stands at the end of the queue again."""
    values = {"place": place.value, "time_zone": zone, "since": now, "step": None, "next_at": None}
    own = {"workspace_id": workspace_id, "event_id": event_id, "user_id": user_id}
    if await add_once(session, _S, **own, **values) is None:
        mine = (_S.workspace_id == workspace_id, _S.event_id == event_id, _S.user_id == user_id)
        await session.execute(update(_S).where(*mine).values(**values))
    seat = await of_person(session, workspace_id, event_id, user_id)
    if seat is None:
        raise LookupError(f"the seat of {user_id!r} is gone although it was just taken")
    return seat


async def of_person(session: AsyncSession, workspace_id: str, event_id: int, user_id: str) -> Seat | None:
    """Somebody's seat, also one they gave back."""
    query = select(_S).where(_S.workspace_id == workspace_id, _S.event_id == event_id, _S.user_id == user_id)
    row = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    return None if row is None else _seat(row)


async def of_event(
    session: AsyncSession, workspace_id: str, event_id: int, places: Collection[Place] = ()
) -> tuple[Seat, ...]:
    """Everybody of an event in these places (all of them by default), whoever came first at the top."""
    query = select(_S).where(_S.workspace_id == workspace_id, _S.event_id == event_id)
    if places:
        query = query.where(_S.place.in_([place.value for place in places]))
    query = query.order_by(_S.since, _S.id).execution_options(populate_existing=True)
    return tuple(_seat(row) for row in (await session.execute(query)).scalars())


async def crowd(session: AsyncSession, workspace_id: str, event_id: int) -> Crowd:
    """How many come, and how many wait."""
    query = select(_S.place, func.count()).where(_S.workspace_id == workspace_id, _S.event_id == event_id)
    found = {place: number for place, number in await session.execute(query.group_by(_S.place))}  # noqa: C416 rows
    return Crowd(going=found.get(Place.GOING.value, 0), waiting=found.get(Place.WAITING.value, 0))


async def settle(session: AsyncSession, workspace_id: str, seat_id: int, place: Place) -> None:
    """Somebody has another place from now on, and nothing to be reminded of until that is planned."""
    values = {"place": place.value, "step": None, "next_at": None}
    await session.execute(
        update(_S).where(_S.workspace_id == workspace_id, _S.id == seat_id).values(**values)
    )


async def remind_at(
    session: AsyncSession,
    workspace_id: str,
    seat_id: int,
    step: Step | None,
    at: datetime | None,
    *,
    zone: str,
) -> None:
    """What somebody in this zone hears next, and when; None for nothing any more."""
    values = {"step": step.value if step else None, "next_at": at, "time_zone": zone}
    await session.execute(
        update(_S).where(_S.workspace_id == workspace_id, _S.id == seat_id).values(**values)
    )


async def due(session: AsyncSession, workspace_id: str, now: datetime, *, most: int = 500) -> tuple[Due, ...]:
    """The seats whose reminder is due by now, the longest waiting first."""
    query = select(_S).where(_S.workspace_id == workspace_id, _S.next_at <= now)
    rows = (await session.execute(query.order_by(_S.next_at, _S.id).limit(most))).scalars()
    return tuple(Due(seat=_seat(row), step=Step(row.step)) for row in rows if row.step)


async def step_of(session: AsyncSession, workspace_id: str, seat_id: int) -> Step | None:
    """What somebody hears next; asked again in the transaction that is to say it."""
    query = select(_S.step).where(_S.workspace_id == workspace_id, _S.id == seat_id)
    step = (await session.execute(query)).scalar_one_or_none()
    return Step(step) if step else None


def _seat(row: EventSeatRow) -> Seat:
    return Seat(
        id=row.id,
        event_id=row.event_id,
        user_id=row.user_id,
        place=Place(row.place),
        time_zone=row.time_zone,
        since=row.since,
    )
