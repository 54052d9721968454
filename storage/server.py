"""Statements on PostgreSQL's own driver, inside the session's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from sqlalchemy import Dialect

from storage.prepared import DirectSession, Prepared, Rows, failed


class ServerSession(DirectSession):
    """A session whose prepared statements go to psycopg past SQLAlchemy; for one transaction."""

    _at_hand: tuple[psycopg.AsyncConnection[Any], Dialect] | None = None

    async def run_prepared(self, prepared: Prepared, values: Mapping[str, Any]) -> Rows:
        """What the statement answers."""
        driver, dialect = self._at_hand or await self._connect()
        compiled = prepared.compiled(dialect, tuple(values))
        parameters = compiled.parameters(values)
        try:
            cursor = await driver.execute(compiled.sql, parameters)
            return compiled.rows(await cursor.fetchall() if compiled.answers else ())
        except psycopg.Error as error:
            raise failed(error, compiled, dialect) from error

    async def run_each(self, prepared: Prepared, values: Sequence[Mapping[str, Any]]) -> None:
        """Run the statement once for each of these, in one go."""
        driver, dialect = self._at_hand or await self._connect()
        compiled = prepared.compiled(dialect, tuple(values[0]))
        parameters = [compiled.parameters(each) for each in values]
        try:
            if len(parameters) == 1:
                await driver.execute(compiled.sql, parameters[0])
            else:
                async with driver.cursor() as cursor:
                    await cursor.executemany(compiled.sql, parameters)
        except psycopg.Error as error:
            raise failed(error, compiled, dialect) from error

    async def commit(self) -> None:
        """As SQLAlchemy's; the connection goes back to the others."""
        self._at_hand = None
        await super().commit()

    async def rollback(self) -> None:
        """As SQLAlchemy's; the connection goes back to the others."""
        self._at_hand = None
        await super().rollback()

    async def close(self) -> None:
        """As SQLAlchemy's; the connection goes back to the others."""
        self._at_hand = None
        await super().close()

    async def _connect(self) -> tuple[psycopg.AsyncConnection[Any], Dialect]:
        connection = await self.connection()
        driver = (await connection.get_raw_connection()).driver_connection
        if not isinstance(driver, psycopg.AsyncConnection):
            raise TypeError(f"PostgreSQL is reached through psycopg, not {type(driver).__name__}")
        self._at_hand = (driver, connection.dialect)
        return self._at_hand
