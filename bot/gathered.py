"""What one private note tells of besides its own slot: others of its kind that go with it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage import attention
from storage.attention import Waiting
from storage.posted import Posted


async def gathered(
    session: AsyncSession, workspace_id: str, note: Posted, now: datetime
) -> tuple[Waiting, ...]:
    """Those of a note's kind that it carries, or is about to carry, itself among them; oldest first.

    Empty for a note that was planned past the budget of attention.
    """
    if note.id:
        together = await attention.carried_by(session, workspace_id, note.id)
    else:
        waiting = await attention.waiting_for(session, workspace_id, note.channel_id)
        together = tuple(one for one in waiting if one.fresh_until > now)
    return tuple(one for one in together if one.kind == note.kind)
