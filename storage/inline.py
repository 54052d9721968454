"""SQLite statements run where they are asked for, for the one writer.

An async driver for SQLite moves each statement to a thread and back several times, which costs ten times
what the statement does: 900 short transactions a second against several thousand. Statements of a write
are short and indexed, so the writer runs them in place; only taking the lock and the commit, which wait
for other processes and for the disk, go to a thread (see `storage.writer`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import URL, Connection, Pool
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import AsyncAdaptedQueuePool

from storage.prepared import DirectSession, Prepared, Rows, failed

DRIVER = "sqlite+firsthand_inline"


class _Cursor(sqlite3.Cursor):
    """Has the one method more that an async result asks of a cursor."""

    async def _async_soft_close(self) -> None:
        """There is no thread to be told."""


class _Connection(sqlite3.Connection):
    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)


class InlineSqlite(SQLiteDialect_pysqlite):
    """The standard library's driver, offered to SQLAlchemy's async session without a thread between."""

    driver = "firsthand_inline"
    is_async = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:  # noqa: ARG003 the interface names it
        """A pool that an async engine accepts."""
        return AsyncAdaptedQueuePool

    def create_connect_args(self, url: URL) -> Any:
        """The writer's connection is used by one task at a time, now in the loop's thread, now in another."""
        arguments, options = super().create_connect_args(url)
        return arguments, {**options, "check_same_thread": False, "factory": _Connection}


class InlineSession(DirectSession):
    """A session whose statements never wait for a thread, so that none has to be made for them to wait in."""

    def __init__(self, connection: AsyncConnection, sync_connection: Connection) -> None:
        super().__init__(
            bind=connection,
            join_transaction_mode="rollback_only",
            expire_on_commit=False,
            autoflush=False,
        )
        self._connection = sync_connection
        self._dialect = sync_connection.dialect
        self._driver: sqlite3.Connection = sync_connection.connection.dbapi_connection  # type: ignore[assignment]  # ours

    def get_bind(self, *_given: Any, **_named: Any) -> Connection:
        """The one connection; SQLAlchemy's own session would be made to say the same."""
        return self._connection

    async def execute(self, statement: Any, params: Any = None, **options: Any) -> Any:
        """Run a statement where it is asked for."""
        return self.sync_session.execute(statement, params, **options)

    async def run_prepared(self, prepared: Prepared, values: Mapping[str, Any]) -> Rows:
        """What the statement answers, at once."""
        compiled = prepared.compiled(self._dialect, tuple(values))
        parameters = compiled.parameters(values)
        try:
            # Read to the end: a statement that is left in the middle stands in the way of the commit.
            found = self._driver.execute(compiled.sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise failed(error, compiled.sql, self._dialect) from error
        return compiled.rows(found)

    async def run_written(self, sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """What this asks for, at once."""
        try:
            return self._driver.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise failed(error, sql, self._dialect) from error

    async def run_each(self, prepared: Prepared, values: Sequence[Mapping[str, Any]]) -> None:
        """Run the statement once for each of these, at once."""
        compiled = prepared.compiled(self._dialect, tuple(values[0]))
        try:
            self._driver.executemany(compiled.sql, [compiled.parameters(each) for each in values])
        except sqlite3.Error as error:
            raise failed(error, compiled.sql, self._dialect) from error


def register() -> None:
    """Make `sqlite+firsthand_inline://` known to SQLAlchemy."""
    registry.register(DRIVER.replace("+", "."), __name__, InlineSqlite.__name__)
