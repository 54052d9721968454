"""Another process that holds the database, beside a bot that must say so soon."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event

from storage.database import BUSY_TIMEOUT_MS, Database
from tests.conftest import file_of

BUSY_MS = 60
"""How long the database of these tests waits for a lock: what counts is how often it does."""


@dataclass
class Waits:
    """How often the bot came to wait for the lock."""

    number: int = 0

    def count(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        """One more, if this statement is what waits."""
        self.number += statement == "BEGIN IMMEDIATE"

    @property
    def seconds_outside_tests(self) -> float:
        """What these waits come to with the time that the bot allows each."""
        return self.number * BUSY_TIMEOUT_MS / 1000


@asynccontextmanager
async def locked(database: Database) -> AsyncIterator[Waits]:
    """Another process holds the write lock.

    It is taken without keeping the event loop waiting: the bot may have a transaction open in it.
    """
    waits = Waits()
    engine = database._engines[1].sync_engine
    with closing(sqlite3.connect(file_of(database), isolation_level=None, timeout=0)) as other:
        await _take(other)
        event.listen(engine, "before_cursor_execute", waits.count)
        try:
            yield waits
        finally:
            event.remove(engine, "before_cursor_execute", waits.count)
            other.execute("ROLLBACK")


async def _take(other: sqlite3.Connection) -> None:
    while not _taken(other):
        await asyncio.sleep(0.005)


def _taken(other: sqlite3.Connection) -> bool:
    try:
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    return True
