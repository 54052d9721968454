"""At a terminal: the same preview, the same name to be typed, and both files of an export."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from storage import workspaces
from storage.database import open_database
from storage.encryption import Keyring, new_key
from stories.errors import UserError
from tests.bot.erasing.conftest import NAME, Planted, plant
from tests.conftest import NOW, WORKSPACE, SetClock


@pytest.fixture
def at_hand(database_url: str, clock: SetClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A database in which she is held, named by the environment."""
    key = new_key()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("FIRSTHAND_KEYS", key)
    asyncio.run(_planted(database_url, Keyring([key]), clock))
    return tmp_path


async def _planted(url: str, keyring: Keyring, clock: SetClock) -> Planted:
    database = open_database(url, keyring)
    async with database.begin() as session:
        await workspaces.ensure(session, WORKSPACE, name="Test", installed_by=None, now=NOW)
    planted = await plant(database, clock)
    await database.close()
    return planted


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, list(words), input=typed)


def test_a_customer_is_shown_typed_and_erased_and_nothing_where_another_name_is_typed(at_hand: Path) -> None:
    refused = run("erase", "customer", NAME, "--yes", "Marta Ortega")
    assert isinstance(refused.exception, UserError)
    assert run("erasures").output == "Nothing was erased here yet.\n"
    said = run("erase", "customer", NAME, typed=f"{NAME}\n")
    assert "conversations (1)" in said.output
    assert "Posted: 4 messages" in said.output
    assert "in 0 other" not in said.output
    assert "Erasure 1 has begun" in said.output
    assert "customer: almost done" in run("erasures").output, "the rest is the running bot's"
    assert isinstance(run("erase", "customer", "9" * 30).exception, UserError)
    refused = run("erase", "customer", NAME, "--yes", NAME)
    assert isinstance(refused.exception, UserError)
    assert "no customer of this name" in str(refused.exception)
    assert at_hand.exists()


def test_an_export_is_a_page_and_json_and_nothing_in_it_runs(at_hand: Path) -> None:
    folder = at_hand / "out"
    assert run("export", "customer", NAME, str(folder)).exit_code == 0
    page, held = (next(folder.glob(f"*.{ending}")) for ending in ("html", "json"))
    assert {oct(file.stat().st_mode & 0o777) for file in (page, held)} == {"0o600"}
    told = json.loads(held.read_text("utf-8"))
    shown = {(one["kind"], one["consent"]) for one in told["shown"]}
    assert shown == {("digest", "with_name"), ("share", "with_name"), ("avatar", "quoted_by_avatar")}
    tables = {one["table"]: one["rows"] for one in told["held"]}
    assert tables["customers"][0]["contact"] == "zq@example.org"
    assert tables["consents"]
    assert tables["quotes"][0]["text"] == "My pelargonium orders vanish."
    assert "<h2>Quotes (1)</h2>" in page.read_text("utf-8")
    again = run("export", "customer", NAME, str(folder))
    assert isinstance(again.exception, UserError)
    assert "is there already" in str(again.exception)


def test_a_colleague_is_found_by_their_slack_id(at_hand: Path) -> None:
    said = run("erase", "colleague", "U0AUTHOR", "--yes", "U0AUTHOR")
    assert "Stored: " in said.output
    assert "Named in: " in said.output
    folder = at_hand / "out"
    assert run("export", "colleague", "U0AUTHOR", str(folder)).exit_code == 0
    (page,) = folder.glob("firsthand-colleague-*.json")
    told = json.loads(page.read_text("utf-8"))
    assert {one["table"] for one in told["held"]} == {"deliveries"}, "what the running bot has to stop first"


def test_no_statement_is_made_of_an_id_that_was_mistyped(at_hand: Path) -> None:
    folder = at_hand / "out"
    for name in ("nobody", "u0author", "C0CHANNEL"):
        refused = run("export", "colleague", name, str(folder))
        assert isinstance(refused.exception, UserError)
        assert "is no Slack id" in str(refused.exception)
    asked = run("export", "colleague", "U0NOBODY", str(folder), typed="n\n")
    assert asked.exit_code == 1
    assert "Nothing at all is held of “U0NOBODY”." in asked.output
    assert not folder.exists()
    assert "export_held" not in run("audit", "export").output
    assert run("export", "colleague", "U0NOBODY", str(folder), "--yes").exit_code == 0
    assert "Nothing is held." in next(folder.glob("*.html")).read_text("utf-8")
