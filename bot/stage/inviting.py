"""Whom a host might invite, with the story that moved people and who knows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.own_customers import not_about
from bot.showing import show_some
from storage import event_suggestions
from stories.stage.inviting import suggested
from stories.story import Telling
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A customer by a story of theirs, as it may be told.

    `customer_id` is None where it is told without their name: then whoever wrote it up is to be asked.
    """

    telling: Telling
    customer_id: int | None
    endings: int


async def suggestions(
    session: AsyncSession, workspace_id: str, user_id: str, now: datetime
) -> Sequence[Suggestion]:
    """The customers whose stories moved people most, who agree to be contacted and are not left in peace."""
    chosen = suggested(await event_suggestions.moving(session, workspace_id, now), now.date())
    told = await show_some(session, workspace_id, [one.story_id for one in chosen], now)
    tellings = {one.story_id: one for one in await not_about(session, workspace_id, user_id, told)}
    return [
        Suggestion(
            telling=tellings[one.story_id],
            customer_id=one.customer_id if tellings[one.story_id].named else None,
            endings=one.endings,
        )
        for one in chosen
        if one.story_id in tellings
    ]


async def still_suggested(
    session: AsyncSession, workspace_id: str, user_id: str, customer_id: int | None, now: datetime
) -> int | None:
    """The customer whom a window offered, if it still would: it may stand there for long, and what they
    agreed to is asked anew.
    """
    if customer_id is None:
        return None
    found = await suggestions(session, workspace_id, user_id, now)
    return next((one.customer_id for one in found if one.customer_id == customer_id), None)
