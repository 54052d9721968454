"""Offering a lesson when it helps: after a write-up, once, within the budget of attention."""

from __future__ import annotations

import logging
from datetime import datetime

from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention
from bot.desk import Desk
from bot.failures import DATABASE_TROUBLE
from bot.lessons import shelf
from bot.lessons.looking import lately_of
from bot.preferences import Private, wants
from storage import attention as unasked
from storage import lessons as store
from storage.attention import Unasked
from stories.attention import Reason
from stories.attention_kinds import LESSON
from stories.lessons.offering import APART, FRESH, late_in_the_week, lesson_for, moments

log = logging.getLogger(__name__)


async def after_write_up(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> None:
    """Offer the lesson that would help now, where `is_the_moment` said that one may.

    Their write-up is stored, so no trouble here is theirs.
    """
    try:
        zone = (await desk.colleagues.get(client, workspace_id, user_id)).time_zone
        async with desk.begin() as session:
            await offer_after_write_up(session, workspace_id, user_id, zone=zone, now=desk.now())
    except (*DATABASE_TROUBLE, SlackClientError):
        log.warning("no lesson could be offered after a write-up", exc_info=True)


async def offer_after_write_up(
    session: AsyncSession, workspace_id: str, user_id: str, *, zone: str, now: datetime
) -> bool:
    """Offer the lesson that helps somebody who has just written something up; tells whether one does.

    None to somebody who turned lessons down, and none within two weeks of another. It goes late in the week,
    and only into one that has brought them nothing unasked (see `bot.lessons.notes`).
    """
    if not await is_the_moment(session, workspace_id, user_id, now):
        return False
    offered = await store.offers(session, workspace_id, user_id)
    known = {key for key, _at in offered} | (await store.places(session, workspace_id, user_id)).keys()
    lately = await lately_of(session, workspace_id, user_id, now)
    found = lesson_for(lately, shelf.lessons(), known)
    if found is None:
        return False
    why = next(moment for moment in moments(lately) if moment in found.offered)
    about = {"lesson": found.key, "moment": why.value, "zone": zone}
    slot = f"lesson:{found.key}:{now.date().isoformat()}"
    what = Unasked(place=user_id, kind=LESSON, slot_key=slot, about=about)
    at = late_in_the_week(zone, now)
    one = await attention.offer(session, workspace_id, what, now=now, fresh_until=at + FRESH)
    await unasked.wait(session, workspace_id, one, until=at, reason=Reason.QUIET)
    return True


async def is_the_moment(session: AsyncSession, workspace_id: str, user_id: str, now: datetime) -> bool:
    """Whether they want lessons, and were offered none of late; mostly not. Asked with their write-up."""
    chosen, last = await store.before_offering(session, workspace_id, user_id)
    return wants(chosen, Private.LESSONS) and (last is None or last <= now - APART)
