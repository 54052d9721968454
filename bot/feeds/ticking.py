"""Feeds are read while the bot runs, beside everything else it does: a slow server holds up nothing."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from functools import partial

from bot.desk import Desk
from bot.looping import in_each, looking
from storage import series_feeds

LOOK_EVERY_SECONDS = 60.0


def reading_feeds(desk: Desk) -> AbstractAsyncContextManager[None]:
    """Read feeds for the length of the block; one that is cut off is read again later."""
    everywhere = in_each(desk.connections.workspaces, partial(look, desk))
    return looking("feeds", everywhere, every=LOOK_EVERY_SECONDS)


async def look(desk: Desk, workspace_id: str) -> int:
    """Read the feeds of a workspace whose time has come; how many that were."""
    async with desk.read() as session:
        due = await series_feeds.due(session, workspace_id, desk.now())
    if not due:
        return 0
    # What speaks to other servers takes memory that a bot without feeds can do without.
    from bot.feeds.reading import read_due

    return await read_due(desk, workspace_id)
