"""What a process answers on its port, from its first moment to its last."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.health import Health, health_routes
from bot.settings import StartError

FAREWELL_SECONDS = 5
"""How long requests that were taken in have to be answered when the process is to end."""


class Front:
    """What the port answers: how the bot is from its first moment to its last, all else while it is open."""

    def __init__(self, health: Health) -> None:
        self._health = health
        self._closed = Starlette(
            routes=[*health_routes(health), Route("/{path:path}", _not_now, methods=["GET", "POST"])]
        )
        self._inner: ASGIApp | None = None
        self._at_work = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        inner = self._inner
        if inner is None:
            await self._closed(scope, receive, send)
            return
        self._at_work += 1
        self._idle.clear()
        try:
            await inner(scope, receive, send)
        finally:
            self._at_work -= 1
            if not self._at_work:
                self._idle.set()

    @asynccontextmanager
    async def open(self, inner: ASGIApp) -> AsyncIterator[None]:
        """Let this answer for the length of the block; requests that were taken in are answered first."""
        self._inner = inner
        self._health.is_ready()
        try:
            yield
        finally:
            self._health.waits_for = "its end"
            self._inner = None
            with suppress(TimeoutError):
                await asyncio.wait_for(self._idle.wait(), FAREWELL_SECONDS)


async def _not_now(_: Request) -> Response:
    """Slack sends again what was not taken, to whoever is ready."""
    return JSONResponse({"error": "not ready"}, status_code=503)


@asynccontextmanager
async def serving(front: ASGIApp, host: str, port: int, *, setting: str) -> AsyncIterator[None]:
    """Serve HTTP for the length of the block. Raises StartError, naming `setting`, when the port is taken."""
    server = _Server(
        uvicorn.Config(
            front,
            host=host,
            port=port,
            log_level="warning",
            # Its lines are written as ours are; by itself it has a form and a handler of its own.
            log_config=None,
            lifespan="off",
            # Nobody speaks to us through web sockets: what serves them is not even loaded.
            ws="none",
            # By itself it would believe what anybody on this machine says of the client's address.
            proxy_headers=False,
            timeout_graceful_shutdown=FAREWELL_SECONDS,
        )
    )
    task = asyncio.create_task(_serve(server))
    started = asyncio.create_task(server.up.wait())
    await asyncio.wait({task, started}, return_when=asyncio.FIRST_COMPLETED)
    if not server.up.is_set():
        started.cancel()
        raise StartError(
            f"Port {port} on {host} is taken. Is it Firsthand already? If not, set {setting} to another."
        )
    try:
        yield
    finally:
        server.should_exit = True
        await task


class _Server(uvicorn.Server):
    """Leaves the process's signals alone (ours stop all of it in order), and tells when it is up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Bind, and say so."""
        await super().startup(sockets)
        if self.started:
            self.up.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Catch nothing."""
        yield


async def _serve(server: uvicorn.Server) -> None:
    # uvicorn leaves by SystemExit when it cannot bind; the caller sees that it never started, and says it.
    log = logging.getLogger("uvicorn.error")
    log.addFilter(_is_not_of_the_port)
    try:
        with suppress(SystemExit):
            await server.serve()
    finally:
        log.removeFilter(_is_not_of_the_port)


def _is_not_of_the_port(record: logging.LogRecord) -> bool:
    return not isinstance(record.msg, OSError)
