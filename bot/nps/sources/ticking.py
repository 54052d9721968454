"""Sources are pulled from while the bot runs, beside everything else it does."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from functools import partial

from bot.desk import Desk
from bot.looping import in_each, looking
from bot.nps.interview_scores import follow_interviews
from storage import nps_sources

LOOK_EVERY_SECONDS = 60.0


def pulling(desk: Desk) -> AbstractAsyncContextManager[None]:
    """Look after sources for the length of the block. A pull that is cut off goes on where it was."""
    everywhere = in_each(desk.connections.workspaces, partial(look, desk))
    return looking("surveys", everywhere, every=LOOK_EVERY_SECONDS)


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
