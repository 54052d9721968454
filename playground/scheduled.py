"""Messages that wait for their time by the workspace's clock."""

from __future__ import annotations

import asyncio

from playground.drafting import draft_from
from playground.posting import post
from playground.workspace import Workspace

_LONGEST_NAP = 3600.0


def post_due(ws: Workspace) -> None:
    """Post what has come due, oldest first.

    A message with metadata never posts, which is a bug of Slack's that its page documents: it is dropped.
    """
    due = [one for one in ws.scheduled.values() if one.post_at <= ws.clock.seconds()]
    for one in sorted(due, key=lambda each: each.post_at):
        del ws.scheduled[one.id]
        ws.notify("scheduled")
        if not one.args.get("metadata"):
            post(ws, ws.channels[one.channel_id], ws.app.user_id, draft_from(one.args))


async def wait_for(ws: Workspace, key: str) -> None:
    """Post a scheduled message when its time comes by itself, unless it was posted or withdrawn before."""
    while (one := ws.scheduled.get(key)) is not None:
        left = one.post_at - ws.clock.seconds()
        if left <= 0:
            post_due(ws)
        else:
            await asyncio.sleep(min(left, _LONGEST_NAP))
