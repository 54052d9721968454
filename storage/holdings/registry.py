"""What a table holds about people and customers: how their rows are found, and what becomes of them.

Every table and every column that can hold a text says so here; a test walks the schema and names what
nobody has registered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BindParameter,
    Column,
    ColumnElement,
    LargeBinary,
    String,
    Table,
    false,
    select,
)
from sqlalchemy.sql.elements import SQLCoreOperations

from storage.columns import EncryptedText, UtcDateTime
from storage.schema import metadata
from stories.values import dataclass


class About(StrEnum):
    """Whom or what an erasure or an export is about."""

    CUSTOMER = "customer"
    EMPLOYEE = "employee"
    CONVERSATION = "conversation"
    RESPONDENT = "respondent"
    WORKSPACE = "workspace"


@dataclass(frozen=True, slots=True)
class Via:
    """Rows that belong to whom the row of `table` belongs to, whose number stands in `column`."""

    column: str
    table: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What one table holds. Columns that are not numbers, days or flags are each in one of the four lists.

    `customer`: the column with a customer's number, or the way there; their rows go with them. `employee`:
    the same for the person whose row it is, `respondent` for somebody who answered a survey (the column with
    their key, hashed). `names`: columns with a colleague's Slack id where the row is
    not theirs; the id is taken out. `tells`: what somebody wrote, which may name anybody. `plain`: states,
    keys and names of things. `secret`: unreadable at rest. `afresh`: those that are
    emptied when a text changes, so that what was made of it is made anew. `owner` is the column with the
    workspace.
    """

    table: str
    customer: str | Via | None = None
    employee: str | Via | None = None
    respondent: str | Via | None = None
    names: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    afresh: tuple[str, ...] = ()
    owner: str = "workspace_id"

    @property
    def rows(self) -> Table:
        """The table itself. Raises KeyError for one that the schema does not have."""
        return metadata.tables[self.table]

    def way(self, about: About) -> str | Via | None:
        """How rows of somebody are found."""
        if about is About.CUSTOMER:
            return self.customer
        if about is About.CONVERSATION:
            return "id" if self.table == "interviews" else None if self._begins() else self.customer
        return {About.EMPLOYEE: self.employee, About.RESPONDENT: self.respondent}.get(about)

    def _begins(self) -> bool:
        return isinstance(self.customer, str)


def sayable(table: Table) -> Iterator[Column[object]]:
    """The columns of a table that can hold a text, but for whose workspace it is."""
    for column in table.c:
        can = isinstance(column.type, (String, JSON, LargeBinary, EncryptedText))
        if can and not isinstance(column.type, UtcDateTime) and column.name != "workspace_id":
            yield column


class Registry:
    """All holdings, by table."""

    def __init__(self, holdings: Iterable[Holding]) -> None:
        self._known: dict[str, Holding] = {}
        self._sorted: tuple[Holding, ...] = ()
        for one in holdings:
            if one.table in self._known:
                raise ValueError(f"{one.table} is registered twice")
            self._known[one.table] = one

    def __iter__(self) -> Iterator[Holding]:
        return iter(self._known.values())

    def of(self, table: str) -> Holding:
        """What this table holds. Raises KeyError where nobody has registered it."""
        return self._known[table]

    def children_first(self) -> Iterator[Holding]:
        """Every holding, what depends on other rows before these."""
        if not self._sorted:
            # Sorting tables takes longer than deleting from most.
            tables = reversed(metadata.sorted_tables)
            self._sorted = tuple(self._known[one.name] for one in tables if one.name in self._known)
        yield from self._sorted

    def unregistered(self) -> Iterator[str]:
        """Tables, and columns that can hold a text, of which nobody says what they hold."""
        for table in metadata.sorted_tables:
            one = self._known.get(table.name)
            if one is None:
                yield table.name
                continue
            said = {*one.names, *one.tells, *one.plain, *one.secret, one.owner}
            said |= {way for way in (one.customer, one.employee, one.respondent) if isinstance(way, str)}
            yield from (f"{table.name}.{column.name}" for column in sayable(table) if column.name not in said)
            yield from (f"{table.name}.{name} (no such column)" for name in said - set(table.c.keys()))

    def theirs(
        self,
        table: str,
        about: About,
        workspace_id: str | BindParameter[Any],
        key: str | BindParameter[Any],
    ) -> ColumnElement[bool] | SQLCoreOperations[bool]:
        """The condition under which a row of this table is that customer's, or that person's.

        Either value may be a parameter, for a statement that is made once (see `keyed`).
        """
        one = self.of(table)
        way, rows = one.way(about), one.rows
        if way is None:
            return false()
        own = rows.c[one.owner] == workspace_id
        if isinstance(way, Via):
            above = self.of(way.table).rows
            wanted = select(above.c.id).where(self.theirs(way.table, about, workspace_id, key))
            return own & rows.c[way.column].in_(wanted)
        return own & (rows.c[way] == (keyed(about, key) if isinstance(key, str) else key))


def keyed(about: About, key: str) -> int | str:
    """Whom it is about as columns hold it. Raises ValueError for a customer's number that is none."""
    return int(key) if about in (About.CUSTOMER, About.CONVERSATION) else key
