"""firsthand roll-back and migrate: what they change, what they refuse, and that nothing is lost by either."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from bot.__main__ import main
from bot.commands.migrate import migrate
from bot.commands.roll_back import roll_back
from bot.operating import checks_database, rolling_back
from bot.operating.findings import State
from bot.operating.rolling_back import go_back, way_back
from bot.settings import StartError, StorageSettings
from storage.database import Database
from storage.versions import current, is_current, newest
from stories.errors import UserError
from tests.conftest import NOW

OLDER = "0026"


@pytest.fixture
def own(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database's file, which the settings name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.delenv("FIRSTHAND_KEYS", raising=False)
    return tmp_path / "firsthand.sqlite3"


def ran(command: click.Command, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(command, arguments, input=typed, catch_exceptions=False)


def test_it_says_what_goes_asks_and_keeps_what_was_there(own: Path, database_url: str) -> None:
    own.chmod(0o644)
    before = own.read_bytes()
    asked = ran(roll_back, OLDER, typed="n\n")
    assert asked.exit_code == 1
    assert "0028  The scores of single windows of talk" in asked.output
    assert "0027  " in asked.output
    assert (
        f"Schema {OLDER} has no place for these, and what is in them goes:\n  substance, a column"
        in asked.output
    )
    assert f"{OLDER}  " not in asked.output, "it stays"
    assert own.read_bytes() == before
    done = ran(roll_back, OLDER, "--yes")
    assert done.exit_code == 0, done.output
    assert current(database_url) == OLDER
    (kept,) = own.parent.glob("firsthand.sqlite3.before-*")
    assert is_current(f"sqlite:///{kept}")
    assert str(kept) in done.output
    assert kept.stat().st_mode & 0o777 == 0o600
    ran(migrate)
    assert is_current(database_url)
    assert not list(own.parent.glob("*.going-back"))


async def test_it_is_refused_while_somebody_has_the_database_open_or_opens_it_meanwhile(
    own: Path, database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with database.read() as session:
        await session.execute(text("SELECT 1"))
        with pytest.raises(UserError, match="stop every process"):
            await asyncio.to_thread(ran, roll_back, OLDER)
        way = await asyncio.to_thread(way_back, database_url, OLDER)
        with pytest.raises(UserError, match="stop every process"):
            await asyncio.to_thread(go_back, database_url, way, NOW)
    await database.close()

    def slow(url: str, revision: str) -> None:
        with closing(sqlite3.connect(own)) as bot, bot:
            bot.execute("UPDATE workspaces SET name = 'written meanwhile'")
            bot.execute("CREATE TABLE made_meanwhile (id)")

    monkeypatch.setattr(rolling_back, "migrate_down", slow)
    with pytest.raises(UserError, match="stop every process"):
        await asyncio.to_thread(go_back, database_url, way, NOW)
    assert is_current(database_url)
    assert sorted(one.name for one in own.parent.glob("*before-*")) == []


@pytest.mark.parametrize("to", ["0028", "9999", "nonsense", "0018"])
def test_a_schema_that_is_none_or_not_older_is_refused_with_those_that_are(own: Path, to: str) -> None:
    with pytest.raises(UserError, match=r"one of 0027 … 0001. The database is of 0028"):
        ran(roll_back, to, "--yes")


def test_a_database_of_a_newer_version_is_left_alone_by_all_of_them(own: Path, database_url: str) -> None:
    with closing(sqlite3.connect(own)) as opened, opened:
        opened.execute("UPDATE alembic_version SET version_num = '9998'")
    with pytest.raises(StartError, match=rf"9998.*roll-back {newest()}"):
        ran(migrate)
    with pytest.raises(UserError, match="9998, which this version does not know"):
        ran(roll_back, OLDER)
    told = checks_database.schema(StorageSettings())
    assert told.state is State.BROKEN
    assert told.fix.startswith("Install the newer one again")
    assert current(database_url) == "9998"


def test_what_keeps_a_database_from_being_made_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FIRSTHAND_KEYS", raising=False)
    for url, said in (
        (f"sqlite:///{tmp_path}/file/x.sqlite3", "cannot be made"),
        (f"sqlite:///{tmp_path}/none.sqlite3", "no database at"),
    ):
        monkeypatch.setenv("DATABASE_URL", url)
        with pytest.raises((StartError, UserError), match=said):
            ran(migrate if said == "cannot be made" else roll_back, *([] if "made" in said else [OLDER]))
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:hush@127.0.0.1:1/x")
    monkeypatch.setenv("FIRSTHAND_KEYS", "a" * 43 + "=")
    for command, arguments in ((migrate, ()), (roll_back, (OLDER,))):
        with pytest.raises(StartError, match="cannot be reached") as told:
            ran(command, *arguments)
        assert "hush" not in str(told.value)


def test_the_version_is_said_with_its_schema() -> None:
    assert ran(main, "--version").output.endswith(f"schema {newest()}\n")
