"""A conversation that somebody is to have is remembered on its day, in their own morning, in private."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from slack_sdk.errors import SlackClientError
from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention
from bot.attention_rounds import tell_soon, time_zone_of
from bot.desk import Desk
from bot.preferences import Private, wants
from bot.reminders import WORKING_DAY, morning_of
from storage import people, wanted_talks
from storage.attention import Unasked
from storage.wanted_talks import WantedTalk
from stories.attention import TALK_DUE

log = logging.getLogger(__name__)

_A_DAY = timedelta(days=1)


async def remind_of_talks(desk: Desk, workspace_id: str) -> int:
    """Offer the reminders whose moment has come; tells how many went. To be called at every tick.

    Each talk is looked at twice: when its owner's morning is reckoned, and in it. A talk that was written up
    or thrown away is not remembered.
    """
    await _reckon(desk, workspace_id)
    now = desk.now()
    async with desk.read() as session:
        due = await wanted_talks.to_remind(session, workspace_id, now)
    if not due:
        return 0
    async with desk.database.begin() as session:
        owners = [await _offer(session, workspace_id, talk, moment, now) for talk, moment in due]
    return sum([await tell_soon(desk, workspace_id, owner) for owner in dict.fromkeys(owners) if owner])


async def _reckon(desk: Desk, workspace_id: str) -> None:
    """Set the moment for talks of about today: somewhere it is tomorrow already, or still yesterday."""
    today = desk.now().date()
    async with desk.read() as session:
        near = await wanted_talks.untimed(session, workspace_id, today - _A_DAY, today + _A_DAY)
    for talk in near:
        try:
            zone = await time_zone_of(desk, workspace_id, talk.owner_id)
        except (SlackClientError, OSError, TimeoutError) as trouble:
            log.warning("the reminder of a conversation waits: Slack does not answer (%s)", trouble)
            continue
        if talk.due_on is not None:
            async with desk.database.begin() as session:
                moment = morning_of(talk.due_on, zone)
                await wanted_talks.remind_at(session, workspace_id, talk.id, moment)


async def _offer(
    session: AsyncSession, workspace_id: str, talk: WantedTalk, moment: datetime, now: datetime
) -> str | None:
    """Offer one reminder to whoever is to talk, whose id it returns; None where it is too late, or off."""
    await wanted_talks.is_reminded(session, workspace_id, talk.id, now=now)
    # Whoever planned it this morning, for today, needs no telling.
    if now - moment > WORKING_DAY or talk.created_at > moment:
        return None
    if not wants(await people.settings(session, workspace_id, talk.owner_id), Private.REMINDERS):
        return None
    what = Unasked(
        place=talk.owner_id, kind=TALK_DUE, slot_key=f"{TALK_DUE}:{talk.id}", about={"talk": talk.id}
    )
    until = moment + WORKING_DAY
    await attention.offer(session, workspace_id, what, now=now, fresh_until=until)
    return talk.owner_id
