"""Serving a workspace's channels whose digest is due: most have nothing to hear, and move on together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot import digest
from bot.attention_rounds import tell_soon
from bot.desk import Desk
from bot.halting import halt, obstacle
from storage import channels, promising
from storage.channels import Due
from stories.channels import ChannelSettings, after_snooze, due_digest
from stories.digest import FRESH_FOR
from stories.errors import UserError
from stories.schedule import DigestTimes, next_due, slot_of


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
    """Those of a workspace's due channels that have to be looked at one by one; the others have moved on.

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


async def serve(desk: Desk, seen: Due, times: Times) -> bool:
    """Serve one due channel; tells whether it gets a digest.

    Slack is asked who reads along before the transaction, and only when there is something to tell. In
    the transaction the channel moves on first: whoever else looks at it now finds it served.
    """
    channel = await _promising(desk, seen, times.now)
    if channel is not None:
        client = await desk.connections.client(seen.workspace_id)
        against = await obstacle(desk, client, seen.workspace_id, channel)
        if against is not None:
            async with desk.database.begin() as session:
                halted = await halt(session, seen.workspace_id, seen.channel_id, against, desk=desk)
            if halted is not None:
                await tell_soon(desk, seen.workspace_id, halted.set_up_by)
            desk.wake_outbox()
            return False
    async with desk.database.begin() as session:
        known = await channels.get(session, seen.workspace_id, seen.channel_id)
        if known is None or not await channels.move_on(
            session, seen.workspace_id, seen, times.next_of(known)
        ):
            return False
        due = due_digest(known, times.now)
        if channel is None or due is None:
            return False
        composed = await digest.compose(session, seen.workspace_id, seen.channel_id, known.digest, times.now)
        slot = slot_of(known.times, due)
        return composed is not None and bool(
            await digest.plan(session, seen.workspace_id, seen.channel_id, composed, slot=slot, now=times.now)
        )


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


def _may_hear(channel: ChannelSettings, has_new: bool, now: datetime) -> bool:
    return due_digest(channel, now) is not None and (has_new or channel.digest.retell)


async def _promising(desk: Desk, seen: Due, now: datetime) -> ChannelSettings | None:
    """The channel, when its digest is not stale and there is something to tell it."""
    async with desk.read() as session:
        channel = await channels.get(session, seen.workspace_id, seen.channel_id)
        if channel is None or due_digest(channel, now) is None:
            return None
        chosen = await digest.decide(session, seen.workspace_id, seen.channel_id, channel.digest, now)
        return channel if chosen else None
