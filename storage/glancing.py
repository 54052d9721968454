"""SQLite's cheapest look: prepared statements run where they are asked for, on a connection that only reads.

The way over a thread and back costs ten times what such a statement does (see `storage.inline`). Nothing is
waited for in place: a lock that somebody holds (another process that recovers the file) raises at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.inline import InlineSession


class GlanceSession(InlineSession):
    """Runs prepared statements alone, each a look of its own."""

    async def execute(self, statement: Any, params: Any = None, **options: Any) -> Any:  # noqa: ARG002 the interface names them
        """Raises TypeError: what is not prepared belongs into `Database.read`."""
        raise TypeError("a glance runs prepared statements alone")


class Glancer:
    """One connection for all glances of a process, opened by the first."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._opening = asyncio.Lock()
        self._connection: AsyncConnection | None = None
        self._session: GlanceSession | None = None

    @asynccontextmanager
    async def look(self) -> AsyncIterator[GlanceSession]:
        """The session for a glance; many may look at the same time."""
        async with self._opening:
            session = self._session or await self._open()
        yield session

    async def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            await self._connection.close()

    async def _open(self) -> GlanceSession:
        self._connection = await self._engine.connect()
        inner = self._connection.sync_connection
        if inner is None:
            raise ConnectionError("the connection for glances is closed")
        cursor = inner.connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 0")
        cursor.close()
        self._session = GlanceSession(self._connection, inner)
        return self._session
