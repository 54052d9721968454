"""What stands between the network and the playground: only this machine's own pages and programs get in.

A page of another site could otherwise reach it, either directly (its requests bear a foreign `Origin`) or by
letting its own name lead to 127.0.0.1 (they bear a foreign `Host`).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Message, Scope, Send

from playground.workspace import Workspace

_HOME = frozenset(("localhost", "127.0.0.1", "::1", "[::1]"))
#: Addresses that browsers are sent to by other sites on purpose, or that show nothing without a token.
_OPEN = ("/oauth/", "/openid/", "/.well-known/", "/api/", "/files-pri/", "/upload/", "/actions/")


def _name(host: str) -> str:
    return urlsplit(f"//{host}").hostname or ""


class Guard:
    """Knows by which names the playground is reached: this machine's, and that of `base_url`.

    Without a base_url (an app inside another program, or a test's) every name is let in.
    """

    def __init__(self, base_url: str) -> None:
        self._names = _HOME | {urlsplit(base_url).hostname or ""} if base_url else None

    def lets_in(self, scope: Scope) -> bool:
        """Whether a request or WebSocket may go on, by its Host and, where one is sent, its Origin."""
        if self._names is None:
            return True
        headers = Headers(scope=scope)
        try:
            if _name(headers.get("host", "")) not in self._names:
                return False
            origin = headers.get("origin")
            foreign = origin is not None and urlsplit(origin).netloc != headers.get("host")
        except ValueError:
            return False
        return not foreign or scope["path"].startswith(_OPEN)


async def turn_away(scope: Scope, send: Send) -> None:
    """Refuse a request (403) or a WebSocket."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    body = b'{"error": "This is only for pages and programs on this machine."}'
    head: list[Any] = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 403, "headers": head})
    await send({"type": "http.response.body", "body": body})


class Settled:
    """A connection whose answers leave only when all that changed is on the disk."""

    def __init__(self, workspace: Workspace, send: Send) -> None:
        self._workspace = workspace
        self._send = send
        # Dropping connections on demand needs what uvicorn hides behind its own `send`.
        self.transport = getattr(getattr(send, "__self__", None), "transport", None)

    async def send(self, message: Message) -> None:
        """Send one ASGI message."""
        if message["type"] in ("http.response.start", "websocket.send"):
            self._workspace.settle()
        await self._send(message)
