"""The tick: channels whose digest is due hear it, once, however the clock jumps and whoever else ticks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import digest
from bot.desk import Desk
from bot.halting import halt, obstacle
from storage import channels
from storage.channels import Due
from stories.channels import ChannelSettings, after_snooze, due_digest
from stories.schedule import DigestTimes, next_due, slot_of

log = logging.getLogger(__name__)

Also = Callable[[], Awaitable[object]]

AT_ONCE = 8
"""Channels that are looked at together: their calls to Slack overlap, and no more is in hand than that."""

SETBACK = timedelta(minutes=1)
"""A clock that goes back by more than this was set, not adjusted."""

REST_SECONDS = 300.0
"""How long a channel that could not be served is left alone."""


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


async def tick(desk: Desk) -> int:
    """Serve every channel that is due; returns how many digests were planned."""
    return await Rounds(desk).serve()


class Rounds:
    """The rounds of one process. Everything that must survive it is in the database.

    `also` is what else is looked at in each round.
    """

    def __init__(self, desk: Desk, also: Sequence[Also] = ()) -> None:
        self._desk, self._also = desk, also
        self._latest: datetime | None = None
        self._resting: dict[tuple[str, str], float] = {}
        self.busy = asyncio.Lock()

    async def tick(self) -> None:
        """One round. What goes wrong is logged: the next round tries again."""
        async with self.busy:
            now = self._desk.now()
            if self._latest is None or now < self._latest - SETBACK:
                await self.reconsider(now)
            self._latest = now
            await self.serve()
            for more in self._also:
                await more()

    async def serve(self) -> int:
        """Serve every channel that is due, longest waiting first; returns how many digests were planned."""
        times, planned, last = Times(self._desk.now()), 0, None
        while page := await self._page(times.now, last):
            for start in range(0, len(page), AT_ONCE):
                chunk = [seen for seen in page[start : start + AT_ONCE] if self._may_try(seen)]
                work = (serve(self._desk, seen, times) for seen in chunk)
                planned += self._counted(chunk, await asyncio.gather(*work, return_exceptions=True))
            last = page[-1]
        if planned:
            self._desk.wake_outbox()
        return planned

    async def reconsider(self, now: datetime) -> None:
        """After the clock was set back, or a start: no channel waits for a moment later than its next."""
        times, last = Times(now), None
        while page := await self._later(now, last):
            for start in range(0, len(page), AT_ONCE):
                chunk = page[start : start + AT_ONCE]
                work = (bring_forward(self._desk, seen, times) for seen in chunk)
                self._counted(chunk, await asyncio.gather(*work, return_exceptions=True))
            last = page[-1]

    async def _page(self, now: datetime, last: Due | None) -> tuple[Due, ...]:
        async with self._desk.read() as session:
            return await channels.due(session, now, after=last)

    async def _later(self, now: datetime, last: Due | None) -> tuple[Due, ...]:
        async with self._desk.read() as session:
            return await channels.due_later(session, now + timedelta(days=1), after=last)

    def _may_try(self, seen: Due) -> bool:
        return self._resting.get((seen.workspace_id, seen.channel_id), 0.0) <= _real_time()

    def _counted(self, chunk: Iterable[Due], results: Iterable[bool | BaseException]) -> int:
        """How many went well. One channel's trouble is logged and does not stop the others."""
        planned = 0
        for seen, result in zip(chunk, results, strict=True):
            key = (seen.workspace_id, seen.channel_id)
            self._resting.pop(key, None)
            if isinstance(result, BaseException):
                self._resting[key] = _real_time() + REST_SECONDS
                log.error("channel %s cannot be served: trying again later", seen.channel_id, exc_info=result)
            else:
                planned += result
        return planned


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
                await halt(session, seen.workspace_id, seen.channel_id, against, desk=desk)
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


async def bring_forward(desk: Desk, seen: Due, times: Times) -> bool:
    """Have a channel that waits longer than its schedule says wait no longer; tells whether it did."""
    async with desk.database.begin() as session:
        channel = await channels.get(session, seen.workspace_id, seen.channel_id)
        if channel is None or times.next_of(channel) >= seen.next_at:
            return False
        return await channels.move_on(session, seen.workspace_id, seen, times.next_of(channel))


async def _promising(desk: Desk, seen: Due, now: datetime) -> ChannelSettings | None:
    """The channel, when its digest is not stale and there is something to tell it."""
    async with desk.read() as session:
        channel = await channels.get(session, seen.workspace_id, seen.channel_id)
        if channel is None or due_digest(channel, now) is None:
            return None
        chosen = await digest.decide(session, seen.workspace_id, seen.channel_id, channel.digest, now)
        return channel if chosen else None


@asynccontextmanager
async def ticking(desk: Desk, *also: Also) -> AsyncIterator[None]:
    """Look for due digests for the length of the block; a round that has begun is finished first.

    `also` is what else is looked at in each round.
    """
    rounds = Rounds(desk, also)
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(
        rounds.tick,
        "interval",
        seconds=desk.settings.firsthand_tick_seconds,
        next_run_time=datetime.now(UTC),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.pause()
        async with rounds.busy:
            scheduler.shutdown(wait=False)


def _real_time() -> float:
    return asyncio.get_running_loop().time()
