"""Whether a channel may hear an earlier story on a day that brings no new one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.echoes import LATELY
from storage import attention_together, pools, tellings
from storage.candidates import Offer
from stories.digest import RETOLD_ONCE_IN, DigestSettings


async def may_retell(
    session: AsyncSession, workspace_id: str, channel_id: str, wanted: DigestSettings, now: datetime
) -> bool:
    """Whether the channel wants an earlier story on a day without a new one, and heard none of late.

    Not while something waits for the channel: on such a day news has room of its own.
    """
    if not wanted.retell or await attention_together.with_waiting(session, workspace_id, [channel_id]):
        return False
    return not await tellings.retold_since(session, workspace_id, channel_id, now - RETOLD_ONCE_IN)


async def not_overtaken(
    session: AsyncSession, workspace_id: str, channel_id: str, offers: Sequence[Offer], now: datetime
) -> tuple[Offer, ...]:
    """Those of customers of whom the channel heard nothing of late: their story has not gone on since."""
    told = await pools.told_of(session, workspace_id, [channel_id] if offers else [], now - LATELY)
    gone_on = told.get(channel_id, {})
    return tuple(one for one in offers if one.candidate.customer_id not in gone_on)
