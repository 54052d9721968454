"""The post that tells a channel that the answer about worth is another one, in words."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import nps_worth as messages
from bot.nps.worth_kept import recalled
from storage import nps_worth
from storage.attention import Waiting
from storage.nps_worth import Asked


async def told_now(session: AsyncSession, workspace_id: str, one: Waiting) -> dict[str, Any] | None:
    """The post about a changed answer; None where the channel does not want to hear of it any more."""
    about = one.about
    asked = Asked(channel_id=one.place, figure=about["figure"], segment=(about["property"], about["value"]))
    known = await nps_worth.watched(session, workspace_id, asked)
    if known is None or not known.before:
        return None
    return messages.changed(recalled(known.before), recalled(known.answer), asked_by=known.asked_by)
