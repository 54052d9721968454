"""Signing up and stepping back, and whoever waits moving up. In the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.stage import notes
from bot.stage.showing import shown
from storage import event_seats, events
from stories.errors import UserError
from stories.language import _
from stories.stage.events import Event, Place, Seat, has_room, moving_up
from stories.stage.times import next_reminder


async def sign_up(
    session: AsyncSession, workspace_id: str, event_id: int, user_id: str, *, zone: str, now: datetime
) -> Place:
    """Have somebody in this time zone come, or wait for a seat; said twice, it changes nothing.

    Raises UserError for an event that is over, off, or that may not be shown.
    """
    event = await events.get(session, workspace_id, event_id, hold=True)
    if event is None or not (await shown(session, workspace_id, event, now)).is_coming:
        raise UserError(_("This event is off or over, so there is nothing to sign up for."))
    if now >= event.when.ends_at:
        raise UserError(_("This event is over, so there is nothing to sign up for."))
    known = await event_seats.of_person(session, workspace_id, event_id, user_id)
    if known is not None and known.place is not Place.LEFT:
        return known.place
    crowd = await event_seats.crowd(session, workspace_id, event_id)
    place = Place.GOING if has_room(event.seats, crowd.going) else Place.WAITING
    seat = await event_seats.take(session, workspace_id, event_id, user_id, place, zone=zone, now=now)
    await remind(session, workspace_id, event, seat, now)
    await notes.put(session, workspace_id, event, user_id, notes.TICKET, now=now)
    await notes.follow(session, workspace_id, event, [user_id], now)
    await notes.follow(session, workspace_id, event, event.channels, now, at_once=False)
    return place


async def step_back(
    session: AsyncSession, workspace_id: str, event_id: int, user_id: str, *, now: datetime
) -> bool:
    """Give a seat (or a place in the queue) back, to whoever waited longest; False where there was none."""
    event = await events.get(session, workspace_id, event_id, hold=True)
    seat = await event_seats.of_person(session, workspace_id, event_id, user_id) if event else None
    if event is None or seat is None or seat.place is Place.LEFT:
        return False
    await event_seats.settle(session, workspace_id, seat.id, Place.LEFT)
    await notes.follow(session, workspace_id, event, [user_id], now)
    if event.is_coming and now < event.when.ends_at:
        await fill_seats(session, workspace_id, event, now)
    await notes.follow(session, workspace_id, event, event.channels, now, at_once=False)
    return True


async def fill_seats(session: AsyncSession, workspace_id: str, event: Event, now: datetime) -> int:
    """Have those who waited longest take the seats that are free; how many did."""
    crowd = await event_seats.crowd(session, workspace_id, event.id)
    queue = await event_seats.of_event(session, workspace_id, event.id, (Place.WAITING,))
    lucky = moving_up(event.seats, crowd.going, queue)
    for seat in lucky:
        await event_seats.settle(session, workspace_id, seat.id, Place.GOING)
        await remind(session, workspace_id, event, seat, now, place=Place.GOING)
        await notes.put(
            session, workspace_id, event, seat.user_id, notes.UP, int(seat.since.timestamp()), now=now
        )
        await notes.follow(session, workspace_id, event, [seat.user_id], now)
    return len(lucky)


async def remind(
    session: AsyncSession,
    workspace_id: str,
    event: Event,
    seat: Seat,
    now: datetime,
    *,
    place: Place | None = None,
    zone: str | None = None,
) -> None:
    """Plan what somebody with a seat is reminded of next; `zone` where they are by now."""
    zone = zone or seat.time_zone
    step, at = None, None
    if event.is_coming and (place or seat.place) is Place.GOING:
        step, at = next_reminder(event.when.starts_at, zone, now)
    await event_seats.remind_at(session, workspace_id, seat.id, step, at, zone=zone)
