"""Days that come round: each channel that follows is offered one difference that was made, by its own day."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention
from bot.desk import Desk
from bot.looping import one_by_one
from bot.stage.remembering import Occasion, slot_of, told_on
from storage import attention as waiting
from storage import channels, remember_days
from storage.attention import Unasked
from stories.attention import REMEMBER
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
    local = {
        one.channel_id: local_day(one.times, now) for one in known.values() if not isinstance(one, UserError)
    }
    coming = [(place, day, on) for place, on in local.items() for day in days if comes_round(day.since, on)]
    offered: list[int] = []

    async def offer(one: tuple[str, Remembered, date]) -> None:
        async with desk.database.begin() as session:
            offered.append(await _offer(session, workspace_id, *one, desk))

    try:
        await one_by_one(coming, offer)
    finally:
        async with desk.database.begin() as session:
            await remember_days.looked(session, workspace_id, now + EVERY)
    return sum(offered)


async def _offer(
    session: AsyncSession, workspace_id: str, place: str, day: Remembered, on: date, desk: Desk
) -> int:
    """Offer a channel what moved people most that it has not heard on such a day; 0 where nothing did."""
    slot, now = slot_of(day.id, on), desk.now()
    what = Unasked(place=place, kind=REMEMBER, slot_key=slot, about={})
    if await waiting.offered(session, workspace_id, what) is not None:
        return 0
    loops = await remember_days.closed_loops(session, workspace_id, customer_id=day.customer_id)
    before = await remember_days.remembered_in(session, workspace_id, place)
    command = desk.settings.firsthand_channel_command
    for follow_up in loops:
        if follow_up in before:
            continue
        occasion = Occasion(day=day, on=on, follow_up=follow_up, command=command)
        told = await told_on(session, workspace_id, place, occasion, now)
        if told is not None:
            about = {"day": day.id, "on": on.isoformat(), "follow_up": follow_up, "command": command}
            offer = Unasked(
                place=place, kind=REMEMBER, slot_key=slot, about=about | {"stories": [told.story_id]}
            )
            await attention.offer(session, workspace_id, offer, now=now)
            return 1
    return 0
