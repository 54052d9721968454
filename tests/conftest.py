"""What all tests share: a migrated database of their own, a desk with a clock that tests set."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.connections import OneWorkspace
from bot.desk import Desk
from bot.settings import Settings
from storage import workspaces
from storage.database import Database, open_database
from storage.encryption import Keyring, new_key
from storage.migrating import migrate

WORKSPACE = "T0TEST"
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
"""A Monday morning on which nothing is closed in London."""


class SetClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, moment: datetime = NOW) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment

    def advance(self, by: timedelta) -> None:
        """Move on (or back)."""
        self.moment += by


@pytest.fixture(scope="session")
def migrated_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite file with the current schema, to be copied: migrating takes longer than a test."""
    file = tmp_path_factory.mktemp("template") / "empty.sqlite3"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def database_url(tmp_path: Path, migrated_template: Path) -> str:
    """A database of the test's own."""
    file = tmp_path / "firsthand.sqlite3"
    shutil.copy(migrated_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def keyring() -> Keyring:
    """A key of the test's own."""
    return Keyring([new_key()])


@pytest.fixture
async def database(database_url: str, keyring: Keyring) -> AsyncIterator[Database]:
    """An open database that knows one workspace."""
    opened = open_database(database_url, keyring)
    async with opened.begin() as session:
        await workspaces.ensure(session, WORKSPACE, name="Test", installed_by=None, now=NOW)
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> SetClock:
    """The clock of `desk`."""
    return SetClock()


@pytest.fixture
def settings(database_url: str) -> Settings:
    """Settings of a bot that nobody has connected yet; the port is any that is free."""
    return Settings(
        slack_bot_token="xoxb-test",
        slack_signing_secret="secret",
        slack_api_url="http://127.0.0.1:1/api/",
        database_url=database_url,
        firsthand_port=0,
        firsthand_tick_seconds=0.1,
        _env_file=None,
    )


@pytest.fixture
def desk(settings: Settings, database: Database, clock: SetClock) -> Desk:
    """What listeners and jobs work with."""
    return Desk(settings, database, clock, OneWorkspace(settings))


def file_of(database: Database) -> Path:
    """The file of an embedded database."""
    return Path(make_url(database.url).database or "")


def pytest_xdist_auto_num_workers() -> int:
    """Twice the cores: half of a scenario's time is spent waiting for something to happen."""
    return min(8, 2 * (os.cpu_count() or 1))
