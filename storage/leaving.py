"""Deleting everything of a workspace that left, piece by piece, so that nobody else waits for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from functools import cache

from sqlalchemy import ColumnElement, Integer, bindparam, delete, literal_column, select, table, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from storage.prepared import Prepared
from storage.rows import run, table_of
from storage.schema import metadata
from storage.tables import WorkspaceRow

AT_ONCE = 500
"""Rows that are deleted in one transaction."""

_DELETES_SECURELY = (3, 42)
"""Before this version, FTS5 keeps deleted words in its segments until they are merged."""


async def delete_some(session: AsyncSession, workspace_id: str, *, most: int = AT_ONCE) -> int:
    """Delete up to so many rows of this workspace; returns how many. 0: nothing of it is left, nor itself."""
    if gone := await empty_some(session, workspace_id, most=most):
        return gone
    itself = table_of(WorkspaceRow)
    left = await session.execute(delete(itself).where(itself.c.id == workspace_id).returning(itself.c.id))
    return 0 if left.first() is None else 1


async def empty_some(
    session: AsyncSession, workspace_id: str, *, most: int = AT_ONCE, but: Collection[str] = ()
) -> int:
    """Delete up to so many of its rows, `but` those of some tables; returns how many.

    What depends on other rows goes before them. Full-text indexes are found in the database itself.
    """
    gone = 0
    for name in await _full_text(session):
        gone += await _delete_words(session, name, workspace_id, most - gone)
        if gone >= most:
            return gone
    for name in _children_first():
        if name not in but:
            values = {"workspace": workspace_id, "most": most - gone}
            gone += len((await run(session, _deleting(name), values)).all())
        if gone >= most:
            return gone
    return gone


@cache
def _children_first() -> tuple[str, ...]:
    """The tables with rows of workspaces; sorting them takes longer than emptying most."""
    return tuple(one.name for one in reversed(metadata.sorted_tables) if "workspace_id" in one.c)


@cache
def _deleting(name: str) -> Prepared:
    owned = metadata.tables[name]
    key = tuple(owned.primary_key.columns)
    own = owned.c.workspace_id == bindparam("workspace")
    some = select(*key).where(own).limit(bindparam("most", type_=Integer))
    return Prepared(delete(owned).where(tuple_(*key).in_(some)).returning(key[0]))


async def _full_text(session: AsyncSession) -> tuple[str, ...]:
    """SQLite's full-text indexes, which no foreign key reaches; on PostgreSQL they are tables like others."""
    if session.get_bind().dialect.name != "sqlite":
        return ()
    found = text("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%workspace_id%'")
    return tuple((await session.execute(found)).scalars())


async def _delete_words(session: AsyncSession, name: str, workspace_id: str, most: int) -> int:
    rowid: ColumnElement[int] = literal_column("rowid")
    owner: ColumnElement[str] = literal_column("workspace_id")
    words = table(name)
    some = select(rowid).select_from(words).where(owner == workspace_id).limit(most)
    ids = list((await session.execute(some)).scalars())
    if ids:
        await session.execute(delete(words).where(rowid.in_(ids)))
    if len(ids) < most and sqlite3.sqlite_version_info < _DELETES_SECURELY:
        await session.execute(text(f"INSERT INTO {name} ({name}) VALUES ('optimize')"))  # noqa: S608 a table's name
    return len(ids)
