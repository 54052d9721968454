"""Taking a database back to an older schema, for the version of Firsthand before this one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import takewhile
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.starting import unreachable
from storage import backups
from storage.backups import InUse, NotUsable
from storage.database import database_file
from storage.migrating import Link, chain, migrate_down
from storage.places import set_aside
from storage.shapes import no_place, rows
from storage.versions import current
from stories.errors import UserError
from stories.language import _, ngettext
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The way back: from which schema to which, and what goes with each step, the newest first."""

    start: str
    end: str
    undone: Sequence[Link]


def way_back(url: str, to: str) -> Way:
    """What taking the database back to the revision `to` would undo; changes nothing.

    Raises UserError, with what to do, for a revision that is none, is not older, or that this code cannot
    start from, and StartError for a database that is out of reach.
    """
    file = database_file(url)
    if file is not None and not file.exists():
        raise UserError(_("There is no database at {file} yet.").format(file=file))
    try:
        start = current(url)
    except SQLAlchemyError as error:
        raise unreachable(url, error) from error
    links = chain(url)
    numbers = [one.number for one in links]
    if start not in numbers or to not in numbers or to >= start:
        raise UserError(_no_way(start, numbers))
    after_start = links[numbers.index(start) :]
    return Way(start=start, end=to, undone=tuple(takewhile(lambda one: one.number != to, after_start)))


def refuse_open(url: str) -> None:
    """Raises UserError while somebody has an embedded database open; nobody can tell of a server's."""
    file = database_file(url)
    if file is None:
        return
    try:
        with backups.alone(file):
            pass
    except InUse:
        raise UserError(_open(file)) from None


def what_goes(url: str, way: Way) -> Iterator[str]:
    """The tables with rows, and the columns, that the older schema has no place for: a line each."""
    found = no_place(way.start, way.end)
    for name, count in rows(url, found.tables).items():
        if count:
            said = ngettext("{table}, a table with {count} row", "{table}, a table with {count} rows", count)
            yield said.format(table=name, count=count)
    for name, column in found.columns:
        yield _("{column}, a column of the table {table}").format(column=column, table=name)


def go_back(url: str, way: Way, now: datetime) -> Path | None:
    """Go that way. Of an embedded database the former one stays beside it, and its place is told.

    Raises UserError where somebody has it open, or a step fails: then nothing has changed.
    """
    file = database_file(url)
    try:
        if file is None:
            migrate_down(url, way.end)
            return None
        return _in_a_copy(file, way.end, now)
    except InUse:
        raise UserError(_open(file)) from None
    except (NotUsable, SQLAlchemyError, OSError) as error:
        raise UserError(_("Nothing was changed. {reason}.").format(reason=error)) from error


def _in_a_copy(file: Path, end: str, now: datetime) -> Path:
    new = file.with_name(f"{file.name}.going-back")
    kept = file.with_name(f"{file.name}.before-{now:%Y-%m-%dT%H%M%SZ}")
    new.unlink(missing_ok=True)
    try:
        with backups.alone(file):
            before = file.stat()
        backups.copy(file, new)
        migrate_down(f"sqlite:///{new}", end)
        with backups.alone(file):
            # Whoever opened it meanwhile would have left this: its words would be lost.
            if file.stat().st_mtime_ns != before.st_mtime_ns:
                raise InUse
            set_aside(file, kept)
            new.replace(file)
    finally:
        new.unlink(missing_ok=True)
    return kept


def _open(file: Path | None) -> str:
    return _("{file} is open: stop every process of Firsthand first, then run this again.").format(file=file)


def _no_way(start: str | None, numbers: Sequence[str]) -> str:
    if start is not None and start not in numbers:
        said = _(
            "The database is of schema {start}, which this version does not know: run this with the version "
            "that made it."
        )
        return said.format(start=start)
    older = [number for number in numbers if start is not None and number < start]
    if not older:
        return _("The database has no older schema to go back to.")
    said = _("Name the schema to go back to, one of {newest} … {oldest}. The database is of {start}.")
    return said.format(newest=older[0], oldest=older[-1], start=start)
