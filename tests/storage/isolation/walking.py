"""Calls every function of storage for one workspace and looks for anything of the other."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import types
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from sqlalchemy import TextClause
from sqlalchemy import text as sql
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

import storage
from storage.database import Database
from storage.schema import metadata
from stories.errors import UserError
from tests.storage.isolation.arguments import arguments
from tests.storage.isolation.two_workspaces import OURS, ROOM, THEIRS, Side, fill

Function = Callable[..., Awaitable[Any]]

ACROSS = {
    "avatar_pictures.named": "a name of 192 random bits, which says whose it is",
    "avatar_comments.turned": "a round's own look over all workspaces; each row names its owner",
    "bulk.among": "builds a condition, reads nothing",
    "bulk.insert_many": "puts in what it is given",
    "bulk.is_sqlite": "asks which database this is",
    "bulk.make_room": "sets how much SQLite keeps at hand",
    "channels.due": "the schedule's own look over all workspaces; each row names its owner",
    "channels.due_later": "the same",
    "checkup.try_writing": "writes nothing",
    **dict.fromkeys(("checkup.unreadable", "checkup.workers_silent", "secrets_held.closed"), "an operator's"),
    "connections.by_organisation": "the workspaces of one organisation's installation",
    "connections.live": "every workspace that is connected",
    "connections.to_delete": "every workspace whose time is over",
    "customer_links.check": "the secret itself says whose it is; compared in constant time",
    "database.database_time": "asks the clock",
    "erasing.with_unfinished": "the ids of workspaces in which something is being erased",
    "search_due.erasures_anywhere": "a number and a count, of all workspaces together",
    "homes_due.caught_up": "the value carries its owner",
    "homes_due.put_there": "the value carries its owner",
    "link_secrets.what_opens": "the secret itself says whose it is; compared in constant time",
    "looking.with_work": "the ids of workspaces whose outbox has work",
    **dict.fromkeys(
        [f"measuring.{name}" for name in ("interventions", "outboxes", "overdue", "rests", "sources")],
        "counts of every workspace by its id, without a name or a word",
    ),
    "milestones.due": "the schedule's own look over all workspaces; each row names its owner",
    **dict.fromkeys(("nps_keys.answered", "nps_keys.remember", "nps_keys.used"), "the key carries its owner"),
    "nps_keys.check": "the secret itself says whose it is; compared in constant time",
    "project_pins.due": "the schedule's own look over all workspaces; each row names its owner",
    "projects.due": "the schedule's own look over all workspaces; each row names its owner",
    "receipts.forget_old": "what Slack sent too long ago, whoever it was for",
    "receipts.take_over": "what another process left; the value names its owner",
    "routes.due": "a round's own look over all workspaces; each row names its owner",
    "routes.turned": "a round's own look over all workspaces; each row names its owner",
    "rows.add": "puts in what it is given",
    "rows.add_many": "puts in what it is given",
    "rows.add_new": "puts in what it is given",
    "rows.add_new_many": "puts in what it is given",
    "rows.add_once": "puts in what it is given",
    "rows.run": "runs what it is given",
    "rows.run_own": "runs what it is given",
    "rows.run_written": "runs what it is given",
    "rows.run_several": "runs what it is given",
    "rows.run_each": "runs what it is given",
    "screens.check": "the secret itself says whose it is; compared in constant time",
    "search_due.workspaces": "the ids of workspaces in which something cannot be found yet",
    "search_texts.lingers": "whether deleted words are anywhere in the whole index",
    "search_texts.purge": "merges deleted words out of the whole index",
    "sending.give_back": "the value carries its owner",
    "sending.record": "the value carries its owner",
    "sending.record_sent": "the values carry their owner",
    "tracker_comments.slot_of": "puts a text together",
    "trackers.by_key": "a key of 192 random bits, which says whose it is",
    "web_sessions.check": "the secret itself says whose it is; compared in constant time",
    "workspaces.known": "every workspace",
    "versions.found": "the number of the schema, which all workspaces have in common",
}
"""Functions that take no workspace, and why."""

REFUSALS = (LookupError, UserError, IntegrityError, ValueError)
"""How a function may answer to rows that are not this workspace's."""


@dataclass(frozen=True, slots=True)
class Walked:
    """What became of calling one function: what leaked, and whether the call found or changed anything."""

    name: str
    leaks: tuple[str, ...]
    did_something: bool


class _Undone(Exception):
    """Takes back what a call did."""


def functions() -> Iterator[tuple[str, Function]]:
    """Every public function of storage that takes a session, as `module.name`."""
    for found in pkgutil.iter_modules(storage.__path__):
        module = importlib.import_module(f"storage.{found.name}")
        for name, thing in vars(module).items():
            own = inspect.isfunction(thing) and thing.__module__ == module.__name__
            if own and not name.startswith("_") and next(iter(_names(thing)), "") == "session":
                yield f"{found.name}.{name}", thing


def owned() -> Iterator[tuple[str, Function]]:
    """Those that take the workspace right after the session."""
    return ((name, one) for name, one in functions() if _names(one)[:2] == ["session", "workspace_id"])


def _names(function: Callable[..., Any]) -> list[str]:
    return list(inspect.signature(function).parameters)


class Walk:
    """Calls functions on a filled database, one at a time, and takes back what each did."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._baseline: Mapping[str, object] = {}

    async def begin(self) -> None:
        """Fill both workspaces, and remember what stands in theirs."""
        await fill(self._database)
        async with self._database.begin() as session:
            self._baseline = await everything(session, THEIRS)

    async def step(self, name: str, function: Function) -> Walked:
        """Call it as our workspace, once about our rows and once about theirs.

        Raises Unknown where nobody has said how to call it, and what the first call raises.
        """
        ours = await self._called(name, function, OURS)
        theirs = await self._called(name, function, THEIRS)
        return Walked(name, (*ours.leaks, *theirs.leaks), ours.did_something)

    async def _called(self, name: str, function: Function, about: Side) -> Walked:
        given = arguments(function, name, about)
        refused = REFUSALS if about is THEIRS else ()
        answer, leaks, wrote = None, list[str](), False
        with suppress(_Undone):
            async with self._database.begin() as session:
                before = await _written(session)
                try:
                    answer = await function(session, OURS.workspace_id, **given)
                    await session.flush()
                except refused:
                    raise _Undone from None
                leaks += [f"{name} answers {found!r}" for found in _theirs(answer, set(_numbers(given)))]
                wrote = await _written(session) != before
                changed = await self._changed(session) if wrote else ()
                leaks += [f"{name} changes {table} of theirs" for table in changed]
                raise _Undone
        return Walked(name, tuple(leaks), bool(answer) or wrote)

    async def _changed(self, session: AsyncSession) -> list[str]:
        """The tables in which their rows are not what they were."""
        now = await everything(session, THEIRS)
        return [table for table, rows in self._baseline.items() if now[table] != rows]


async def _written(session: AsyncSession) -> object:
    """Something that differs once anything was written in this transaction."""
    if session.get_bind().dialect.name == "postgresql":
        # The number of a transaction is given with its first write.
        return (await session.execute(sql("SELECT pg_current_xact_id_if_assigned()::text"))).scalar_one()
    return (await session.execute(sql("SELECT total_changes()"))).scalar_one()


async def everything(session: AsyncSession, side: Side) -> dict[str, object]:
    """Every row of a workspace by table, the full-text index with them, as the database writes them."""
    query = _EVERY_ROW[session.get_bind().dialect.name]()
    rows: dict[str, list[str]] = {name: [] for name, _owner, _columns in _tables()}
    for table, row in await session.execute(query, {"one": side.workspace_id}):
        rows[table].append(row)
    return {table: sorted(found) for table, found in rows.items()}


@cache
def _tables() -> tuple[tuple[str, str, list[str]], ...]:
    """Each table that workspaces own, the column that says whose a row is, and all columns."""
    named = [("id" if one.name == "workspaces" else "workspace_id", one) for one in metadata.sorted_tables]
    found = ((table.name, owner, list(table.c.keys())) for owner, table in named if owner in table.c)
    return (*found, ("story_words", "workspace_id", ["words"]))


@cache
def _on_sqlite() -> TextClause:
    return _in_one(
        (name, owner, "||','||".join(f'quote("{one}")' for one in c)) for name, owner, c in _tables()
    )


@cache
def _on_postgresql() -> TextClause:
    return _in_one((name, owner, f"CAST({name} AS text)") for name, owner, _columns in _tables())


_EVERY_ROW = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}


def _in_one(tables: Iterable[tuple[str, str, str]]) -> TextClause:
    """One statement for all tables: one for each took most of the walk's time."""
    return sql(
        " UNION ALL ".join(
            f"SELECT '{name}', {row} FROM {name} WHERE {owner} = :one" for name, owner, row in tables
        )
    )


def _theirs(value: Any, known: set[int]) -> Iterator[object]:
    """What of the other workspace stands in a value: its word, its id, or a number of one of its rows."""
    for part in parts(value):
        if isinstance(part, int):
            if THEIRS.base <= part < THEIRS.base + ROOM and part not in known:
                yield part
        elif THEIRS.mark in part.lower() or THEIRS.workspace_id in part:
            yield part


def _numbers(value: Any) -> Iterator[int]:
    return (part for part in parts(value) if isinstance(part, int))


def parts(value: Any) -> Iterator[Any]:
    """Every text and number in a value, however deep."""
    if isinstance(value, (str, int)):
        yield value
    elif isinstance(value, bytes):
        yield value.decode(errors="replace")
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from parts(key)
            yield from parts(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from parts(getattr(value, one.name))
    elif isinstance(value, (list, tuple, set, frozenset, types.GeneratorType)):
        for one in value:
            yield from parts(one)
