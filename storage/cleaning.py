"""Having a database let go of what was deleted from it: its indexes' leftovers, its log, its dead rows.

SQLite overwrites deleted rows (`secure_delete`), but its write-ahead log holds older copies of pages until it
is emptied, and full-text indexes before 3.42 hold deleted words until their parts are merged. PostgreSQL
keeps dead rows until they are vacuumed, and samples of values in its statistics.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from storage.database import Database

_DELETES_SECURELY = (3, 42)
_PAGES = 500
"""Pages of a full-text index that are merged in one transaction: others write in between."""

_PATIENCE_MS = 5_000


def clean(database: Database, tables: Collection[str]) -> bool:
    """Have nothing of what was deleted stay in the file, or in these tables; False when somebody is reading.

    To be called in a thread: it takes as long as it takes. Ask again later when it says False.
    """
    if database.embedded:
        return _embedded(Path(database.url.database or ""))
    _server(database, tables)
    return True


def _embedded(file: Path) -> bool:
    with closing(sqlite3.connect(file, isolation_level=None, timeout=_PATIENCE_MS / 1000)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        if sqlite3.sqlite_version_info < _DELETES_SECURELY:
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"
            ).fetchall():
                _merge(connection, name)
        busy, _log, _done = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy


def _merge(connection: sqlite3.Connection, name: str) -> None:
    """Merge all parts of a full-text index into one, some pages at a time: deleted words are left behind.

    The first merge (negative) takes all parts into one merge, as 'optimize' would; it is done when a further
    one changes nothing. https://sqlite.org/fts5.html#the_merge_command
    """
    pages = -_PAGES
    while True:
        before = connection.total_changes
        connection.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('merge', ?)", (pages,))  # noqa: S608 a table's name
        if connection.total_changes - before < 2:
            break
        pages = _PAGES
        # Whoever waits for the lock gets it.
        time.sleep(0.001)


def _server(database: Database, tables: Collection[str]) -> None:
    # Whoever has no server starts without its driver.
    import psycopg
    from psycopg import sql

    address = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        for name in sorted(tables):
            # Statistics hold samples of values, of rows that are gone too until they are taken anew.
            connection.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(name)))
