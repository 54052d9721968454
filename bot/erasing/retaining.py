"""What is older than a workspace keeps it goes once a day, some rows at a time."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import Desk
from bot.terms import rules
from storage import erasing, retaining
from storage.holdings import About
from storage.retaining import Mark
from stories.keeping import days_of

log = logging.getLogger(__name__)

DAILY = "daily"
"""The mark that says when a workspace is looked at next."""

CONVERSATIONS = "conversations"
A_DAY = timedelta(days=1)

ITSELF = "firsthand"


async def let_go(desk: Desk, workspace_id: str) -> int:
    """Look after one workspace, at most once a day; how many rows went."""
    now = desk.now()
    async with desk.read() as session:
        mark = await retaining.mark(session, workspace_id, DAILY)
        days = days_of((await rules(session, workspace_id)).keep)
    if mark.next_at is not None and now < mark.next_at <= now + A_DAY:
        return 0
    total = 0
    for kind in retaining.LET_GO:
        if days[kind]:
            total += await _kind(desk, workspace_id, kind, now - timedelta(days=days[kind]))
    if days[CONVERSATIONS]:
        total += await _conversations(desk, workspace_id, now - timedelta(days=days[CONVERSATIONS]))
    if not desk.stopping.is_set():
        async with desk.database.begin() as session:
            await retaining.set_mark(session, workspace_id, DAILY, Mark(next_at=now + A_DAY))
    if total:
        log.info("%d rows of %s were older than they are kept", total, workspace_id)
    return total


async def give_notice(session: AsyncSession, workspace_id: str, days: int, now: datetime) -> int:
    """Have a new limit for conversations hold from a day after now on; how many are older than that.

    To be called in the transaction that chose it: whoever mistyped has a day to take it back.
    """
    await retaining.set_mark(session, workspace_id, CONVERSATIONS, Mark(next_at=now + A_DAY))
    if not days:
        return 0
    return await retaining.how_many_conversations(session, workspace_id, now + A_DAY - timedelta(days=days))


async def _kind(desk: Desk, workspace_id: str, kind: str, before: datetime) -> int:
    total = 0
    while not desk.stopping.is_set():
        async with desk.database.begin() as session:
            gone = await retaining.let_go(session, workspace_id, kind, before)
        if not gone:
            break
        total += gone
    return total


async def _conversations(desk: Desk, workspace_id: str, before: datetime) -> int:
    """Have the oldest conversations erased, with everything that was posted of them."""
    async with desk.database.begin() as session:
        from_when = (await retaining.mark(session, workspace_id, CONVERSATIONS)).next_at
        if from_when is not None and desk.now() < from_when:
            return 0
        if await erasing.unfinished(session, workspace_id):
            # They are still there: asked for once more, each would be erased twice.
            return 0
        old = await retaining.old_conversations(session, workspace_id, before)
        for number in old:
            await erasing.begin(
                session,
                workspace_id,
                About.CONVERSATION,
                str(number),
                needles=(),
                by=ITSELF,
                now=desk.now(),
            )
    return len(old)
