"""Looks at SQLite that may take their time: on a thread, with one way there and back for each statement.

SQLAlchemy's own way goes there four times a statement: for a cursor, for the question, for its rows and to
let the cursor go.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Dialect

from storage.held_session import HeldSession
from storage.prepared import Prepared, Rows, failed


class ReadingSession(HeldSession):
    """A session for reading whose prepared statements go to aiosqlite past SQLAlchemy."""

    async def run_prepared(self, prepared: Prepared, values: Mapping[str, Any]) -> Rows:
        """What the statement answers."""
        driver, dialect = self.at_hand or await self.take_hold()
        compiled = prepared.compiled(dialect, tuple(values))
        return compiled.rows(await _found(driver, dialect, compiled.sql, compiled.parameters(values)))

    async def run_written(self, sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """What this asks for."""
        driver, dialect = self.at_hand or await self.take_hold()
        return await _found(driver, dialect, sql, values)


async def _found(driver: Any, dialect: Dialect, sql: str, parameters: Any) -> list[tuple[Any, ...]]:
    try:
        return list(await driver.execute_fetchall(sql, parameters))
    except sqlite3.Error as error:
        raise failed(error, sql, dialect) from error
