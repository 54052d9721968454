"""The rounds of rules: what came since the last one is brought, all of a channel's rules in one post.

It keeps within the channel's budget of attention like its digest, which somebody asked for too: a rule is a
standing order, and its post comes on a day when nobody asked. Where the day has a place left it goes at the
rule's own hour; else, and where the day's digest is still to come, it rides along in the next digest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention
from bot.desk import Desk
from bot.halting import obstacle
from bot.log_ids import each
from bot.looping import Stumbled, named, one_by_one, went_well
from bot.own_customers import learn
from bot.routing.composing import ROUTED, slot_of
from bot.routing.finding import find
from bot.routing.times import next_round, settings_of
from storage import routes
from storage.attention import Unasked
from storage.routes import Item, Route
from stories.channels import ChannelSettings, ChannelState
from stories.routing.rule import as_kept, rule_of
from stories.schedule import is_stale, local_day


async def route_due(desk: Desk) -> int:
    """Bring what the rules ask for whose moment has come; how many channels got something. For every tick."""
    now, well, brought = desk.now(), True, list[bool]()
    last: Route | None = None
    connected = frozenset(await desk.connections.workspaces())

    async def serve(own: Sequence[Route]) -> None:
        brought.append(await _serve(desk, own))

    while True:
        async with desk.read() as session:
            due = await routes.due(session, now, after=last)
        if not due:
            break
        last = due[-1]
        channels = _by_channel(one for one in due if one.workspace_id in connected)
        well &= await went_well(
            named(serve), partial(one_by_one, each(channels, _workspace), serve, rest=_wait)
        )
    if any(brought):
        desk.wake_outbox()
    if not well:
        raise Stumbled
    return sum(brought)


def _by_channel(due: Iterable[Route]) -> list[list[Route]]:
    """All of a channel's rules together: they make one post."""
    found: dict[tuple[str, str], list[Route]] = {}
    for one in due:
        found.setdefault((one.workspace_id, one.channel_id), []).append(one)
    return list(found.values())


def _workspace(own: Sequence[Route]) -> str:
    return own[0].workspace_id


async def _wait(own: Sequence[Route]) -> None:
    """Those that have to wait stay due, and are passed over: they stand in nobody's way."""


async def _serve(desk: Desk, due: Sequence[Route]) -> bool:
    workspace_id, channel_id = due[0].workspace_id, due[0].channel_id
    client = await desk.connections.client(workspace_id)
    channel = await settings_of(desk, client, workspace_id, channel_id)
    if channel is None:
        return False
    may = await _may_post(desk, client, workspace_id, channel)
    if may:
        await learn(desk, client, workspace_id, channel_id)
    async with desk.database.begin() as session:
        return await _bring(session, due, channel, desk, may=may)


async def _may_post(desk: Desk, client: AsyncWebClient, workspace_id: str, channel: ChannelSettings) -> bool:
    """Whether anything may be posted there now: a paused channel, or one with strangers, hears nothing."""
    if channel.state is not ChannelState.ON:
        return False
    return await obstacle(desk, client, workspace_id, channel) is None


async def _bring(
    session: AsyncSession, due: Sequence[Route], channel: ChannelSettings, desk: Desk, *, may: bool
) -> bool:
    """What is new goes into one post, each thing once; it stays new where nothing may be posted, or late."""
    workspace_id, now = due[0].workspace_id, desk.now()
    last = await routes.last_text(session, workspace_id)
    parts: list[tuple[dict[str, Any] | str, int]] = []
    items: dict[Item, None] = {}
    for route in due:
        rule = rule_of(route.rule)
        following = next_round(channel, rule, now)
        in_time = may and not is_stale(channel.times, route.next_at, now)
        seen = last if in_time else route.seen_text
        moved = await routes.move_on(session, workspace_id, route, next_at=following, seen_text=seen)
        if not moved or not in_time:
            continue
        found = await find(session, workspace_id, rule, channel.channel_id, now, after=route.seen_text)
        known = {replace(item, part=0) for item in items}
        new = [item for item, _shown in found.items if item not in known]
        if new:
            items |= {replace(item, part=len(parts)): None for item in new[: rule.most]}
            parts.append((as_kept(rule), len(new) - len(new[: rule.most])))
    if not items:
        return False
    post_id = await routes.keep(session, workspace_id, channel.channel_id, parts, list(items), now=now)
    await _offer(session, workspace_id, post_id, channel, desk, now)
    return True


async def _offer(
    session: AsyncSession,
    workspace_id: str,
    post_id: int,
    channel: ChannelSettings,
    desk: Desk,
    now: datetime,
) -> None:
    what = Unasked(
        place=channel.channel_id,
        kind=ROUTED,
        slot_key=slot_of(post_id),
        about={"post": post_id, "command": f"{desk.settings.firsthand_channel_command} route"},
    )
    one = await attention.offer(session, workspace_id, what, now=now)
    if not _waits(channel, now):
        await attention.go_if_free(session, workspace_id, one, attention.hours_of(channel, now), now)


def _waits(channel: ChannelSettings, now: datetime) -> bool:
    """Whether a snooze holds it back, or the day's digest is still to come and takes it along."""
    if channel.snoozed_until is not None and channel.snoozed_until > now:
        return True
    return channel.next_at is not None and local_day(channel.times, channel.next_at) == local_day(
        channel.times, now
    )
