"""What waits for room is decided anew when its moment comes: looked for at every tick, kept over restarts."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from slack_sdk.errors import SlackApiError, SlackClientError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention
from bot.avatars.times import settings_of
from bot.connections import NotConnected
from bot.desk import Desk
from bot.halting import halt, obstacle
from bot.looping import one_by_one
from bot.momentum.times import settings_of as with_letters
from bot.nps.times import settings_of as hearing_of_nps
from bot.routing.times import settings_of as with_rules
from bot.series.times import settings_of as with_series
from storage import attention as store
from storage import channels, projects
from stories.attention_hours import person_hours
from stories.channels import ChannelSettings, ChannelState

log = logging.getLogger(__name__)

MOST = 100
"""Places that are looked at in one round; those that have waited longest come first."""

REST = timedelta(minutes=5)
"""How long a place is left alone that cannot be decided because Slack does not answer."""

A_MOMENT = timedelta(minutes=1)
"""How long others wait for a digest that is being decided."""

UNKNOWN_PERSON = frozenset({"user_not_found", "users_not_found"})


async def decide_waiting(desk: Desk, workspace_id: str) -> int:
    """Decide about everything whose moment has come; returns how many posts were planned.

    To be called at every tick. What goes wrong about one place holds up no other; Stumbled tells of it.
    """
    async with desk.read() as session:
        places = await store.due(session, workspace_id, desk.now(), most=MOST)
    planned: list[int] = []

    async def look(place: str) -> None:
        planned.append(await decide_for(desk, workspace_id, place))

    async def wait(place: str) -> None:
        async with desk.database.begin() as session:
            await store.put_off(session, workspace_id, place, desk.now() + REST)

    try:
        await one_by_one(places, look, rest=wait)
    finally:
        if any(planned):
            desk.wake_outbox()
    return sum(planned)


async def tell_soon(desk: Desk, workspace_id: str, user_id: str) -> int:
    """Decide right away about what waits for a person; returns how many messages were planned.

    The next round does it when Slack or the database does not answer.
    """
    try:
        planned = await decide_for(desk, workspace_id, user_id)
    except (NotConnected, SlackClientError, SQLAlchemyError, OSError, TimeoutError) as trouble:
        log.info("what waits in %s is decided by the next round: %s", workspace_id, trouble)
        return 0
    if planned:
        desk.wake_outbox()
    return planned


async def decide_for(desk: Desk, workspace_id: str, place: str) -> int:
    """Decide about everything that waits for one place; returns how many posts were planned.

    Raises SlackClientError, OSError or TimeoutError when Slack has to be asked and does not answer.
    """
    if attention.to_person(place):
        hours = person_hours(await time_zone_of(desk, workspace_id, place), desk.now())
        async with desk.database.begin() as session:
            return await attention.settle(session, workspace_id, place, hours, desk.now())
    return await _decide_for_channel(desk, workspace_id, place)


async def time_zone_of(desk: Desk, workspace_id: str, user_id: str) -> str:
    """Where somebody's clock stands; UTC for somebody Slack does not know any more.

    Raises what Slack's client raises when it does not answer, and NotConnected.
    """
    client = await desk.connections.client(workspace_id)
    try:
        return (await desk.colleagues.get(client, workspace_id, user_id)).time_zone
    except SlackApiError as error:
        if error.response.get("error") in UNKNOWN_PERSON:
            return "UTC"
        raise


async def _decide_for_channel(desk: Desk, workspace_id: str, channel_id: str) -> int:
    """The same for a channel: asked first is who reads along, as before every digest."""
    now = desk.now()
    async with desk.read() as session:
        channel = await channels.get(session, workspace_id, channel_id)
        project = None if channel else await projects.of_channel(session, workspace_id, channel_id)
    client = await desk.connections.client(workspace_id)
    # A project's channel that never asked for a digest is addressed as one is that begins with it.
    instead = await settings_of(desk, client, workspace_id, project) if project else None
    if channel is None and instead is None:
        # One that hears of NPS alone likewise.
        instead = await hearing_of_nps(desk, client, workspace_id, channel_id)
    if channel is None and instead is None:
        instead = await with_rules(desk, client, workspace_id, channel_id)
    if channel is None and instead is None:
        instead = await with_series(desk, client, workspace_id, channel_id)
    if channel is None and instead is None:
        instead = await with_letters(desk, client, workspace_id, channel_id)
    channel = channel or instead
    if channel is not None and channel.state is ChannelState.ON and _open(channel, now):
        against = await obstacle(desk, client, workspace_id, channel)
        if against is not None:
            async with desk.database.begin() as session:
                await halt(session, workspace_id, channel_id, against, desk=desk)
            instead = None
            desk.wake_outbox()
    async with desk.database.begin() as session:
        return await _settle_channel(session, workspace_id, channel_id, now, instead)


async def _settle_channel(
    session: AsyncSession, workspace_id: str, channel_id: str, now: datetime, instead: ChannelSettings | None
) -> int:
    channel = await channels.get(session, workspace_id, channel_id) or instead
    if channel is None or channel.state is not ChannelState.ON:
        await attention.lapse_all(session, workspace_id, channel_id)
        return 0
    if channel.next_at is not None and channel.next_at <= now:
        # Its digest is about to be decided, and takes along or gives way.
        await store.put_off(session, workspace_id, channel_id, now + A_MOMENT)
        return 0
    return await attention.settle(session, workspace_id, channel_id, attention.hours_of(channel, now), now)


def _open(channel: ChannelSettings, now: datetime) -> bool:
    return attention.hours_of(channel, now).opens <= now
