"""What of an event may be shown right now: asked anew every time, never remembered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages.rota_words import called
from bot.messages.stage_words import Shown
from bot.showing import show_some
from storage import customers, event_seats, events
from storage.deliveries import Subject
from stories.consent import Consent, Purpose, permits
from stories.stage.events import Event, State


async def shown(session: AsyncSession, workspace_id: str, event: Event, at: datetime) -> Shown:
    """The event as it may be shown at this moment."""
    crowd = await event_seats.crowd(session, workspace_id, event.id)
    titles: tuple[tuple[int, str], ...] = ()
    if event.state is State.OVER:
        ids = await events.stories_of(session, workspace_id, event.id)
        told = await show_some(session, workspace_id, ids, at) if ids else ()
        titles = tuple((one.story_id, one.title) for one in told)
    if event.customer_id is None:
        return Shown(event=event, who=event.speaker, crowd=crowd, recording=event.recording, titles=titles)
    customer = await customers.get(session, workspace_id, event.customer_id)
    agreed = await agreements(session, workspace_id, event.customer_id)
    if customer is None or not permits(agreed, Purpose.ON_STAGE, at):
        return Shown(event=event, shown=False, crowd=crowd)
    recording = event.recording if permits(agreed, Purpose.RECORDED, at) else ""
    who = called(customer.name, customer.company)
    return Shown(event=event, who=who, crowd=crowd, recording=recording, titles=titles)


async def agreements(session: AsyncSession, workspace_id: str, customer_id: int) -> Sequence[Consent]:
    """What a customer agreed to, oldest first."""
    return (await customers.consents(session, workspace_id, [customer_id])).get(customer_id, ())


def subjects(event: Event) -> tuple[Subject, ...]:
    """Whose name every message about an event carries: erasure finds them by it."""
    return (Subject(customer_id=event.customer_id),) if event.customer_id is not None else ()
