"""What a process that is connected still has to load: what the bot does is most of its code.

Reading a thousand modules takes longer than everything else a start consists of. The bot is connected first;
whoever asks something of it while the rest is read waits for that, a second or so. Slack gives three.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.desk import Desk
from bot.health import HEALTH_PATHS, health_routes


async def load(*modules: str) -> None:
    """Import these beside what the process does, so that it answers meanwhile. Raises what they raise."""
    for name in modules:
        await asyncio.to_thread(import_module, name)


class Features:
    """All that listens to people: in Slack as Bolt's middleware, on our pages as an ASGI application.

    Both have whoever comes before `add` is done wait; how the bot is is told at once.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._here = asyncio.Event()
        self._pages: ASGIApp = Starlette(routes=health_routes(desk.health, desk.database))

    async def add(self, app: AsyncApp) -> None:
        """Load them, register them with the app and let everybody in. Raises StartError."""
        await load("bot.listeners", "bot.web")
        from bot.app import add_features
        from bot.web import create_web

        add_features(app, self._desk)
        self._pages = create_web(app, self._desk)
        self._here.set()

    async def awaited(self, next: Callable[[], Awaitable[Any]]) -> None:  # noqa: A002 Bolt's name
        """Bolt's middleware: what comes early waits."""
        await self._here.wait()
        await next()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope.get("path") not in HEALTH_PATHS:
            await self._here.wait()
        await self._pages(scope, receive, send)
