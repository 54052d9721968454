"""Whether a channel may hear an earlier story on a day that brings nothing new."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage import tellings
from stories.digest import RETOLD_ONCE_IN, DigestSettings


async def may_retell(
    session: AsyncSession, workspace_id: str, channel_id: str, wanted: DigestSettings, now: datetime
) -> bool:
    """Whether the channel wants an earlier story on a day without a new one, and heard none of late."""
    if not wanted.retell:
        return False
    return not await tellings.retold_since(session, workspace_id, channel_id, now - RETOLD_ONCE_IN)
