"""When a customer's word changes, or they are erased: everything said of their events follows at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.stage import notes
from bot.stage.planning import call_off
from bot.stage.showing import shown
from storage import events
from storage.holdings import About
from stories.stage.events import State

ITSELF = "firsthand"
"""Who acted, in the audit log, when nobody did."""


async def follow_customer(
    session: AsyncSession, workspace_id: str, customer_id: int, *, now: datetime
) -> None:
    """Have every event with this customer show what it may; one that may not be announced any more is off."""
    for event in await events.with_customer(session, workspace_id, customer_id):
        if event.is_coming and not (await shown(session, workspace_id, event, now)).shown:
            await call_off(session, workspace_id, event, by=ITSELF, now=now, state=State.GONE)
        else:
            await notes.follow(session, workspace_id, event.id, now)


async def before_erasing(
    session: AsyncSession, workspace_id: str, about: About, object_key: str, now: datetime
) -> None:
    """Tell those who signed up for a customer's events that these are off, while it is known who they are.

    To be called before the customer's rows go. What is told carries nothing of them, and stays.
    """
    if about is About.CUSTOMER:
        for event in await events.with_customer(session, workspace_id, int(object_key)):
            await call_off(session, workspace_id, event, by=ITSELF, now=now, state=State.GONE)
