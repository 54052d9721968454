"""When a customer's word changes: what is on its way with them follows, in the transaction that wrote it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.priorities import proposing
from bot.rota.answering import call_off
from bot.rota.notes import follow
from storage import contacts_free, rota_talks


async def follow_customer(
    session: AsyncSession, workspace_id: str, customer_id: int, *, now: datetime
) -> None:
    """Call off what is on its way with a customer who may not be asked any more, and have the rest follow.

    So do the messages that propose to ask them.
    """
    await proposing.follow_customer(session, workspace_id, customer_id, now=now)
    for talk in await rota_talks.open_with(session, workspace_id, customer_id):
        if await contacts_free.may_be_asked(session, workspace_id, customer_id, now):
            await follow(session, workspace_id, talk, now)
        else:
            await call_off(session, workspace_id, talk, now)
