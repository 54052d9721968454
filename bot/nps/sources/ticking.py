"""Sources are pulled from while the bot runs, beside everything else it does."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from sqlalchemy.exc import SQLAlchemyError

from bot.desk import Desk
from bot.guarded_client import GuardedClient
from bot.nps.sources.pulling import Puller

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 60.0
Workspaces = Callable[[], Awaitable[tuple[str, ...]]]


@asynccontextmanager
async def pulling(desk: Desk, workspaces: Workspaces) -> AsyncIterator[None]:
    """Pull from due sources for the length of the block. A pull that is cut off goes on where it was."""
    async with GuardedClient(desk.settings.outgoing()) as client:
        task = asyncio.create_task(_keep_pulling(desk, workspaces, client))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def _keep_pulling(desk: Desk, workspaces: Workspaces, client: GuardedClient) -> None:
    while True:
        try:
            for workspace_id in await workspaces():
                await Puller(desk.database, workspace_id, client, desk.clock).pull_due()
        except (SQLAlchemyError, TimeoutError, OSError):
            log.exception("pulling from the sources was put off")
        await asyncio.sleep(LOOK_EVERY_SECONDS)
