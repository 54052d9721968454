"""firsthand key: a fresh key, and the two steps to a newer one."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from bot.commands.key import key
from bot.health import Health
from bot.settings import StartError, load_storage_settings
from bot.starting import Start
from storage import customers, workspaces
from storage.database import open_database
from storage.encryption import Keyring, keys_beside, new_key
from storage.tables import CustomerRow
from stories.errors import UserError
from tests.conftest import WORKSPACE

NOW = datetime(2026, 11, 16, tzinfo=UTC)


async def put(url: str, keyring: Keyring) -> None:
    """A customer whose contact is secret."""
    database = open_database(url, keyring)
    async with database.begin() as session:
        await workspaces.ensure(session, WORKSPACE, name="", installed_by=None, now=NOW)
        await customers.create(
            session,
            WORKSPACE,
            name="Nia",
            alias="",
            company="",
            segment="",
            created_by="U1",
            now=NOW,
            contact="nia@example.com",
        )
    await database.close()


async def read(url: str, keyring: Keyring) -> str | None:
    database = open_database(url, keyring)
    async with database.read() as session:
        found = (await session.execute(select(CustomerRow.contact))).scalar_one()
    await database.close()
    return found


def run(*arguments: str, typed: str = "") -> str:
    """What the command says; raises what it raises."""
    done = CliRunner().invoke(key, arguments, input=typed, catch_exceptions=False, standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.output


def test_a_key_beside_the_database_is_changed_in_two_steps(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.delenv("FIRSTHAND_KEYS", raising=False)
    file = tmp_path / "firsthand.sqlite3"
    (old,) = keys_beside(file)
    asyncio.run(put(database_url, Keyring([old])))
    assert "A new key stands in front" in run("--rotate")
    new, second = keys_beside(file)
    assert second == old
    with pytest.raises(UserError, match="Start every process"):
        run("--rotate", typed="n\n")
    assert keys_beside(file) == [new, second]
    said = run("--rotate", typed="y\n")
    assert "1 secret was written anew." in said
    assert keys_beside(file) == [new]
    assert file.with_suffix(".key").stat().st_mode & 0o077 == 0
    assert asyncio.run(read(database_url, Keyring([new]))) == "nia@example.com"
    assert old not in said
    assert new not in said


def test_keys_of_ones_own_are_changed_by_oneself(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    old, new = new_key(), new_key()
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("FIRSTHAND_KEYS", old)
    asyncio.run(put(database_url, Keyring([old])))
    with pytest.raises(UserError, match="holds one key"):
        run("--rotate")
    monkeypatch.setenv("FIRSTHAND_KEYS", f"{new},{old}")
    assert "take the older keys out" in run("--rotate", "--yes")
    assert asyncio.run(read(database_url, Keyring([new]))) == "nia@example.com"
    monkeypatch.setenv("FIRSTHAND_KEYS", f"{new_key()},{old}")
    with pytest.raises(UserError, match=r"customers.contact \(1\)"):
        run("--rotate", "--yes")


def test_a_lost_key_is_said_and_no_other_is_made(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.delenv("FIRSTHAND_KEYS", raising=False)
    lost, beside = new_key(), tmp_path / "firsthand.key"
    asyncio.run(put(database_url, Keyring([lost])))
    with pytest.raises(StartError, match=r"customers.contact"):
        load_storage_settings().keyring()
    assert not beside.exists()
    beside.write_text(stray := new_key() + "\n")
    with pytest.raises(UserError, match=r"Nothing was changed.*customers.contact"):
        run("--rotate")
    assert beside.read_text() == stray


async def test_no_process_starts_whose_keys_do_not_open_what_is_secret(database_url: str) -> None:
    right, stray = Keyring([new_key()]), Keyring([new_key()])
    await put(database_url, right)
    database, stopping = open_database(database_url, stray), asyncio.Event()
    await Start(Health(), stopping).keys(database, right)
    with pytest.raises(StartError, match=r"opens: customers\.contact\."):
        await Start(Health(), stopping).keys(database, stray)
    await Start(Health(), stopping, despite_lost=True).keys(database, stray)
    await database.close()


def test_without_an_option_a_fresh_key_is_printed() -> None:
    assert Keyring([run().strip()])
    assert run() != run()
