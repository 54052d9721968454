"""The monthly look at what a point is worth: a channel that asked hears when the answer is another one."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention
from bot.desk import Desk
from bot.looping import one_by_one
from bot.nps.facts import understand
from bot.nps.worth import Worth, weigh
from bot.nps.worth_kept import kept, recalled
from storage import nps_settings, nps_worth
from storage.attention import Unasked
from storage.nps_worth import Asked, Watched
from stories.nps.periods import Unit, moved
from stories.nps.worth_verdict import has_changed

KIND = "nps_worth"
LOOK_DAY, LOOK_AT = 8, time(6)
"""The 8th at six, in the workspace's own time: figures of a month come in its next month's first week."""


async def recheck(desk: Desk, workspace_id: str) -> int:
    """Look again at the answers whose month is over; returns how many have changed. For every tick."""
    now = desk.now()
    async with desk.read() as session:
        waiting = await nps_worth.due(session, workspace_id, now)
    changed: list[int] = []

    async def look_at(one: Watched) -> None:
        async with desk.read() as session:
            worth = await looked_at(session, workspace_id, one.asked, now)
        # One transaction each: a process that dies here looks at the same again, and tells none twice.
        async with desk.database.begin() as session:
            changed.append(await _keep(session, workspace_id, one, worth, now))

    try:
        await one_by_one(waiting, look_at)
    finally:
        if any(changed):
            desk.wake_outbox()
    return sum(changed)


async def looked_at(session: AsyncSession, workspace_id: str, asked: Asked, now: datetime) -> Worth:
    """The answer as it is at this moment."""
    facts = await understand(session, workspace_id, "worth", now)
    return await weigh(session, workspace_id, facts, asked.figure, asked.segment)


async def tell_from_now(
    session: AsyncSession, workspace_id: str, channel_id: str, worth: Worth, *, by: str, now: datetime
) -> None:
    """Have a channel hear when this answer changes."""
    settings = await nps_settings.get(session, workspace_id)
    wanted = Watched(
        asked=Asked(channel_id=channel_id, figure=worth.figure, segment=worth.segment),
        answer=kept(worth),
        asked_by=by,
        asked_at=now,
        next_at=next_look(now, settings.time_zone),
    )
    await nps_worth.watch(session, workspace_id, wanted)


def next_look(now: datetime, time_zone: str) -> datetime:
    """The first 8th of a month at six, in that time zone, after `now`."""
    zone = ZoneInfo(time_zone)
    today = now.astimezone(zone).date()
    this = _look_in(today, zone)
    return this if this > now else _look_in(moved(today.replace(day=1), Unit.MONTH, 1), zone)


def _look_in(month: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(month.replace(day=LOOK_DAY), LOOK_AT, zone)


async def _keep(session: AsyncSession, workspace_id: str, one: Watched, worth: Worth, now: datetime) -> bool:
    """Write down what was found and offer its post, if that is news; False where it is not."""
    if await nps_worth.watched(session, workspace_id, one.asked) is None:
        return False
    settings = await nps_settings.get(session, workspace_id)
    news = has_changed(recalled(one.answer).found, worth.found)
    wanted = Watched(
        asked=one.asked,
        answer=kept(worth) if news else one.answer,
        before=one.answer if news else one.before,
        asked_by=one.asked_by,
        asked_at=one.asked_at,
        next_at=next_look(now, settings.time_zone),
    )
    await nps_worth.watch(session, workspace_id, wanted)
    if news:
        name, value = one.asked.segment
        about = {"figure": one.asked.figure, "property": name, "value": value}
        slot = f"worth:{one.asked.figure}:{name}:{value}:{now.date().isoformat()}"
        what = Unasked(place=one.asked.channel_id, kind=KIND, slot_key=slot, about=about)
        await attention.offer(session, workspace_id, what, now=now)
    return news
