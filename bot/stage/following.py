"""When a customer's word changes, or they are erased: everything said of their events follows at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.stage import notes
from bot.stage.planning import call_off
from bot.stage.showing import shown
from bot.stage.telling import tell
from storage import event_seats, events
from storage.holdings import About
from stories.stage.events import Event, State

ITSELF = "firsthand"
"""Who acted, in the audit log, when nobody did."""


async def follow_customer(
    session: AsyncSession, workspace_id: str, customer_id: int, *, now: datetime
) -> None:
    """Have every event with this customer show what it may; one that may not be announced any more is off.

    Channels and hosts follow at once, those who signed up with the next look.
    """
    for event in await events.with_customer(session, workspace_id, customer_id):
        if event.is_coming and not (await shown(session, workspace_id, event, now)).shown:
            await call_off(session, workspace_id, event, by=ITSELF, now=now, state=State.GONE)
        else:
            await follow(session, workspace_id, event, now)


async def follow(session: AsyncSession, workspace_id: str, event: Event, now: datetime) -> None:
    """Keep an event as it is: channels and host see it at once, those who signed up with the next look."""
    await events.save(session, workspace_id, replace(event, behind=True))
    await notes.follow(session, workspace_id, event, [*event.channels, event.host_id], now)


async def before_erasing(
    session: AsyncSession, workspace_id: str, about: About, object_key: str, now: datetime
) -> None:
    """Tell those who signed up for a customer's events that these are off, while it is known who they are.

    To be called before the customer's rows go. What is told carries nothing of them, and stays.
    """
    if about is not About.CUSTOMER:
        return
    for known in await events.with_customer(session, workspace_id, int(object_key)):
        event = await call_off(session, workspace_id, known, by=ITSELF, now=now, state=State.GONE)
        if event.state is State.GONE:
            seats = await event_seats.of_event(session, workspace_id, event.id)
            await tell(session, workspace_id, event, seats, now)
            await notes.follow(session, workspace_id, event, [event.host_id], now)
