"""Looks at SQLite that may take their time: on a thread, with one way there and back for each statement.

SQLAlchemy's own way goes there four times a statement: for a cursor, for the question, for its rows and to
let the cursor go.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Dialect

from storage.held_session import HeldSession
from storage.prepared import Prepared, Question, Rows, failed


class ReadingSession(HeldSession):
    """A session for reading whose prepared statements go to aiosqlite past SQLAlchemy."""

    async def run_prepared(self, prepared: Prepared, values: Mapping[str, Any]) -> Rows:
        """What the statement answers."""
        driver, dialect = self.at_hand or await self.take_hold()
        compiled = prepared.compiled(dialect, tuple(values))
        return compiled.rows(await _found(driver, dialect, compiled.sql, compiled.parameters(values)))

    async def run_several(self, asked: Sequence[Question]) -> list[Rows]:
        """What each of these answers, with one way there and back for all."""
        driver, dialect = self.at_hand or await self.take_hold()
        ready = [
            (compiled, compiled.parameters(values))
            for prepared, values in asked
            for compiled in (prepared.compiled(dialect, tuple(values)),)
        ]

        def on_its_thread() -> list[list[tuple[Any, ...]]]:
            inner: sqlite3.Connection = driver._conn  # noqa: SLF001 it runs functions, but offers none for two questions
            return [inner.execute(compiled.sql, given).fetchall() for compiled, given in ready]

        try:
            found = await driver._execute(on_its_thread)  # noqa: SLF001 as above
        except sqlite3.Error as error:
            raise failed(error, "; ".join(compiled.sql for compiled, _ in ready), dialect) from error
        return [compiled.rows(rows) for (compiled, _), rows in zip(ready, found, strict=True)]

    async def run_written(self, sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """What this asks for."""
        driver, dialect = self.at_hand or await self.take_hold()
        return await _found(driver, dialect, sql, values)


async def _found(driver: Any, dialect: Dialect, sql: str, parameters: Any) -> list[tuple[Any, ...]]:
    try:
        return list(await driver.execute_fetchall(sql, parameters))
    except sqlite3.Error as error:
        raise failed(error, sql, dialect) from error
