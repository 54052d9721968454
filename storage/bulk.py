"""Many values in one statement, as each database likes it best."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
    Dialect,
    Text,
    TextClause,
    any_,
    bindparam,
    func,
    literal,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_many, table_of
from storage.tables import Base


def is_sqlite(session: AsyncSession) -> bool:
    """Whether this session speaks to SQLite; the other is PostgreSQL."""
    return session.get_bind().dialect.name == "sqlite"


async def make_room(session: AsyncSession) -> None:
    """Have SQLite's writer keep more pages at hand, for the length of a process that writes a lot (32 MB)."""
    if is_sqlite(session):
        await session.execute(text("PRAGMA cache_size = -32000"))


def among(session: AsyncSession, column: Any, values: Iterable[str]) -> ColumnElement[bool]:
    """Whether a text column holds one of these: one parameter, however many they are.

    A list of thousands of parameters takes longer to plan than to look up.
    """
    listed = list(values)
    if is_sqlite(session):
        given = func.json_each(literal(json.dumps(listed), Text())).table_valued("value")
        within: ColumnElement[bool] = column.in_(select(given.c.value))
        return within
    fits: ColumnElement[bool] = column == any_(bindparam(None, listed, type_=ARRAY(Text())))
    return fits


async def insert_many(session: AsyncSession, row: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all name the same columns; nothing happens for none."""
    if not rows:
        return
    if is_sqlite(session):
        await add_many(session, row, [dict(one) for one in rows])
        return
    table, names = table_of(row), tuple(rows[0])
    arrays: dict[str, list[Any]] = {name: [one[name] for one in rows] for name in names}
    for name in names:
        if isinstance(table.c[name].type, JSON):
            arrays[name] = [json.dumps(value) for value in arrays[name]]
    await session.execute(_from_arrays(row, names, session.get_bind().dialect), arrays)


@cache
def _from_arrays(row: type[Base], names: tuple[str, ...], dialect: Dialect) -> TextClause:
    """PostgreSQL takes rows as one array a column: a fraction of what as many single statements cost."""
    table = table_of(row)
    kinds = {name: _kind(table.c[name].type, dialect) for name in names}
    given = ", ".join(f"CAST(:{name} AS {kinds[name]}[])" for name in names)
    taken = ", ".join(f"CAST({name} AS json)" if _is_json(table.c[name]) else name for name in names)
    return text(
        f"INSERT INTO {table.name} ({', '.join(names)}) "  # noqa: S608 our own names
        f"SELECT {taken} FROM unnest({given}) AS given ({', '.join(names)})"
    )


def _is_json(column: Any) -> bool:
    return isinstance(column.type, JSON)


def _kind(kind: Any, dialect: Dialect) -> str:
    """The type of an array's elements; JSON travels as text."""
    return "text" if isinstance(kind, JSON) else str(kind.compile(dialect=dialect))
