"""Writing every secret anew under the newest key, so that an older one can be thrown away."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

from cryptography.fernet import InvalidToken
from sqlalchemy import Column, LargeBinary, Table, literal, select, tuple_, type_coerce, update

from storage.columns import EncryptedText
from storage.database import Database
from storage.encryption import Keyring
from storage.schema import metadata
from stories.values import dataclass

AT_ONCE = 200
"""Secrets that are written anew in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """What became of the secrets in one column: written anew, under the newest key before, unreadable."""

    column: str
    renewed: int = 0
    current: int = 0
    lost: int = 0


def secret_columns() -> tuple[tuple[Table, Column[Any]], ...]:
    """Every column that is secret at rest with its table, in the order of the tables."""
    return tuple(
        (table, column)
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, EncryptedText)
    )


async def renew(database: Database, keyring: Keyring) -> AsyncIterator[Renewed]:
    """Write every secret anew under the first key of `keyring`; tells of each column.

    The bot may run meanwhile: a secret that it changes at the same moment is left as it is then.
    """
    for table, column in secret_columns():
        counts, last = Counter[str](), None
        while True:
            last = await _renew_some(database, keyring, (table, column), last, counts)
            if last is None:
                break
        yield Renewed(column=f"{table.name}.{column.name}", **counts)


async def _renew_some(
    database: Database,
    keyring: Keyring,
    where: tuple[Table, Column[Any]],
    last: tuple[Any, ...] | None,
    counts: Counter[str],
) -> tuple[Any, ...] | None:
    """One piece of a column, the rows after the key `last`; the key of its last row, None at the end."""
    table, column = where
    key, raw = tuple(table.primary_key.columns), type_coerce(column, LargeBinary())
    query = select(*key, raw.label("secret")).where(column.is_not(None)).order_by(*key).limit(AT_ONCE)
    if last is not None:
        query = query.where(tuple_(*key) > last)
    async with database.begin() as session:
        rows = (await session.execute(query)).all()
        for *place, secret in rows:
            try:
                after = keyring.renewed(bytes(secret))
            except InvalidToken:
                counts["lost"] += 1
                continue
            counts["current" if after is None else "renewed"] += 1
            if after is not None:
                same = [one == value for one, value in zip(key, place, strict=True)]
                # As bytes: the column's own type would encrypt them once more.
                change = update(table).where(*same, raw == secret)
                await session.execute(change.values({column: literal(after, LargeBinary())}))
    return tuple(rows[-1][:-1]) if rows else None
