"""A migrated database that knows one workspace, folders of notes, and the command line beside it."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from storage import workspaces
from storage.database import open_database
from storage.encryption import Keyring
from tests.conftest import NOW, WORKSPACE

CALL = """\
# How a bakery sends its invoices

Date: 2025-04-03
Customer: Marta Ortega

## What she wanted
To get invoices out before the ovens are hot.

## What happened
Marta printed every order since March, because the export lost the VAT line.

> I do my invoices at four in the morning, with flour on the screen.
"""


@dataclass
class Terminal:
    """Somebody at a terminal, with a database and a folder of notes."""

    folder: Path
    database: Path

    def note(self, name: str, text: str | bytes = CALL) -> Path:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def run(self, *options: str, typed: str | None = None, path: Path | None = None) -> Result:
        """`firsthand interviews import` of the folder; raises what the command line would put into words."""
        where = str(path or self.folder)
        arguments = ["interviews", "import", where, "--author", "U024BE7LH", *options]
        result = CliRunner().invoke(main, arguments, input=typed)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(self.database)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    @property
    def kept(self) -> list[object]:
        return [row[0] for row in self.rows("SELECT title FROM interviews ORDER BY id")]


@pytest.fixture
def terminal(
    tmp_path: Path, database_url: str, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """A terminal whose environment names the database and no Slack token at all."""
    for name in [name for name in os.environ if name.startswith(("SLACK_", "FIRSTHAND_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.chdir(tmp_path)
    asyncio.run(_know(database_url, keyring, WORKSPACE))
    (tmp_path / "notes").mkdir()
    return Terminal(tmp_path / "notes", Path(database_url.removeprefix("sqlite:///")))


async def _know(url: str, keyring: Keyring, workspace: str) -> None:
    database = open_database(url, keyring)
    async with database.begin() as session:
        await workspaces.ensure(session, workspace, name="Test", installed_by=None, now=NOW)
    await database.close()
