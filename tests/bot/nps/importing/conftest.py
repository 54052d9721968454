"""A workspace's database, and files to import into it by the command."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands.nps import nps
from storage import workspaces
from storage.database import open_database
from storage.encryption import Keyring, new_key
from tests.conftest import NOW, WORKSPACE

AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
Import = Callable[..., Result]


@pytest.fixture
def run_nps(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Import:
    """`firsthand nps …` on a database that knows one workspace, in a folder of its own."""
    import asyncio

    async def prepare() -> None:
        opened = open_database(database_url, Keyring([new_key()]))
        async with opened.begin() as session:
            await workspaces.ensure(session, WORKSPACE, name="Test", installed_by=None, now=NOW)
        await opened.close()

    asyncio.run(prepare())
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(nps, list(arguments), input=typed)

    return run
