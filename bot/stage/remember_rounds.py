"""Days that come round: each channel that follows is offered one difference that was made, by its own day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention
from bot.desk import Desk
from bot.stage.remembering import slot_of, told_on
from storage import attention as waiting
from storage import channels, remember_days
from storage.attention import Unasked
from stories.attention import REMEMBER
from stories.channels import ChannelSettings
from stories.errors import UserError
from stories.schedule import local_day
from stories.stage.remembering import Remembered, comes_round

EVERY = timedelta(hours=1)
"""How often it is looked for days that come round: zones begin theirs at every hour."""


async def look(desk: Desk, workspace_id: str) -> int:
    """Offer what is remembered today to each channel that follows, by its own day; how many were offered.

    Once an hour, whichever process comes first. Without a closed loop that may be told nothing is offered.
    """
    now = desk.now()
    async with desk.read() as session:
        at = await remember_days.next_look(session, workspace_id)
        if at is not None and at > now:
            return 0
        days = await remember_days.every(session, workspace_id)
        places = await remember_days.following(session, workspace_id) if days else ()
        known = await channels.some(session, workspace_id, places) if places else {}
    offered = 0
    for channel in known.values():
        if isinstance(channel, UserError):
            continue
        today = local_day(channel.times, now)
        for day in days:
            if comes_round(day.since, today):
                async with desk.database.begin() as session:
                    offered += await _offer(session, workspace_id, channel, day, today, now)
    async with desk.database.begin() as session:
        await remember_days.looked(session, workspace_id, now + EVERY)
    return offered


async def _offer(
    session: AsyncSession,
    workspace_id: str,
    channel: ChannelSettings,
    day: Remembered,
    today: date,
    now: datetime,
) -> int:
    what = Unasked(place=channel.channel_id, kind=REMEMBER, slot_key=slot_of(day.id, today), about={})
    if await waiting.offered(session, workspace_id, what) is not None:
        return 0
    loops = await remember_days.closed_loops(session, workspace_id, customer_id=day.customer_id)
    before = await remember_days.remembered_in(session, workspace_id, channel.channel_id)
    for follow_up in loops:
        if follow_up in before:
            continue
        told = await told_on(session, workspace_id, channel, day, today, follow_up, now)
        if told is not None:
            about = {
                "day": day.id,
                "on": today.isoformat(),
                "follow_up": follow_up,
                "stories": [told.story_id],
            }
            offer = Unasked(place=channel.channel_id, kind=REMEMBER, slot_key=what.slot_key, about=about)
            await attention.offer(session, workspace_id, offer, now=now)
            return 1
    return 0
