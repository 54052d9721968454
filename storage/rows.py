"""The few ways in which rows are put in, shared by the nouns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, overload

from sqlalchemy import CursorResult, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.inline import InlineSession
from storage.prepared import DirectSession, Prepared, Rows
from storage.tables import Base

Values = dict[str, Any]


@overload
async def run(session: AsyncSession, statement: Prepared, values: Values) -> Rows: ...


@overload
async def run(
    session: AsyncSession, statement: Executable, values: Values | list[Values]
) -> CursorResult[*tuple[Any, ...]]: ...


async def run(
    session: AsyncSession, statement: Executable | Prepared, values: Values | list[Values]
) -> CursorResult[*tuple[Any, ...]] | Rows:
    """Run a statement over tables (not mapped classes) that was built once; the cheapest way there is."""
    if isinstance(statement, Prepared):
        if isinstance(session, DirectSession) and isinstance(values, dict):
            return await session.run_prepared(statement, values)
        return Rows((await session.execute(statement.statement, values)).all())
    if isinstance(session, InlineSession):
        return session.sync_session.connection().execute(statement, values)
    return await session.execute(statement, values)  # type: ignore[return-value]  # tables give cursors


async def run_own(session: AsyncSession, either: Mapping[str, Prepared], values: Values) -> Rows:
    """The same of a statement that is another one on each database (see `storage.several.for_each`)."""
    return await run(session, either[session.get_bind().dialect.name], values)


async def run_several(
    session: AsyncSession, asked: Sequence[tuple[Prepared | Mapping[str, Prepared], Values]]
) -> list[Rows]:
    """What each of these answers, asked in one go: none of them waits for another's answer."""
    dialect = session.get_bind().dialect.name
    own = [(one[dialect] if isinstance(one, Mapping) else one, values) for one, values in asked]
    if isinstance(session, DirectSession):
        return await session.run_several(own)
    return [await run(session, one, values) for one, values in own]


async def run_written(session: AsyncSession, sql: str, values: Values) -> list[tuple[Any, ...]]:
    """The rows of a question in the driver's own words (see `storage.prepared.DirectSession`).

    Raises TypeError where the session is not one of `storage.database`.
    """
    if not isinstance(session, DirectSession):
        raise TypeError("only a session that speaks to its driver asks in the driver's words")
    return await session.run_written(sql, values)


async def add(session: AsyncSession, row: type[Base], **values: Any) -> int:
    """Insert one row of a numbered table and return its id."""
    inserted: int = (await run(session, _returning_id(row), values)).scalar_one()
    return inserted


async def add_many(session: AsyncSession, row: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert rows, all with the same columns; nothing happens for none."""
    await run_each(session, _plain(row), rows)


async def run_each(session: AsyncSession, statement: Prepared, rows: list[Values]) -> None:
    """Run a statement that answers nothing once for each of these; nothing happens for none."""
    if not rows:
        return
    if isinstance(session, DirectSession):
        await session.run_each(statement, rows)
    else:
        await run(session, statement.statement, rows)


async def add_new(session: AsyncSession, row: type[Base], **values: Any) -> bool:
    """Insert a row unless one with the same key stands already; tells whether it was new."""
    statement = _unless_known(row, session.get_bind().dialect.name)
    return (await run(session, statement, values)).first() is not None


async def add_once(session: AsyncSession, row: type[Base], **values: Any) -> int | None:
    """Insert one row of a numbered table unless its like stands already; its id, None when it does."""
    statement = _id_unless_known(row, session.get_bind().dialect.name)
    inserted: int | None = (await run(session, statement, values)).scalar_one_or_none()
    return inserted


async def add_new_many(
    session: AsyncSession, row: type[Base], rows: list[Values], *told: str
) -> list[tuple[Any, ...]]:
    """Insert rows of a numbered table, all with the same columns, but for those whose like stands already.

    Tells the id of each that was new, and these columns of it.
    """
    if not rows:
        return []
    statement = _told_unless_known(row, session.get_bind().dialect.name, told)
    return [tuple(found) for found in await run(session, statement, rows)]


def table_of(row: type[Base]) -> Table:
    """The table behind a mapped class. Raises TypeError for a class mapped to something else."""
    table = row.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{row.__name__} is not mapped to a table")
    return table


# Statements are built once a table: building one costs several times what running it does.


@cache
def _plain(row: type[Base]) -> Prepared:
    # Nothing is read back: an executemany could not.
    return Prepared(table_of(row).insert().inline())


@cache
def _returning_id(row: type[Base]) -> Prepared:
    table = table_of(row)
    return Prepared(table.insert().returning(table.c.id))


@cache
def _unless_known(row: type[Base], dialect: str) -> Prepared:
    return Prepared(_unless_it_stands(row, dialect).returning(table_of(row).c.workspace_id))


@cache
def _id_unless_known(row: type[Base], dialect: str) -> Prepared:
    return Prepared(_unless_it_stands(row, dialect).returning(table_of(row).c.id))


@cache
def _told_unless_known(row: type[Base], dialect: str, told: tuple[str, ...]) -> Executable:
    columns = table_of(row).c
    return _unless_it_stands(row, dialect).returning(columns.id, *(columns[name] for name in told))


def _unless_it_stands(row: type[Base], dialect: str) -> sqlite.Insert | postgresql.Insert:
    table = table_of(row)
    insert = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    return insert.on_conflict_do_nothing()
