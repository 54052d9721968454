"""A consent that runs out, or begins, on a day of its own acts on that day, on everything that was told."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import publishing
from bot.desk import Desk
from bot.halting import ITSELF
from bot.showing import told
from storage import consent_turns, retaining, stories
from storage.retaining import Mark

log = logging.getLogger(__name__)

CONSENT = "consent"
"""The mark of this look."""

EPOCH_MICROSECONDS = 1_000_000


async def turn(desk: Desk, workspace_id: str) -> int:
    """Have everything follow the consents that turned since the last look; how many customers' they were.

    Who dies in the middle does the same again, which changes nothing more.
    """
    now = desk.now()
    async with desk.read() as session:
        mark = await retaining.mark(session, workspace_id, CONSENT)
        reached = min(mark.reached, int(now.timestamp() * EPOCH_MICROSECONDS))
        found = await consent_turns.turned(session, workspace_id, after=reached, until=now)
    for customer_id in found.customers:
        async with desk.database.begin() as session:
            await follow(session, workspace_id, customer_id, now)
        log.info("a consent of customer %d turned: what was told follows", customer_id)
    if found.customers or mark.reached != reached:
        async with desk.database.begin() as session:
            await retaining.set_mark(session, workspace_id, CONSENT, Mark(reached=found.reached))
    return len(found.customers)


async def follow(session: AsyncSession, workspace_id: str, customer_id: int, now: datetime) -> None:
    """Have everything told of a customer say what their consent allows at this moment."""
    known = await stories.told_of(session, workspace_id, customer_id)
    shown = {telling.story_id for telling in await told(session, workspace_id, known, now)}
    for story in known:
        if story.id not in shown:
            await publishing.withdraw(session, workspace_id, story.id, by=ITSELF, now=now)
    await publishing.follow_customer(session, workspace_id, customer_id, but=0, now=now)
