"""Those who signed up hear what became of an event: a few in a transaction, so that nobody waits for all.

Whoever dies in the middle is followed by the next look: what was told before is not told again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.batches import together
from bot.desk import Desk
from bot.looping import one_by_one
from bot.stage import notes, seating
from storage import event_seats, events
from stories.stage.events import Event, Place, Seat, State

OFF = (State.CALLED_OFF, State.GONE)


async def catch_up(desk: Desk, workspace_id: str) -> int:
    """Tell everybody who is to hear something yet; of how many events."""
    async with desk.read() as session:
        found = await events.behind(session, workspace_id)
    await one_by_one(found, partial(_tell_all, desk, workspace_id))
    return len(found)


async def _tell_all(desk: Desk, workspace_id: str, event: Event) -> None:
    async with desk.read() as session:
        seats = await event_seats.of_event(session, workspace_id, event.id)

    async def tell_some(session: AsyncSession, some: Sequence[Seat]) -> None:
        await tell(session, workspace_id, event, some, desk.now())

    await together(desk.database, seats, tell_some)
    async with desk.database.begin() as session:
        await _is_told(session, workspace_id, event, desk.now())


async def tell(
    session: AsyncSession, workspace_id: str, event: Event, seats: Sequence[Seat], now: datetime
) -> None:
    """Have these people hear of it, their reminders planned anew, and all messages to them follow."""
    for seat in seats:
        if seat.place is Place.LEFT or event.sequence == event.told:
            continue
        await seating.remind(session, workspace_id, event, seat, now)
        if event.state in OFF and seat.user_id != event.host_id:
            await notes.put(session, workspace_id, event, seat.user_id, notes.OFF, now=now)
        elif event.is_coming:
            await notes.put(session, workspace_id, event, seat.user_id, notes.MOVED, event.sequence, now=now)
    await notes.follow(session, workspace_id, event, [seat.user_id for seat in seats], now)


async def _is_told(session: AsyncSession, workspace_id: str, seen: Event, now: datetime) -> None:
    """They heard of what was so; what has changed meanwhile is for the next look."""
    event = await events.get(session, workspace_id, seen.id, hold=True)
    if event is None:
        return
    behind = replace(event, told=seen.told) != seen
    await events.save(session, workspace_id, replace(event, behind=behind, told=seen.sequence))
    await notes.follow(session, workspace_id, event, [event.host_id], now)
