"""The live line: tells an open page what changed, as far as its person can see it."""

from __future__ import annotations

import asyncio
import contextlib

from starlette.websockets import WebSocket, WebSocketDisconnect

from playground.errors import PersonError
from playground.model import Change, User
from playground.page.asking import same_site, viewer_named
from playground.workspace import Workspace

#: Changes that concern one person only.
PERSONAL = frozenset({"modal", "home", "read", "ephemeral"})


def concerns(workspace: Workspace, viewer: User, change: Change) -> bool:
    """Tell whether a person can see that change at all."""
    if change.kind in PERSONAL:
        return change.user_id == viewer.id
    channel = workspace.channels.get(change.channel_id)
    if channel is None:
        return True
    return (
        viewer.id in channel.members
        or change.user_id == viewer.id
        or (channel.kind == "public" and not viewer.is_guest)
    )


class Live:
    """The WebSocket endpoint `/page/live?as=…` of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def serve(self, socket: WebSocket) -> None:
        """Send `{kind, channel, ts, open}` for each change until the page goes away; `open` counts pages."""
        if not same_site(socket):
            await socket.close(1008)
            return
        try:
            viewer = viewer_named(self._workspace, socket.query_params.get("as", ""))
        except PersonError:
            await socket.close(1008)
            return
        await socket.accept()
        telling = asyncio.create_task(self._tell(socket, viewer))
        try:
            while True:
                await socket.receive_text()
        except WebSocketDisconnect:
            pass
        finally:
            telling.cancel()
            with contextlib.suppress(asyncio.CancelledError, WebSocketDisconnect, RuntimeError):
                await telling

    async def _tell(self, socket: WebSocket, viewer: User) -> None:
        async for change in self._workspace.subscribe():
            if concerns(self._workspace, viewer, change):
                note = {"kind": change.kind, "channel": change.channel_id, "ts": change.ts}
                await socket.send_json(note | {"open": self._workspace.listeners()})
