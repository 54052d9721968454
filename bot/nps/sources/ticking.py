"""Sources are pulled from while the bot runs, beside everything else it does."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from sqlalchemy.exc import SQLAlchemyError

from bot.desk import Desk
from bot.nps.interview_scores import follow_interviews
from storage import nps_sources

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 60.0
Workspaces = Callable[[], Awaitable[tuple[str, ...]]]


@asynccontextmanager
async def pulling(desk: Desk, workspaces: Workspaces) -> AsyncIterator[None]:
    """Look after sources for the length of the block. A pull that is cut off goes on where it was."""
    task = asyncio.create_task(_keep_looking(desk, workspaces))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def look(desk: Desk, workspace_id: str) -> int:
    """Follow what was scored in conversations, and pull from what is due; how many sources that were."""
    await follow_interviews(desk.database, workspace_id, now=desk.now())
    async with desk.read() as session:
        due = await nps_sources.due(session, workspace_id, desk.now())
    if not due:
        return 0
    # What speaks to other servers takes memory that a bot without such sources can do without.
    from bot.guarded_client import GuardedClient
    from bot.nps.sources.pulling import Puller

    async with GuardedClient(desk.settings.outgoing()) as client:
        return await Puller(desk.database, workspace_id, client, desk.clock).pull_due()


async def _keep_looking(desk: Desk, workspaces: Workspaces) -> None:
    while True:
        try:
            for workspace_id in await workspaces():
                await look(desk, workspace_id)
        except (SQLAlchemyError, TimeoutError, OSError):
            log.exception("the sources of answers were put off")
        await asyncio.sleep(LOOK_EVERY_SECONDS)
