"""The weekly look at every followed segment: what moved is offered to its channel, blips are put right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention
from bot.desk import Desk
from bot.looping import one_by_one
from bot.messages.nps_movement import sides_of
from bot.nps import movement_voices
from bot.nps.ledger import Ledger, shown
from bot.nps.movements import KIND, movement_slot, quiet_slot
from bot.nps.restating import revise, silence_gone, silenced
from storage import nps_counts, nps_follows, nps_movements, nps_settings
from storage.attention import Unasked
from storage.nps_follows import Cell, Follow
from storage.nps_movements import Told
from storage.nps_settings import NpsSettings
from storage.nps_words import MOST_TOGETHER
from stories.nps.change import compare
from stories.nps.counts import Counts
from stories.nps.periods import Calendar, Period, Unit, closed_weeks_end, last
from stories.nps.watch import (
    HISTORY,
    LENIENT,
    NORMAL,
    SILENCE,
    STRICT,
    Movement,
    Sensitivity,
    blip_due,
    movements,
    was_blip,
)

SENSITIVITIES: Mapping[str, Sensitivity] = {"strict": STRICT, "normal": NORMAL, "lenient": LENIENT}
LOOK_DAY, LOOK_AT = 1, time(6)
"""Tuesday at six, in the workspace's own time: a day after the week ended, for answers that come late."""

_WEEK = timedelta(weeks=1)
_LOOKED_BACK = timedelta(weeks=60)


async def watch(desk: Desk, workspace_id: str) -> int:
    """Look at the weeks when that is due; returns how many movements were found. For every tick."""
    now, command = desk.now(), settings_command(desk)
    await _silence(desk, workspace_id)
    async with desk.read() as session:
        if not await nps_follows.due(session, workspace_id, now):
            return 0
        follows = await nps_follows.follows(session, workspace_id)
        settings = await nps_settings.get(session, workspace_id)
    found: list[int] = []

    async def look_at(follow: Follow) -> None:
        # One transaction a channel: a process that dies here finds the same again, and tells none twice.
        async with desk.database.begin() as session:
            found.append(await look_for(session, workspace_id, follow, settings, now, command=command))

    try:
        await one_by_one(follows, look_at)
    finally:
        desk.wake_outbox()
    async with desk.database.begin() as session:
        await nps_follows.looked(session, workspace_id, next_look(now, settings.time_zone))
    return sum(found)


def next_look(now: datetime, time_zone: str) -> datetime:
    """The first Tuesday at six, in that time zone, after `now`."""
    zone = ZoneInfo(time_zone)
    today = now.astimezone(zone).date()
    day = today + timedelta(days=(LOOK_DAY - today.weekday()) % 7)
    at = datetime.combine(day, LOOK_AT, zone)
    return at if at > now else datetime.combine(day + _WEEK, LOOK_AT, zone)


async def look_for(
    session: AsyncSession,
    workspace_id: str,
    follow: Follow,
    settings: NpsSettings,
    now: datetime,
    *,
    command: str,
) -> int:
    """Offer one channel what moved, and put right what turned out to be a blip; how many movements."""
    today = now.astimezone(ZoneInfo(settings.time_zone)).date()
    week_end = closed_weeks_end(today)
    told = await nps_movements.movements(session, workspace_id, follow.channel_id, week_end - _LOOKED_BACK)
    await _settle_blips(session, workspace_id, told, week_end, now, command=command)
    cells = await _cells(session, workspace_id, follow)
    weekly = await _weekly(session, workspace_id, cells, week_end, HISTORY)
    silent = {one.cell: one.week_end for one in told if one.week_end > week_end - SILENCE}
    found = movements(
        weekly,
        week_end,
        sensitivity=SENSITIVITIES.get(follow.sensitivity, NORMAL),
        told=silent,
        fewest=settings.smallest_group,
    )
    fiscal = Calendar(fiscal_start=settings.year_begins)
    ledger = Ledger(session, workspace_id, today, fiscal, fewest=settings.smallest_group)
    told_of = [movement for movement in found if await _may_be_shown(ledger, movement)]
    for movement in told_of:
        await _tell(session, workspace_id, follow.channel_id, movement, now, command=command)
    quarter = last(1, Unit.QUARTER, today, fiscal)
    if follow.quiet_line and _was_quiet(follow, told, quarter):
        about = {"quarter": [quarter.first.isoformat(), quarter.last.isoformat()], "command": command}
        await _offer(session, workspace_id, follow.channel_id, quiet_slot(quarter.first), about, now)
    return len(told_of)


async def _cells(session: AsyncSession, workspace_id: str, follow: Follow) -> list[Cell]:
    cells: list[Cell] = [cell for cell in follow.cells if len(cell) <= MOST_TOGETHER]
    if follow.every_segment:
        words = await nps_counts.vocabulary(session, workspace_id)
        cells += [((name, value),) for name, values in words.items() for value in values]
    return list(dict.fromkeys(cells))


async def _weekly(
    session: AsyncSession, workspace_id: str, cells: Sequence[Cell], week_end: date, weeks: int
) -> dict[Cell, list[Counts]]:
    """Each cell's counts of that many weeks up to a Sunday, oldest first."""
    mondays = [week_end - timedelta(days=6) - _WEEK * back for back in reversed(range(weeks))]
    found = await nps_counts.weekly(
        session, workspace_id, [dict(cell) for cell in cells], mondays[0], mondays[-1]
    )
    return {
        cell: [by_week.get(monday, Counts()) for monday in mondays]
        for cell, by_week in zip(cells, found, strict=True)
    }


async def _may_be_shown(ledger: Ledger, movement: Movement[Cell]) -> bool:
    """Whether the rules on small groups let both sides of it be told."""
    for span in sides_of(movement.week_end):
        if await ledger.decide(partial(shown, movement.segment, span)) != span:
            return False
    return True


async def _tell(
    session: AsyncSession,
    workspace_id: str,
    channel_id: str,
    movement: Movement[Cell],
    now: datetime,
    *,
    command: str,
) -> None:
    """Write a movement down with the comments that its post quotes, and offer the post."""
    cell, sides = movement.segment, (movement.change.before, movement.change.after)
    movement_id = await nps_movements.tell(
        session, workspace_id, channel_id, cell, movement.week_end, sides, now=now
    )
    if movement_id is None:
        return
    keys = await movement_voices.chosen(session, workspace_id, channel_id, movement)
    await nps_movements.quotes(session, workspace_id, movement_id, keys)
    about = {"movement": movement_id, "command": command}
    await _offer(session, workspace_id, channel_id, movement_slot(movement_id), about, now)


async def _offer(
    session: AsyncSession, workspace_id: str, channel_id: str, slot: str, about: dict[str, Any], now: datetime
) -> None:
    what = Unasked(place=channel_id, kind=KIND, slot_key=slot, about=about)
    await attention.offer(session, workspace_id, what, now=now)


def _was_quiet(follow: Follow, told: Sequence[Told], quarter: Period) -> bool:
    """Whether a quarter that began after the channel asked had nothing to tell."""
    return follow.asked_at.date() <= quarter.first and not any(one.week_end in quarter for one in told)


def settings_command(desk: Desk) -> str:
    """What a channel's movements are set up with."""
    return f"{desk.settings.firsthand_channel_command} nps"


async def _silence(desk: Desk, workspace_id: str) -> None:
    """Take comments out of posts as soon as they may not be shown any more."""
    async with desk.read() as session:
        if not await silenced(session, workspace_id):
            return
    async with desk.database.begin() as session:
        await silence_gone(session, workspace_id, desk.now(), command=settings_command(desk))
    desk.wake_outbox()


async def _settle_blips(
    session: AsyncSession,
    workspace_id: str,
    told: Sequence[Told],
    week_end: date,
    now: datetime,
    *,
    command: str,
) -> None:
    """Look back at movements whose weeks of silence are over; the posts of blips say so from now on."""
    for one in told:
        change = compare(one.before, one.after)
        if one.outcome or change is None:
            continue
        movement = Movement(segment=one.cell, week_end=one.week_end, change=change)
        if blip_due(movement) > week_end:
            continue
        weeks = SILENCE // _WEEK
        by_week = await _weekly(session, workspace_id, [one.cell], blip_due(movement), weeks)
        later = sum(by_week[one.cell], Counts())
        outcome = "blip" if was_blip(movement, later) else "stood"
        if await nps_movements.settle(session, workspace_id, one.id, outcome, later) and outcome == "blip":
            await revise(session, workspace_id, one.id, now, command=command)
