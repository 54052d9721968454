"""Feeds are read while the bot runs, beside everything else it does: a slow server holds up nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy.exc import SQLAlchemyError

from bot.desk import Desk
from storage import series_feeds

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 60.0


@asynccontextmanager
async def reading_feeds(desk: Desk) -> AsyncIterator[None]:
    """Read feeds for the length of the block; one that is cut off is read again later."""
    task = asyncio.create_task(_keep_looking(desk))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def look(desk: Desk, workspace_id: str) -> int:
    """Read the feeds of a workspace whose time has come; how many that were."""
    async with desk.read() as session:
        due = await series_feeds.due(session, workspace_id, desk.now())
    if not due:
        return 0
    # What speaks to other servers takes memory that a bot without feeds can do without.
    from bot.feeds.reading import read_due

    return await read_due(desk, workspace_id)


async def _keep_looking(desk: Desk) -> None:
    while True:
        try:
            for workspace_id in await desk.connections.workspaces():
                await look(desk, workspace_id)
        except (SQLAlchemyError, TimeoutError, OSError):
            log.exception("the market feeds were put off")
        await asyncio.sleep(LOOK_EVERY_SECONDS)
