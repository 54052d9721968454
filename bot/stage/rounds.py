"""What is due about events: reminders, the thread of the hour, what its host hears afterwards."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from slack_sdk.errors import SlackClientError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.batches import together
from bot.desk import Desk
from bot.looping import in_each, one_by_one
from bot.stage import notes, planning, seating, telling
from bot.stage.following import follow
from storage import event_seats, events
from storage.event_seats import Due
from stories.stage.events import Event, Place, State
from stories.stage.events import Step as Stage
from stories.stage.times import SOON, Step, day_before

log = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=15)
"""How long the thread of the hour waits for an announcement that has not arrived."""

A_MOMENT = timedelta(minutes=1)


async def keep_stage(desk: Desk) -> None:
    """Do what is due in every workspace. To be called at every tick."""
    await in_each(desk.connections.workspaces, partial(look, desk))()


async def look(desk: Desk, workspace_id: str) -> int:
    """Do what is due about a workspace's events; how many things that were.

    What goes wrong about one of them holds up no other; Stumbled tells of it at the end.
    """
    done: list[int] = []

    async def look_at(part: Callable[[Desk, str], Awaitable[int]]) -> None:
        done.append(await part(desk, workspace_id))

    try:
        await one_by_one((_steps, telling.catch_up, _reminders), look_at)
    finally:
        if any(done):
            desk.wake_outbox()
    return sum(done)


async def _steps(desk: Desk, workspace_id: str) -> int:
    """Events whose clocks were set otherwise are reckoned anew, others go on to their next step."""
    now = desk.now()
    async with desk.read() as session:
        moved = [
            one.event.id
            for one in await events.coming(session, workspace_id)
            if one.event.when.starts_at != one.starts_at
        ]
        due = await events.due(session, workspace_id, now)

    async def reckon(event_id: int) -> None:
        async with desk.database.begin() as session:
            await planning.reckon_anew(session, workspace_id, event_id, now)

    async def step(event: Event) -> None:
        async with desk.database.begin() as session:
            await _step(session, workspace_id, event.id, now)

    async def do(one: Callable[[], Awaitable[None]]) -> None:
        await one()

    await one_by_one([*(partial(reckon, one) for one in moved), *(partial(step, one) for one in due)], do)
    return len(moved) + len(due)


async def _reminders(desk: Desk, workspace_id: str) -> int:
    now = desk.now()
    async with desk.read() as session:
        seats = await event_seats.due(session, workspace_id, now)
    zones = await _zones(desk, workspace_id, seats)

    async def remind(session: AsyncSession, some: Sequence[Due]) -> None:
        for one in some:
            await _remind(session, workspace_id, one, zones.get(one.seat.user_id), now)

    await together(desk.database, seats, remind)
    return len(seats)


async def _zones(desk: Desk, workspace_id: str, due: tuple[Due, ...]) -> dict[str, str]:
    """Where people are today who are to be reminded the day before: people travel."""
    found: dict[str, str] = {}
    wanted = [one.seat.user_id for one in due if one.step is Step.DAY]
    if wanted:
        client = await desk.connections.client(workspace_id)
    for user_id in wanted:
        try:
            found[user_id] = (await desk.colleagues.get(client, workspace_id, user_id)).time_zone
        except (SlackClientError, OSError, TimeoutError) as trouble:
            log.warning("Slack would not say where somebody is: %s", trouble)
    return found


async def _remind(
    session: AsyncSession, workspace_id: str, due: Due, zone: str | None, now: datetime
) -> None:
    """Remind somebody, unless it is too late for that or too early where they are by now."""
    event = await events.get(session, workspace_id, due.seat.event_id)
    seat = await event_seats.of_person(session, workspace_id, due.seat.event_id, due.seat.user_id)
    if (
        event is None
        or seat is None
        or await event_seats.step_of(session, workspace_id, seat.id) is not due.step
    ):
        return
    starts_at, zone = event.when.starts_at, zone or seat.time_zone
    until = starts_at - SOON if due.step is Step.DAY else starts_at
    early = due.step is Step.DAY and day_before(starts_at, zone) > now
    if event.is_coming and seat.place is Place.GOING and now < until and not early:
        await notes.put(session, workspace_id, event, seat.user_id, due.step.value, event.sequence, now=now)
    await seating.remind(session, workspace_id, event, seat, now, zone=zone)


async def _step(session: AsyncSession, workspace_id: str, event_id: int, now: datetime) -> None:
    event = await events.get(session, workspace_id, event_id, hold=True)
    if event is None or event.next_at is None or event.next_at > now:
        return
    if event.step is Stage.OPEN and now < event.when.ends_at:
        late = now >= event.when.starts_at + PATIENCE
        opened = await _open(session, workspace_id, event, now)
        if opened or late:
            event = replace(event, step=Stage.AFTER, next_at=event.when.ends_at)
        else:
            event = replace(event, next_at=now + A_MOMENT)
        await events.save(session, workspace_id, event)
        return
    event = replace(event, state=State.OVER, step=None, next_at=None)
    await follow(session, workspace_id, event, now)
    await notes.put(session, workspace_id, event, event.host_id, notes.AFTER, now=now)


async def _open(session: AsyncSession, workspace_id: str, event: Event, now: datetime) -> bool:
    """Begin the thread of the hour under each announcement; False while one has not arrived."""
    arrived = True
    for channel in event.channels:
        post = await notes.announcement_in(session, workspace_id, event, channel)
        if post is None:
            continue
        if post.slack_ts is None:
            arrived = False
            continue
        await notes.put(session, workspace_id, event, channel, notes.HOUR, now=now, thread_ts=post.slack_ts)
    return arrived
