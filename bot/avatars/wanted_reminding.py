"""A conversation that somebody is to have is remembered on its day, in their own morning, in private."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from slack_sdk.errors import SlackClientError
from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention
from bot.attention_rounds import tell_soon, time_zone_of
from bot.batches import together
from bot.desk import Desk
from bot.looping import Stumbled, named, one_by_one, went_well
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
    well = await went_well(named(_reckon), partial(_reckon, desk, workspace_id))
    now = desk.now()
    async with desk.read() as session:
        due = await wanted_talks.to_remind(session, workspace_id, now)
    owners: dict[str | None, None] = {}

    async def offer(session: AsyncSession, some: Sequence[tuple[WantedTalk, datetime]]) -> None:
        for talk, moment in some:
            owners[await _offer(session, workspace_id, talk, moment, now)] = None

    well &= await went_well(named(offer), partial(together, desk.database, due, offer))
    told = [await tell_soon(desk, workspace_id, owner) for owner in owners if owner]
    if not well:
        raise Stumbled
    return sum(told)


async def _reckon(desk: Desk, workspace_id: str) -> None:
    """Set the moment for talks of about today: somewhere it is tomorrow already, or still yesterday."""
    today = desk.now().date()
    async with desk.read() as session:
        near = await wanted_talks.untimed(session, workspace_id, today - _A_DAY, today + _A_DAY)

    async def reckon(talk: WantedTalk) -> None:
        try:
            zone = await time_zone_of(desk, workspace_id, talk.owner_id)
        except (SlackClientError, OSError, TimeoutError) as trouble:
            log.warning("the reminder of a conversation waits: Slack does not answer (%s)", trouble)
            return
        if talk.due_on is not None:
            async with desk.database.begin() as session:
                moment = morning_of(talk.due_on, zone)
                await wanted_talks.remind_at(session, workspace_id, talk.id, moment)

    await one_by_one(near, reckon)


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
