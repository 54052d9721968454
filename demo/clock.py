"""The playground's clock, read by the demo's bot: the one place where the two are wired together in time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

import httpx

from playground.controlling import plain_http

log = logging.getLogger(__name__)
ASK_SECONDS = 0.5
"""How often the playground is asked what time it is; people jump with its clock and want to see it work."""


class PlaygroundClock:
    """Real time plus what the playground's people set its clock ahead or back."""

    def __init__(self) -> None:
        self._ahead = timedelta(0)

    def now(self) -> datetime:
        """This moment in the playground, aware, in UTC."""
        return datetime.now(UTC) + self._ahead

    def follow(self, now: datetime) -> None:
        """Take over what the playground says the time is."""
        self._ahead = now - datetime.now(UTC)


@asynccontextmanager
async def following(url: str) -> AsyncIterator[PlaygroundClock]:
    """A clock that follows the playground at `url` for the length of the block."""
    clock = PlaygroundClock()
    async with plain_http(base_url=url, timeout=5) as client:
        await _ask(client, clock)
        task = asyncio.create_task(_keep_asking(client, clock))
        try:
            yield clock
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def _keep_asking(client: httpx.AsyncClient, clock: PlaygroundClock) -> None:
    while True:
        await asyncio.sleep(ASK_SECONDS)
        try:
            await _ask(client, clock)
        except httpx.HTTPError as error:
            log.warning("the playground's clock is out of reach: %s", error)


async def _ask(client: httpx.AsyncClient, clock: PlaygroundClock) -> None:
    answer = (await client.get("/control/clock")).raise_for_status()
    clock.follow(datetime.fromisoformat(answer.json()["now"]))
