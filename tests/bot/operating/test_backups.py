"""firsthand backup and restore: consistent while it is written to, refused while it is open, nothing lost."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands.backup import backup
from bot.commands.restore import restore
from storage import customers, looking
from storage.backups import NotUsable, check
from storage.database import Database, open_database
from storage.deliveries import Post, plan
from storage.encryption import Keyring
from storage.migrating import migrate_down
from storage.versions import is_current
from stories.errors import UserError
from tests.conftest import NOW, WORKSPACE

Ran = Callable[..., str]
KEY = "a" * 43 + "="


@pytest.fixture
def keyring() -> Keyring:
    """The key that the settings give too."""
    return Keyring([KEY])


@pytest.fixture
def own(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database's file, which the settings name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("FIRSTHAND_KEYS", KEY)
    return tmp_path / "firsthand.sqlite3"


def saved(to: str) -> Result:
    return CliRunner().invoke(backup, [to], catch_exceptions=False)


def brought_back(source: str) -> Result:
    return CliRunner().invoke(restore, [source], catch_exceptions=False)


async def put(database: Database, name: str) -> None:
    async with database.begin() as session:
        await customers.create(
            session, WORKSPACE, name=name, alias="", company="", segment="", created_by="U1", now=NOW,
            contact=f"{name}@example.com",
        )  # fmt: skip


def mode(file: Path) -> int:
    return file.stat().st_mode & 0o777


def names(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as opened:
        return [row[0] for row in opened.execute("SELECT name FROM customers ORDER BY id")]


async def test_a_backup_is_made_while_the_bot_writes_and_holds_what_was_committed(
    own: Path, database: Database
) -> None:
    await put(database, "Nia")
    async with database.begin() as session:
        post = Post(channel_id="C1", kind="share", slot_key="s", payload={"text": ""}, asked_by="U1")
        await plan(session, WORKSPACE, post, now=NOW)
        done = saved("copy.sqlite3")
    await put(database, "Omar")
    assert "checked" in done.output
    assert "FIRSTHAND_KEYS" in done.output
    assert KEY not in done.output
    copy = own.with_name("copy.sqlite3")
    assert names(copy) == ["Nia"]
    assert mode(copy) == 0o600
    assert sorted(one.name for one in own.parent.iterdir()) == [
        "copy.sqlite3", "firsthand.sqlite3", "firsthand.sqlite3-shm", "firsthand.sqlite3-wal",
    ]  # fmt: skip
    with pytest.raises(UserError, match="there already"):
        saved("copy.sqlite3")
    assert names(copy) == ["Nia"]


async def test_a_restore_is_refused_while_the_bot_has_the_database_open(
    own: Path, database: Database
) -> None:
    await put(database, "Nia")
    saved("copy.sqlite3")
    await put(database, "Omar")
    with pytest.raises(UserError, match="stop every process"):
        brought_back("copy.sqlite3")
    assert names(own) == ["Nia", "Omar"]
    assert not own.with_name("firsthand.sqlite3.restoring").exists()


async def test_a_restore_keeps_the_former_database_and_makes_no_post_twice(
    own: Path, database: Database, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put(database, "Nia")
    async with database.begin() as session:
        post = Post(channel_id="C1", kind="share", slot_key="s", payload={"text": ""}, asked_by="U1")
        await plan(session, WORKSPACE, post, now=NOW)
    saved("copy.sqlite3")
    await put(database, "Omar")
    await database.close()
    with closing(sqlite3.connect(own)) as opened, opened:
        opened.execute(
            "INSERT INTO erasures"
            " (workspace_id, about, object_key, asked_by, asked_at, step, position, counts)"
            " VALUES (?, 'customer', '', 'U1', '2026-11-20', 'done', '', '{}')",
            (WORKSPACE,),
        )
    await asyncio.to_thread(own.chmod, 0o644)
    done = await asyncio.to_thread(brought_back, "copy.sqlite3")
    assert "1 post that waited is looked for in Slack first" in done.output
    assert "1 erasure was asked for after" in done.output
    (kept,) = own.parent.glob("firsthand.sqlite3.before-*")
    assert names(own) == ["Nia"]
    assert names(kept) == ["Nia", "Omar"]
    assert (mode(own), mode(kept)) == (0o600, 0o600)
    again = open_database(f"sqlite:///{own}", keyring)
    async with again.read() as session:
        ((owner, held),) = await looking.in_question(session, WORKSPACE, most=9, grace=timedelta(minutes=2))
    await again.close()
    assert (owner, held.channel_id) == ("restore", "C1")
    monkeypatch.delenv("FIRSTHAND_KEYS")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///drill.sqlite3")
    drill = await asyncio.to_thread(brought_back, "copy.sqlite3")
    assert "do not open with the keys that are here (customers.contact)" in drill.output
    assert not own.with_name("drill.key").exists(), "one made by itself would open nothing"


def test_a_backup_of_an_older_version_is_brought_to_this_one(own: Path, tmp_path: Path) -> None:
    saved("copy.sqlite3")
    migrate_down(f"sqlite:///{tmp_path}/copy.sqlite3", "0010")
    own.unlink()
    brought_back("copy.sqlite3")
    assert is_current(f"sqlite:///{own}")
    assert mode(own) == 0o600
    assert check(tmp_path / "copy.sqlite3") == "0010", "the backup itself stays as it is"


def test_what_is_damaged_newer_or_something_else_changes_nothing(own: Path, tmp_path: Path) -> None:
    before = own.read_bytes()
    other, newer, cut = (tmp_path / name for name in ("other.txt", "newer.sqlite3", "cut.sqlite3"))
    other.write_text("no database")
    saved("newer.sqlite3")
    cut.write_bytes(newer.read_bytes()[: own.stat().st_size // 2])
    with closing(sqlite3.connect(newer)) as opened, opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")
    for file, reason in ((other, "no database of"), (newer, "newer version"), (cut, "cut.sqlite3")):
        with pytest.raises(UserError, match=reason):
            brought_back(file.name)
    assert own.read_bytes() == before
    with pytest.raises(NotUsable):
        check(tmp_path / "none")


def test_a_folder_gets_a_file_with_the_moment_and_a_server_is_named(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kept").mkdir()
    saved("kept")
    (made,) = (tmp_path / "kept").iterdir()
    assert made.name.startswith(f"firsthand-{datetime.now(UTC):%Y-}")
    monkeypatch.setenv("DATABASE_URL", "postgresql://x@h/y")
    with pytest.raises(UserError, match="pg_dump"):
        saved("x")
