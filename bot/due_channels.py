"""Serving a workspace's channels whose digest is due: most have nothing to hear, and move on together."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import digests_together
from bot.attention_rounds import tell_soon
from bot.delivery.calling import retry_after
from bot.desk import Desk
from bot.digests_together import Absent, Going
from bot.halting import halt, obstacle
from bot.own_customers import left_out_of
from storage import channels, promising
from storage.channels import Due
from stories.channels import ChannelSettings, StopReason, after_snooze, due_digest
from stories.digest import FRESH_FOR
from stories.errors import UserError
from stories.schedule import DigestTimes, next_due, slot_of

ASKED_AT_ONCE = 4
"""Channels of a workspace about whose readers Slack is asked at a time."""

Known = Mapping[str, ChannelSettings | UserError]

Served = bool | BaseException
"""What became of a channel: whether it gets a digest, or what stood in the way."""


class Times:
    """When digests are next due, reckoned once for each schedule."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._known: dict[tuple[DigestTimes, datetime], datetime] = {}

    def next_of(self, channel: ChannelSettings) -> datetime:
        """When this channel, which is on, hears its next digest."""
        key = (channel.times, after_snooze(channel, self.now))
        if key not in self._known:
            self._known[key] = next_due(*key)
        return self._known[key]


async def promising_of(desk: Desk, workspace_id: str, seen: Sequence[Due], times: Times) -> tuple[Due, ...]:
    """Those of a workspace's due channels that have to be looked at; the others have moved on.

    One with settings that cannot be used is among those to be looked at: what is wrong shows there.
    """
    ids = [one.channel_id for one in seen]
    async with desk.read() as session:
        known = await channels.some(session, workspace_id, ids)
        new = await promising.with_something_new(session, workspace_id, ids, times.now - FRESH_FOR)
    looked_at: list[Due] = []
    moves: list[tuple[Due, datetime | None]] = []
    for one in seen:
        channel = known.get(one.channel_id)
        if channel is None:
            continue
        if isinstance(channel, UserError) or _may_hear(channel, one.channel_id in new, times.now):
            looked_at.append(one)
        else:
            moves.append((one, times.next_of(channel)))
    if moves:
        async with desk.database.begin() as session:
            await channels.move_on_many(session, workspace_id, moves)
    return tuple(looked_at)


async def serve(
    desk: Desk, client: AsyncWebClient, workspace_id: str, seen: Sequence[Due], times: Times
) -> dict[Due, Served]:
    """Serve some due channels of a workspace; tells what became of each.

    Slack is asked who reads along before the transaction, and only where there is something to tell. In
    the transaction the channels move on first: whoever else looks at them now finds them served.
    Where it fails for several, each is served alone: one channel's trouble stops no other.
    """
    work = _serve(desk, client, workspace_id, seen, times)
    (result,) = await asyncio.gather(work, return_exceptions=True)
    if isinstance(result, dict):
        return result
    if len(seen) == 1:
        return {seen[0]: result}
    found: dict[Due, Served] = {}
    for one in seen:
        found |= await serve(desk, client, workspace_id, [one], times)
    return found


async def bring_forward(desk: Desk, workspace_id: str, seen: Sequence[Due], times: Times) -> None:
    """Have channels that wait longer than their schedule says wait no longer."""
    async with desk.read() as session:
        known = await channels.some(session, workspace_id, [one.channel_id for one in seen])
    sooner: list[tuple[Due, datetime | None]] = []
    for one in seen:
        channel = known.get(one.channel_id)
        if isinstance(channel, ChannelSettings) and times.next_of(channel) < one.next_at:
            sooner.append((one, times.next_of(channel)))
    if sooner:
        async with desk.database.begin() as session:
            await channels.move_on_many(session, workspace_id, sooner)


async def _serve(
    desk: Desk, client: AsyncWebClient, workspace_id: str, seen: Sequence[Due], times: Times
) -> dict[Due, Served]:
    async with desk.read() as session:
        known = await channels.some(session, workspace_id, [one.channel_id for one in seen])
        wanted = {c.channel_id: c.digest for c in _usable(known) if due_digest(c, times.now)}
        chosen = await digests_together.decide(session, workspace_id, wanted, times.now)
    asked = [channel for channel in _usable(known) if channel.channel_id in chosen]
    against = await _readers(desk, client, workspace_id, asked)
    absent = await left_out_of(desk, client, workspace_id, list(chosen))
    served: dict[Due, Served] = {}
    left: list[Due] = []
    for one in seen:
        channel, found = known.get(one.channel_id), against.get(one.channel_id)
        if isinstance(channel, UserError):
            served[one] = channel
        elif isinstance(found, BaseException):
            served[one] = found
        elif found is not None:
            served[one] = await _halted(desk, workspace_id, one.channel_id, found)
        else:
            left.append(one)
    planned = await _plan(desk, workspace_id, left, frozenset(chosen), times, absent)
    return served | {one: one.channel_id in planned for one in left}


async def _plan(
    desk: Desk,
    workspace_id: str,
    seen: Sequence[Due],
    promising: frozenset[str],
    times: Times,
    absent: Absent,
) -> frozenset[str]:
    """Have these channels move on, and those that promise to hear something hear it; tells which do."""
    async with desk.database.begin() as session:
        ids = [one.channel_id for one in seen]
        known = await channels.some(session, workspace_id, ids, hold=True)
        ours = {one: known.get(one.channel_id) for one in seen}
        moving = {
            one: channel
            for one, channel in ours.items()
            if isinstance(channel, ChannelSettings) and channel.next_at == one.next_at
        }
        await channels.move_on_many(
            session, workspace_id, [(one, times.next_of(channel)) for one, channel in moving.items()]
        )
        due = {
            channel.channel_id: (channel, at)
            for channel in moving.values()
            if channel.channel_id in promising and (at := due_digest(channel, times.now))
        }
        wanted = {channel_id: channel.digest for channel_id, (channel, _at) in due.items()}
        chosen = {}
        if wanted:
            chosen = await digests_together.decide(session, workspace_id, wanted, times.now, absent)
        going = [
            Going(channel=channel, choices=chosen[channel_id], slot=slot_of(channel.times, at))
            for channel_id, (channel, at) in due.items()
            if channel_id in chosen
        ]
        return await digests_together.plan(session, workspace_id, going, times.now) if going else frozenset()


async def _readers(
    desk: Desk, client: AsyncWebClient, workspace_id: str, asked: Sequence[ChannelSettings]
) -> dict[str, StopReason | BaseException | None]:
    """What speaks against posting in each of these channels, or how asking Slack about it ended.

    Once Slack says that it is asked too often, it is asked about none of the others.
    """
    found: dict[str, StopReason | BaseException | None] = {}
    for start in range(0, len(asked), ASKED_AT_ONCE):
        some = asked[start : start + ASKED_AT_ONCE]
        limit = next((one for one in found.values() if _limited(one)), None)
        if limit is not None:
            found |= {channel.channel_id: limit for channel in some}
            continue
        questions = (obstacle(desk, client, workspace_id, channel) for channel in some)
        answers = await asyncio.gather(*questions, return_exceptions=True)
        found |= {channel.channel_id: answer for channel, answer in zip(some, answers, strict=True)}
    return found


async def _halted(desk: Desk, workspace_id: str, channel_id: str, against: StopReason) -> bool:
    async with desk.database.begin() as session:
        halted = await halt(session, workspace_id, channel_id, against, desk=desk)
    if halted is not None:
        await tell_soon(desk, workspace_id, halted.set_up_by)
    desk.wake_outbox()
    return False


def _limited(answer: object) -> bool:
    return isinstance(answer, SlackApiError) and retry_after(answer) is not None


def _usable(known: Known) -> list[ChannelSettings]:
    return [channel for channel in known.values() if isinstance(channel, ChannelSettings)]


def _may_hear(channel: ChannelSettings, has_new: bool, now: datetime) -> bool:
    return due_digest(channel, now) is not None and (has_new or channel.digest.retell)
