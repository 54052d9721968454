"""A database server behind a door that a test opens and closes: away, it refuses whoever knocks."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from sqlalchemy import URL, make_url

from tests.scenarios.conftest import free_port


class Door:
    """Stands between a bot and the server at `url`; closed at first. `self.url` leads through it."""

    def __init__(self, url: str) -> None:
        self._inner = make_url(url)
        self._port = free_port()
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        """The same database, by way of the door."""
        plain: URL = self._inner.set(host="127.0.0.1", port=self._port, query={"sslmode": "disable"})
        return plain.render_as_string(hide_password=False)

    async def open(self) -> None:
        """Let everybody through from now on."""
        self._server = await asyncio.start_server(self._pass, "127.0.0.1", self._port)

    async def close(self) -> None:
        """Throw everybody out, and let nobody in."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in self._writers:
            writer.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        folder = str(self._inner.query.get("host", ""))
        if folder.startswith("/"):
            there = await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{self._inner.port or 5432}")
        else:
            there = await asyncio.open_connection(self._inner.host, self._inner.port or 5432)
        ours = {writer, there[1]}
        self._writers |= ours
        await asyncio.gather(_copy(reader, there[1]), _copy(there[0], writer))
        self._writers -= ours


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while read := await reader.read(65_536):
            writer.write(read)
            await writer.drain()
    with suppress(OSError):
        writer.close()
