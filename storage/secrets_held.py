"""Whether a database holds anything secret, and whether keys open it: looked at before anything is made."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.encryption import Keyring, opens
from storage.rekeying import secret_columns

LATEST = 20
"""Rows of each table, the latest ones, among which a secret is looked for."""

TRIED = 2
"""Secrets of each column that are tried: with a key that is gone none opens."""

_ONE = (
    "SELECT '{table}.{column}' AS place, secret FROM (SELECT secret FROM "
    "(SELECT {column} AS secret FROM {table} ORDER BY {key} LIMIT {latest}) AS late "
    "WHERE secret IS NOT NULL LIMIT {tried}) AS few"
)


async def closed(session: AsyncSession, keyring: Keyring) -> tuple[str, ...]:
    """The columns ("customers.contact") of which one of the latest secrets opens with none of the keys.

    One statement that reads `LATEST` rows of a table at most, for a start; `storage.checkup.unreadable` looks
    through all rows for secrets.
    """
    parts = [
        _ONE.format(
            table=table.name,
            column=column.name,
            key=", ".join(f"{key.name} DESC" for key in table.primary_key.columns),
            latest=LATEST,
            tried=TRIED,
        )
        for table, column in secret_columns()
    ]
    found = (await session.execute(text(" UNION ALL ".join(parts)))).all()
    return tuple(dict.fromkeys(place for place, secret in found if not opens(keyring, bytes(secret))))


def held_in(database_file: Path) -> tuple[str, ...]:
    """The columns of an embedded database that hold a secret, whatever its version; none where it is missing.

    Blocks while it looks. Raises sqlite3.Error for a file that cannot be read, or is no database.
    """
    if not database_file.exists():
        return ()
    with closing(sqlite3.connect(f"{database_file.absolute().as_uri()}?mode=ro", uri=True)) as base:
        return tuple(
            f"{table.name}.{column.name}"
            for table, column in secret_columns()
            if _holds(base, table.name, column.name)
        )


def _holds(base: sqlite3.Connection, table: str, column: str) -> bool:
    there = base.execute("SELECT 1 FROM pragma_table_info(?) WHERE name = ?", (table, column)).fetchone()
    # Names of ours: an older version may have neither of them.
    some = f'SELECT 1 FROM "{table}" WHERE "{column}" IS NOT NULL LIMIT 1'  # noqa: S608
    return there is not None and base.execute(some).fetchone() is not None
