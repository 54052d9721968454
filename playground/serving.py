"""Running a playground inside the event loop that is already there, on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import uvicorn
from websockets.exceptions import InvalidState

from playground.server import create_playground
from playground.setup import Setup

_LAST_ANSWERS_SECONDS = 1.0


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: the process belongs to whoever started us.

    Nor does it look every tenth of a second whether it is to end: it is told, and ends with the
    last answer.
    """

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self.ending = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open for connections, and say so."""
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        """Keep the time that answers are stamped with until the end is due."""
        while not self.ending.is_set():
            await self.on_tick(0)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.ending.wait(), timeout=1)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let answers be finished, a second at most."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            # A page or an app may be hanging up at this very moment.
            with contextlib.suppress(InvalidState):
                connection.shutdown()
        for listener in sockets or []:
            listener.close()
        if self.server_state.tasks:
            _done, late = await asyncio.wait(self.server_state.tasks, timeout=_LAST_ANSWERS_SECONDS)
            for task in late:
                task.cancel()
        await self.lifespan.shutdown()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield


@asynccontextmanager
async def serving(setup: Setup, port: int = 0) -> AsyncIterator[str]:
    """Serve until the block ends; yields the base address. Port 0 picks a free one."""
    # With the protocol named, asyncio switches Nagle's algorithm off; otherwise each answer waits 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    app = create_playground(setup, base_url=url)
    config = uvicorn.Config(app, log_level="error", access_log=False, ws="websockets-sansio")
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await server.ready.wait()
        yield url
    finally:
        await app.workspace.close()
        server.ending.set()
        await task
        listener.close()
