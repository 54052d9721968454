"""What an older schema has no place for, and how much of it there is in a database."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine, func, inspect, select
from sqlalchemy.sql import quoted_name, table

from storage.migrating import migrate, migrate_down
from storage.versions import CONNECT_SECONDS, sync_url
from stories.values import dataclass

_BEHIND = ("story_words", "search_words", "alembic_", "sqlite_")
"""How the names of tables begin that hold nothing of their own: full text, and the tools' book-keeping."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPlace:
    """Whole tables, and columns (table, column) of tables that stay."""

    tables: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]


def no_place(start: str, end: str) -> NoPlace:
    """What the schema `start` has and the older one `end` has not: both are made, empty, for a moment."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder)}/empty.sqlite3"
        migrate(url, start)
        before = _shape(url)
        migrate_down(url, end)
        after = _shape(url)
    stay = before.keys() & after.keys()
    return NoPlace(
        tables=tuple(sorted(before.keys() - after.keys())),
        columns=tuple(sorted((name, column) for name in stay for column in before[name] - after[name])),
    )


def rows(url: str, names: tuple[str, ...]) -> Mapping[str, int]:
    """How many rows each of these tables has in the database at `url`."""
    patience = {} if url.startswith("sqlite") else {"connect_timeout": CONNECT_SECONDS}
    engine = create_engine(sync_url(url), connect_args=patience)
    try:
        with engine.connect() as connection:
            return {
                name: connection.execute(
                    select(func.count()).select_from(table(quoted_name(name, quote=True)))
                ).scalar_one()
                for name in names
            }
    finally:
        engine.dispose()


def _shape(url: str) -> dict[str, set[str]]:
    engine = create_engine(url)
    try:
        found = inspect(engine)
        return {
            name: {column["name"] for column in found.get_columns(name)}
            for name in found.get_table_names()
            if not name.startswith(_BEHIND)
        }
    finally:
        engine.dispose()
