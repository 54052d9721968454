"""Planning an event, changing it, calling it off: whoever signed up hears of it.

In the caller's transaction.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.stage import notes
from bot.stage.seating import fill_seats
from storage import audit, events
from stories.errors import UserError
from stories.language import _
from stories.stage.events import Event, State, tells_anew

FURTHEST = timedelta(days=500)
"""How far ahead an event may lie."""


async def plan(session: AsyncSession, workspace_id: str, new: Event, *, now: datetime) -> Event:
    """Keep a new event and announce it where its host chose. Raises UserError for a time that has passed."""
    refuse_time(new, now)
    step, at = new.first_step(now)
    event_id = await events.plan(session, workspace_id, replace(new, step=step, next_at=at), now=now)
    event = replace(new, id=event_id, step=step, next_at=at)
    await announce(session, workspace_id, event, now)
    await note(session, workspace_id, "plan_event", event, by=event.host_id, now=now)
    return event


async def change(
    session: AsyncSession, workspace_id: str, before: Event, chosen: Event, *, by: str, now: datetime
) -> Event:
    """Keep an event as somebody changed it.

    Channels follow at once; those who signed up hear with the next look (`bot.stage.telling`).

    Raises UserError for one that is off or over, and for a time that has passed.
    """
    if not before.is_coming:
        raise UserError(_("This event is off or over, so there is nothing to change."))
    if before.when != chosen.when:
        refuse_time(chosen, now)
    step, at = chosen.first_step(now)
    sequence = before.sequence + tells_anew(before, chosen)
    event = replace(chosen, sequence=sequence, behind=True, step=step, next_at=at)
    await events.save(session, workspace_id, event)
    await fill_seats(session, workspace_id, event, now)
    await announce(session, workspace_id, event, now)
    places = {*before.channels, *event.channels, event.host_id}
    await notes.follow(session, workspace_id, event, places, now)
    await note(session, workspace_id, "change_event", event, by=by, now=now)
    return event


async def reckon_anew(session: AsyncSession, workspace_id: str, event_id: int, now: datetime) -> None:
    """The rules of its zone have changed: the clock there shows the same, and everybody else hears of it."""
    event = await events.get(session, workspace_id, event_id, hold=True)
    if event is None or not event.is_coming:
        return
    step, at = event.first_step(now)
    event = replace(event, sequence=event.sequence + 1, behind=True, step=step, next_at=at)
    await events.save(session, workspace_id, event)
    await notes.follow(session, workspace_id, event, [*event.channels, event.host_id], now)


async def call_off(
    session: AsyncSession,
    workspace_id: str,
    event: Event,
    *,
    by: str,
    now: datetime,
    state: State = State.CALLED_OFF,
) -> Event:
    """It is not to be: channels and the host hear of it at once, those who signed up with the next look.

    With GONE nothing of its customer is said.
    """
    if not event.is_coming:
        return event
    sequence = event.sequence + 1
    event = replace(event, state=state, sequence=sequence, behind=True, step=None, next_at=None)
    await events.save(session, workspace_id, event)
    if by != event.host_id:
        await notes.put(session, workspace_id, event, event.host_id, notes.OFF, now=now)
    await notes.follow(session, workspace_id, event, [*event.channels, event.host_id], now)
    await note(session, workspace_id, "call_off_event", event, by=by, now=now)
    return event


async def announce(session: AsyncSession, workspace_id: str, event: Event, now: datetime) -> None:
    """Have it stand in every channel that its host chose, once; anew in one that was left out meanwhile."""
    for channel in event.channels:
        if await notes.announcement_in(session, workspace_id, event, channel) is not None:
            continue
        first = await notes.put(session, workspace_id, event, channel, notes.ANNOUNCED, now=now)
        if first is None:
            anew = int(now.timestamp())
            await notes.put(session, workspace_id, event, channel, notes.ANNOUNCED, anew, now=now)


async def note(
    session: AsyncSession, workspace_id: str, act: str, event: Event, *, by: str, now: datetime
) -> None:
    """Write down who did what about an event."""
    entry = audit.Entry(at=now, actor_id=by, act=act, object_kind="event", object_id=str(event.id))
    await audit.note(session, workspace_id, entry)


def refuse_time(event: Event, now: datetime) -> None:
    """Raise UserError for an event that would begin in the past, or that nobody can plan for yet."""
    if event.when.starts_at <= now:
        raise UserError(
            _("That time has passed in {zone}; choose a later one.").format(zone=event.when.zone), field="at"
        )
    if event.when.starts_at > now + FURTHEST:
        raise UserError(
            _("That is more than {number} days ahead; choose a sooner day.").format(number=FURTHEST.days),
            field="on_day",
        )
