"""The database: SQLite beside the bot by default, PostgreSQL for more than one machine.

Both are used the same way:

    async with database.begin() as session:   # a transaction, durable when the block is left
        ...
    async with database.read() as session:    # a consistent look, never a write
        ...
    async with database.glance() as session:  # prepared statements that look, each by itself
        ...

On SQLite there is one writer; transactions that arrive together share one commit (see `storage.writer`).
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from select import POLLIN, poll
from typing import Any

from sqlalchemy import URL, event, func, make_url, select
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from storage import inline
from storage.encryption import Keyring, attach
from storage.glancing import Glancer
from storage.prepared import Prepared
from storage.reading import ReadingSession
from storage.rows import run_own
from storage.server import LooseSession, ServerSession, Together
from storage.writer import GroupCommitWriter

BUSY_TIMEOUT_MS = 1_500
"""How long SQLite waits for another process's lock; short enough for a modal to answer in two seconds."""

READERS_CACHE_KB = 512
"""What each connection that reads keeps of the file: there are many, and the system keeps it once for all."""


class Database:
    """One database, with a way to write and a way to read. Made by `open_database`."""

    def __init__(
        self, url: URL, keyring: Keyring, *, pool_size: int = 10, busy_timeout_ms: int = BUSY_TIMEOUT_MS
    ) -> None:
        self.url = url
        self.embedded = url.get_backend_name() == "sqlite"
        make = partial(_engine, keyring=keyring, busy_timeout_ms=busy_timeout_ms)
        self._engines = [make(url, pool_size=pool_size, read_only=self.embedded)]
        sessions = ReadingSession if self.embedded else ServerSession
        self._sessions = async_sessionmaker(self._engines[0], class_=sessions, expire_on_commit=False)
        self._loose = async_sessionmaker(self._engines[0], class_=LooseSession, expire_on_commit=False)
        self._together = Together(self._engines[0])
        each_by_itself = self._engines[0].execution_options(isolation_level="AUTOCOMMIT")
        self._glances = async_sessionmaker(each_by_itself, class_=LooseSession, expire_on_commit=False)
        self._writer: GroupCommitWriter | None = None
        self._glancer: Glancer | None = None
        if self.embedded:
            inline.register()
            writing = url.set(drivername=inline.DRIVER)
            self._engines.append(make(writing, pool_size=1, read_only=False))
            self._writer = GroupCommitWriter(self._engines[1])
            self._engines.append(make(writing, pool_size=1, read_only=True))
            self._glancer = Glancer(self._engines[2])

    def begin(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A transaction: committed and durable when the block ends, gone when it raises."""
        return self._writer.begin() if self._writer else self._sessions.begin()

    def step(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Like `begin`, for a person's step that keeps one thing: durable at the latest when the block ends.

        On a server its gathered statements go together with other people's and stand for themselves: what
        they wrote stays when the block raises later (see `storage.server`).
        """
        return self._writer.begin() if self._writer else self._together.lend(self._loose())

    def read(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session for reading alone."""
        return self._sessions()

    def glance(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session for prepared statements that only read, each a look of its own: the cheapest there is."""
        return self._glancer.look() if self._glancer else self._together.lend(self._glances())

    async def close(self) -> None:
        """Let go of every connection."""
        if self._glancer:
            await self._glancer.close()
        if self._writer:
            await self._writer.close()
        await self._together.close()
        for engine in self._engines:
            await engine.dispose()

    def __repr__(self) -> str:
        return f"<Database {self.url.render_as_string(hide_password=True)}>"


def open_database(
    url: str, keyring: Keyring, *, pool_size: int = 10, busy_timeout_ms: int = BUSY_TIMEOUT_MS
) -> Database:
    """The database at `url` (`sqlite:///file` or `postgresql://…`, as people write them).

    `busy_timeout_ms` is how long SQLite waits for another process's lock.
    Raises sqlalchemy.exc.ArgumentError for an address that cannot be read.
    """
    return Database(async_url(url), keyring, pool_size=pool_size, busy_timeout_ms=busy_timeout_ms)


def async_url(url: str) -> URL:
    """The address with the driver that the bot uses: aiosqlite, or psycopg 3."""
    parsed = make_url(url.replace("postgres://", "postgresql://", 1))
    driver = "sqlite+aiosqlite" if parsed.get_backend_name() == "sqlite" else "postgresql+psycopg"
    return parsed.set(drivername=driver)


def database_file(url: str) -> Path | None:
    """The file of an embedded database; None for a server."""
    parsed = async_url(url)
    embedded = parsed.get_backend_name() == "sqlite" and parsed.database
    return Path(parsed.database or "") if embedded else None


async def database_time(session: AsyncSession) -> datetime:
    """The database's own clock, which all processes share: leases are reckoned in it."""
    found = (await run_own(session, _TIME, {})).scalar_one()
    if isinstance(found, str):
        return datetime.fromisoformat(found).replace(tzinfo=UTC)
    moment: datetime = found
    return moment.astimezone(UTC)


# Built once: every post that is planned asks.
_TIME = {
    "sqlite": Prepared(select(func.strftime("%Y-%m-%d %H:%M:%f", "now").label("time"))),
    "postgresql": Prepared(select(func.clock_timestamp().label("time"))),
}


def _engine(
    url: URL, *, keyring: Keyring, pool_size: int, read_only: bool, busy_timeout_ms: int
) -> AsyncEngine:
    """An engine whose errors do not repeat what was to be stored: they are logged, customers’ words never."""
    if url.get_backend_name() == "sqlite":
        engine = create_async_engine(
            url, pool_size=pool_size, max_overflow=0, pool_timeout=2, hide_parameters=True
        )
        event.listen(engine.sync_engine, "connect", _sqlite_settings(busy_timeout_ms, read_only=read_only))
        event.listen(engine.sync_engine, "begin", _begin_now(read_only=read_only))
        if not read_only:
            _refuse_a_moved_file(engine, Path(url.database or ""))
    else:
        connect = {"connect_timeout": 2, "options": "-c timezone=UTC"}
        engine = create_async_engine(
            url,
            # Connections beyond the size would be opened and closed again with every crowd.
            pool_size=2 * pool_size,
            max_overflow=0,
            connect_args=connect,
            hide_parameters=True,
        )
        event.listen(engine.sync_engine, "checkout", _refuse_a_dead_one)
    attach(engine.sync_engine, keyring)
    return engine


def _refuse_a_dead_one(connection: Any, _record: Any, _proxy: Any) -> None:
    """Have the pool open a new connection in place of one that the server has hung up on.

    Nothing is to be read from an idle connection but its end (or a notice before it). Asking the server,
    as SQLAlchemy would, costs as much as a statement.
    """
    driver = connection.driver_connection
    if driver.closed or _readable(driver.fileno()):
        raise DisconnectionError("the server has closed this connection")


def _readable(descriptor: int) -> bool:
    waiting = poll()
    waiting.register(descriptor, POLLIN)
    return bool(waiting.poll(0))


def _refuse_a_moved_file(engine: AsyncEngine, path: Path) -> None:
    """SQLite goes on writing to a file that was moved or deleted: what it took would be nowhere to be found.

    A transaction then raises ConnectionError, until the same file is back or the process starts anew: opening
    the path again would make an empty database beside what is left of the old one.
    """

    def remember(_connection: Any, record: Any) -> None:
        record.info["file"] = _identity(path)

    def check(connection: Any) -> None:
        if connection.info["file"] != _identity(path):
            raise ConnectionError(f"the database file {path} was moved or replaced while it was open")

    event.listen(engine.sync_engine, "connect", remember)
    event.listen(engine.sync_engine, "begin", check, insert=True)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _sqlite_settings(busy_timeout_ms: int, *, read_only: bool) -> Any:
    """Durable (FULL: an acknowledged commit survives power loss), and deleted bytes are overwritten."""

    def configure(connection: Any, _record: Any) -> None:
        # The driver's own implicit BEGIN would come too late for BEGIN IMMEDIATE.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout = {busy_timeout_ms}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
            f"query_only = {'ON' if read_only else 'OFF'}",
            *((f"cache_size = {-READERS_CACHE_KB}",) if read_only else ()),
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return configure


def _begin_now(*, read_only: bool) -> Any:
    """Take the write lock at the start: a transaction that upgrades later can fail at its last step."""
    statement = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    def begin(connection: Any) -> None:
        connection.exec_driver_sql(statement)

    return begin
