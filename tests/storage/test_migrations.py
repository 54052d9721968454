"""Every revision goes up and down, and what stands is what the models say; on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import psycopg
import pytest
from alembic import command
from alembic.script import ScriptDirectory
from click.testing import CliRunner
from sqlalchemy import create_engine, inspect, text

from bot.commands.migrate import migrate as bring_up
from bot.commands.roll_back import roll_back
from storage.database import database_file, open_database
from storage.encryption import Keyring, new_key
from storage.migrating import configuration, migrate, migrate_down
from storage.versions import is_current, newest
from tests.postgres import hasty_postgres
from tests.storage.isolation.two_workspaces import fill


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path, run_folder: Path) -> Iterator[str]:
    """The address of a database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/new.sqlite3"
        return
    with hasty_postgres(run_folder, migrated=False) as url:
        yield url


def tables(url: str) -> set[str]:
    engine = create_engine(configuration(url).get_main_option("sqlalchemy.url") or "")
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found


RELEASED = "0005"
"""The last revision that others may have been running for a while."""

GIVEN_UP = "project_windows"
"""A table of that revision which is no more: it comes back empty."""


async def fill_all(url: str) -> None:
    database = open_database(url, Keyring([new_key()]))
    await fill(database)
    await database.close()


@contextmanager
def somebody_connected(url: str) -> Iterator[int]:
    """A forgotten process, where a database may have any: how many these are."""
    if url.startswith("sqlite"):
        yield 0
        return
    with psycopg.connect(url, autocommit=True):
        yield 1


def ran(one: click.Command, *arguments: str) -> str:
    """What it says, as an operator runs it."""
    done = CliRunner().invoke(one, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def counts(url: str) -> dict[str, int]:
    """How many rows each table has."""
    engine = create_engine(configuration(url).get_main_option("sqlalchemy.url") or "")
    with engine.connect() as connection:
        found = {
            name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()
            for name in inspect(connection).get_table_names()
            if not name.startswith(("alembic", "sqlite", "story_words_", "procrastinate"))
        }
    engine.dispose()
    return found


def nothing_left(url: str) -> bool:
    """Whether the schema is gone, whole."""
    return tables(url) <= {"alembic_version", "sqlite_sequence"} and not is_current(url)


def test_up_gives_what_the_models_say_rows_stay_through_what_came_since_and_down_leaves_nothing(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One way for all of it: each time through all revisions costs more than most tests."""
    monkeypatch.setenv("DATABASE_URL", empty_url)
    monkeypatch.setenv("FIRSTHAND_KEYS", new_key())
    migrate(empty_url)
    as_the_models_say(empty_url)
    asyncio.run(fill_all(empty_url))
    full = counts(empty_url)
    migrate(empty_url)
    assert counts(empty_url) == full, "once more changes nothing"
    with somebody_connected(empty_url) as others:
        assert (f"{others} other connection" in ran(roll_back, RELEASED, "--yes")) is bool(others)
    kept = counts(empty_url)
    assert kept.pop(GIVEN_UP) == 0
    assert kept == {name: full[name] for name in kept}
    empty = {name for name, rows in kept.items() if not rows}
    assert all(name.startswith("slack_") for name in empty), "Bolt's own tables alone have nothing to lose"
    ran(bring_up)
    command.check(configuration(empty_url))
    again = counts(empty_url)
    assert {name: again[name] for name in kept} == kept
    assert again.keys() == full.keys()
    migrate_down(empty_url, "base")
    assert nothing_left(empty_url)
    migrate(empty_url, RELEASED)
    assert {"stories", "deliveries", "consents"} <= tables(empty_url), "what went left nothing in the way"


def as_the_models_say(url: str) -> None:
    """It is the newest, and what stands is what the models say; a file is for its owner alone."""
    assert is_current(url)
    if file := database_file(url):
        assert file.stat().st_mode & 0o077 == 0, "it is read by its owner alone"
    assert newest() == ScriptDirectory.from_config(configuration(url)).get_current_head()
    command.check(configuration(url))
    assert {"stories", "deliveries", "consents", "story_words"} <= tables(url)
