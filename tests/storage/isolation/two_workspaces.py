"""Two workspaces with rows in every table: alike in all that people or Slack named, told apart by a mark.

Each row is made from the columns of its table, so that a new table is filled without being named here. What
a column may hold, where its type does not say, stands in `CHOSEN`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer, LargeBinary, Table, Text, Time, insert
from sqlalchemy import text as sql
from sqlalchemy.ext.asyncio import AsyncSession

from storage.columns import EncryptedText, UtcDateTime
from storage.database import Database
from storage.schema import metadata
from storage.tables import Base
from tests.conftest import NOW
from tests.storage.isolation.chosen import CHOSEN
from tests.storage.isolation.more import EACH, MORE

FEWER = {"draft_talks"}
"""Tables with one row in each: a function that adds to them needs a draft that has none yet."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two workspaces: its id, the word in all its texts, and where its rows' numbers begin."""

    workspace_id: str
    mark: str
    base: int
    ids: dict[str, list[int]] = field(default_factory=dict)


OURS = Side("T0ALDER", "alder", 3_000_000)
THEIRS = Side("T0BIRCH", "birch", 7_000_000)
ROOM = 1_000_000
"""Numbers that belong to one workspace."""

PEOPLE = ("user_id", "author_id", "owner_id", "reporter_id", "actor_id", "by", "person")
PLACES = ("channel_id", "thread_channel", "posted_in", "place")
ALIKE = (
    "kind",
    "key",
    "hash",
    "state",
    "role",
    "purpose",
    "fingerprint",
    "folded",
    "topic",
    "what",
    "how",
    "tool",
)
"""Columns (or their last words) whose values are the same in both workspaces."""


def alike(name: str, number: int = 0) -> str | None:
    """What a person, a channel or a key of that name is called in both workspaces; None for other texts."""
    last = name.rsplit("_", 1)[-1]
    if name in PEOPLE or last == "by":
        return f"U{number}"
    if name in PLACES:
        return f"C{number}"
    if last == "ts":
        return f"{number + 1}.0"
    if name in ALIKE or last in ("id", *ALIKE):
        return f"{name}-{number}"
    return None


def words(side: Side, about: str) -> str:
    """A text of this workspace alone."""
    return f"{side.mark} shared {about}"


async def fill(database: Database) -> None:
    """Give both workspaces rows in every table that belongs to a workspace, and in the full-text index."""
    async with database.begin() as session:
        for side in (OURS, THEIRS):
            _give_numbers(side)
            for table in _owned():
                for number in range(_many(table)):
                    await _put(session, table, side, number, {})
            for table in _owned():
                for number, values in enumerate(MORE.get(table.name, {}).values(), EACH):
                    await _put(session, table, side, number, values)
            key = "rowid" if database.embedded else "story_id"
            put = f"INSERT INTO story_words ({key}, workspace_id, words) VALUES (:id, :workspace, :words)"
            values = {"id": side.ids["stories"][0], "workspace": side.workspace_id}
            await session.execute(sql(put), values | {"words": words(side, "words")})
        if database.embedded:
            # Numbers given from here on belong to neither.
            await session.execute(sql("UPDATE sqlite_sequence SET seq = 20000000"))


_ONE_EACH = {"workspaces"} | {
    table.name for table in metadata.sorted_tables if [c.name for c in table.primary_key] == ["workspace_id"]
}
_LISTS = {
    f"{mapper.local_table.name}.{name}"  # type: ignore[attr-defined]  # all are mapped to tables
    for mapper in Base.registry.mappers
    for name, kind in mapper.class_.__annotations__.items()
    if "list[" in str(kind)
}


def _owned() -> list[Table]:
    """The tables whose rows belong to a workspace, those that others point at first."""
    return [one for one in metadata.sorted_tables if "workspace_id" in one.c or one.name == "workspaces"]


def _many(table: Table) -> int:
    return 1 if table.name in _ONE_EACH | FEWER else EACH


def _give_numbers(side: Side) -> None:
    """Say which numbers its rows get, before there are any: some name others that come after them."""
    side.ids.clear()
    for table in _owned():
        if "id" in table.c and table.name != "workspaces":
            start, many = side.base + len(side.ids) * 100, _many(table) + len(MORE.get(table.name, {}))
            side.ids[table.name] = list(range(start, start + many))


async def _put(session: AsyncSession, table: Table, side: Side, number: int, values: dict[str, Any]) -> None:
    """Put one row in; one of `MORE` is a second row but for these values."""
    row = {column.name: _value(table, column, side, min(number, EACH - 1)) for column in table.c}
    row |= {name: value(side) if callable(value) else value for name, value in values.items()}
    if table.name == "workspaces":
        row["id"] = side.workspace_id
    elif "id" in table.c:
        row["id"] = side.ids[table.name][number]
    await session.execute(insert(table), row)


def _value(table: Table, column: Column[Any], side: Side, number: int) -> Any:
    name = f"{table.name}.{column.name}"
    if column.name == "workspace_id":
        return side.workspace_id
    if name in CHOSEN:
        chosen = CHOSEN[name]
        return chosen(side, number) if callable(chosen) else chosen
    pointed = [key.column.table.name for key in column.foreign_keys if column.name != "workspace_id"]
    if pointed:
        return side.ids[pointed[0]][number]
    return _by_type(name, column, side, number)


def _by_type(name: str, column: Column[Any], side: Side, number: int) -> Any:
    if isinstance(column.type, JSON):
        return [words(side, name)] if name in _LISTS else {"text": words(side, name)}
    if isinstance(column.type, UtcDateTime):
        return None if column.nullable else NOW - timedelta(hours=number)
    if isinstance(column.type, LargeBinary):
        return words(side, name).encode()
    if isinstance(column.type, EncryptedText):
        return words(side, name)
    if isinstance(column.type, Text):
        return alike(column.name, number) or words(side, f"{name} {number}")
    for kind, value in _PLAIN.items():
        if isinstance(column.type, kind):
            return value(number)
    raise TypeError(f"a row of {name} cannot be made: choose a value in CHOSEN")


_PLAIN: dict[type, Callable[[int], Any]] = {
    Boolean: lambda _: True,
    Integer: lambda number: number + 1,
    Float: lambda _: 0.5,
    Date: lambda number: date(2026, 11, 2 + number),
    Time: lambda _: time(9),
}
