"""Posts that say what is so now: revised where that is something else than they say."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from storage import deliveries, posted


async def say_now(
    session: AsyncSession,
    workspace_id: str,
    delivery_id: int,
    payload: dict[str, Any] | None,
    *,
    now: datetime,
    at_once: bool = True,
    gone_stays: bool = False,
) -> None:
    """Have a post say this (None: have it go); one that says it already is left alone.

    With `gone_stays`, what was taken down, or is about to be, is not brought back. The outbox wants waking.
    """
    says = await posted.says(session, workspace_id, delivery_id)
    if payload != says and not (gone_stays and says is None):
        await deliveries.revise(session, workspace_id, delivery_id, payload, now=now, at_once=at_once)
