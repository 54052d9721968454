"""The tick: channels whose digest is due hear it, once, however the clock jumps and whoever else ticks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import groupby

import aiohttp
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.connections import PATIENCE_SECONDS, NotConnected, over
from bot.delivery.calling import posting_session, retry_after
from bot.delivery.office import TROUBLE
from bot.desk import Desk
from bot.due_channels import Times, bring_forward, promising_of, serve
from bot.log_ids import about, one_round
from bot.looping import named, went_well
from storage import channels
from storage.channels import Due
from storage.freshening import freshen

log = logging.getLogger(__name__)

Also = Callable[[], Awaitable[object]]

WORKSPACES_AT_ONCE = 8
"""Workspaces that are served side by side: one whose Slack is slow holds up no other."""

TOGETHER = 16
"""Channels of a workspace that are decided in one transaction: what they share is read once."""

SETBACK = timedelta(minutes=1)
"""A clock that goes back by more than this was set, not adjusted."""

FRESHENED_FIRST_SECONDS, FRESHENED_EVERY_SECONDS = 600.0, 86_400.0
"""When a process first, and how often it then, has the database's statistics follow what is stored."""

REST_SECONDS = 300.0
"""How long a channel that could not be served is left alone."""


async def tick(desk: Desk) -> int:
    """Serve every channel that is due; returns how many digests were planned."""
    return await Rounds(desk).serve()


class Rounds:
    """The rounds of one process. Everything that must survive it is in the database.

    `also` is what else is looked at in each round, `lines` connections to Slack for all workspaces. `well` is
    called after a round in which nothing went wrong.
    """

    def __init__(
        self,
        desk: Desk,
        also: Sequence[Also] = (),
        lines: aiohttp.ClientSession | None = None,
        *,
        well: Callable[[], object] = int,
    ) -> None:
        self._desk, self._also, self._lines, self._well = desk, also, lines, well
        self._latest: datetime | None = None
        self._resting: dict[tuple[str, str], float] = {}
        self._planned = 0
        self._freshen_at: float | None = None
        self.busy = asyncio.Lock()

    async def tick(self) -> None:
        """One round. What goes wrong is logged: the next round tries again."""
        async with self.busy:
            with one_round("schedule"):
                await self._once()

    async def _once(self) -> None:
        try:
            await self._round(self._desk.now())
        except TROUBLE as error:
            log.warning("the schedule waits for the database: %s", error)

    async def _round(self, now: datetime) -> None:
        if self._latest is None or now < self._latest - SETBACK:
            await self.reconsider(now)
        self._latest = now
        await self.serve()
        await self._freshen()
        well = True
        for more in self._also:
            if self._desk.stopping.is_set():
                return
            well &= await went_well(named(more), more)
        if well:
            self._well()

    async def _freshen(self) -> None:
        """Now and then, once the start is over: statistics of a young database mislead an old one."""
        if self._freshen_at is None:
            self._freshen_at = _real_time() + FRESHENED_FIRST_SECONDS
        elif _real_time() >= self._freshen_at:
            self._freshen_at = _real_time() + FRESHENED_EVERY_SECONDS
            await freshen(self._desk.database)

    async def serve(self) -> int:
        """Serve every channel that is due, longest waiting first; returns how many digests were planned."""
        times, self._planned = Times(self._desk.now()), 0
        self._resting = {place: until for place, until in self._resting.items() if until > _real_time()}
        await self._each(
            lambda last: self._page(times.now, last), lambda team, seen: self._serve(team, seen, times)
        )
        return self._planned

    async def reconsider(self, now: datetime) -> None:
        """After the clock was set back, or a start: no channel waits for a moment later than its next."""
        times = Times(now)
        await self._each(
            lambda last: self._later(now, last),
            lambda team, seen: bring_forward(self._desk, team, seen, times),
        )

    async def _each(
        self,
        page_after: Callable[[Due | None], Awaitable[tuple[Due, ...]]],
        do: Callable[[str, Sequence[Due]], Coroutine[None, None, None]],
    ) -> None:
        """Do something for the channels of each workspace on each page, some workspaces side by side."""
        room, last = asyncio.Semaphore(WORKSPACES_AT_ONCE), None
        async with asyncio.TaskGroup() as group:
            while not self._desk.stopping.is_set() and (page := await page_after(last)):
                by_workspace = groupby(sorted(page, key=lambda one: one.workspace_id), _workspace)
                for workspace_id, seen in by_workspace:
                    await room.acquire()
                    task = group.create_task(_safely(workspace_id, do(workspace_id, tuple(seen))))
                    task.add_done_callback(lambda _: room.release())
                last = page[-1]

    async def _page(self, now: datetime, last: Due | None) -> tuple[Due, ...]:
        async with self._desk.read() as session:
            return await channels.due(session, now, after=last)

    async def _later(self, now: datetime, last: Due | None) -> tuple[Due, ...]:
        async with self._desk.read() as session:
            return await channels.due_later(session, now + timedelta(days=1), after=last)

    async def _serve(self, workspace_id: str, seen: Sequence[Due], times: Times) -> None:
        awake = [one for one in seen if self._may_try(one)]
        found = await promising_of(self._desk, workspace_id, awake, times) if awake else ()
        for start in range(0, len(found), TOGETHER):
            if self._desk.stopping.is_set():
                return
            chunk = [one for one in found[start : start + TOGETHER] if self._may_try(one)]
            if chunk:
                await self._serve_some(workspace_id, chunk, times)

    async def _serve_some(self, workspace_id: str, seen: Sequence[Due], times: Times) -> None:
        try:
            client = await self._client(workspace_id)
        except NotConnected as lost:
            self._leave_alone(seen[0], lost)
            return
        for one, result in (await serve(self._desk, client, workspace_id, seen, times)).items():
            if isinstance(result, BaseException):
                self._leave_alone(one, result)
            elif result:
                self._planned += 1
                self._desk.wake_outbox()

    async def _client(self, workspace_id: str) -> AsyncWebClient:
        """The workspace's client, over the connections that all workspaces share. Raises NotConnected."""
        own = await self._desk.connections.client(workspace_id)
        return own if self._lines is None else over(self._lines, own)

    def _may_try(self, seen: Due) -> bool:
        places = ((seen.workspace_id, ""), (seen.workspace_id, seen.channel_id))
        return all(self._resting.get(place, 0.0) <= _real_time() for place in places)

    def _leave_alone(self, seen: Due, trouble: BaseException) -> None:
        """One channel's trouble stops no other; a Slack that is asked too often stops its workspace."""
        workspace = (seen.workspace_id, "")
        wait = retry_after(trouble) if isinstance(trouble, SlackApiError) else None
        if wait is not None:
            self._resting[workspace] = _real_time() + wait
            log.info("digests in %s go on in %d s: Slack asks for it", seen.workspace_id, wait)
        elif isinstance(trouble, NotConnected):
            self._resting[workspace] = _real_time() + REST_SECONDS
            log.info("no digests: %s", trouble)
        else:
            self._resting[(seen.workspace_id, seen.channel_id)] = _real_time() + REST_SECONDS
            log.error("channel %s cannot be served: trying again later", seen.channel_id, exc_info=trouble)


@asynccontextmanager
async def ticking(desk: Desk, *also: Also, well: Callable[[], object] = int) -> AsyncIterator[None]:
    """Look for due digests for the length of the block; a round that has begun is finished first.

    `also` is what else is looked at in each round: what goes wrong in one stops no other. `well` is called
    after a round in which nothing did.
    """
    seconds = desk.settings.firsthand_tick_seconds
    async with (
        posting_session(PATIENCE_SECONDS) as lines,
        _ticking(Rounds(desk, also, lines, well=well), seconds),
    ):
        yield


@asynccontextmanager
async def _ticking(rounds: Rounds, seconds: float) -> AsyncIterator[None]:
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(
        rounds.tick,
        "interval",
        seconds=seconds,
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


async def _safely(workspace_id: str, work: Coroutine[None, None, None]) -> None:
    """One workspace's trouble is logged and stops no other."""
    with about(workspace=workspace_id):
        try:
            await work
        except TROUBLE as error:
            log.warning("digests in %s wait for the database: %s", workspace_id, error)
        except Exception:
            log.exception("digests in %s cannot be decided: trying again with the next tick", workspace_id)


def _workspace(seen: Due) -> str:
    return seen.workspace_id


def _real_time() -> float:
    return asyncio.get_running_loop().time()
