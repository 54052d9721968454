"""`firsthand nps sources` and `keys`: added, looked at, shared, removed; secrets are shown to nobody."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.commands.nps import nps
from tests.bot.nps.importing.conftest import Import as Run
from tests.bot.nps.importing.conftest import run_nps
from tests.bot.nps.importing.tables import DELIGHTED

__all__ = ["run_nps"]


def stored(tmp_path: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(tmp_path / "firsthand.sqlite3") as connection:
        return connection.execute(query).fetchall()


def test_a_source_is_added_with_its_key_unseen_and_unreadable(tmp_path: Path, run_nps: Run) -> None:
    added = run_nps("sources", "add", "typeform", "--set", "form=abc", typed="tfp_secret\n")
    assert added.exit_code == 0, added.output
    assert "tfp_secret" not in added.output
    assert b"tfp_secret" not in (tmp_path / "firsthand.sqlite3").read_bytes()
    assert "Typeform" in run_nps("sources", "list").output
    again = run_nps("sources", "add", "typeform", "--set", "form=abc", "--key", "x")
    assert "already" in str(again.exception)
    assert "also needs: form" in str(run_nps("sources", "add", "typeform", "--key", "x").exception)
    assert run_nps("sources", "add", "typeform", "--set", "form", "--key", "x").exit_code == 2


def test_pulling_from_what_cannot_be_reached_says_so_in_words(tmp_path: Path, run_nps: Run) -> None:
    settings = ("--set", "form=abc", "--set", "host=https://localhost:1")
    run_nps("sources", "add", "typeform", *settings, "--name", "Shop", "--key", "x")
    pulled = run_nps("sources", "pull", "shop")
    assert "not an address of the open internet" in str(pulled.exception)
    listed = run_nps("sources", "list").output
    assert "open internet" in listed
    assert "until that is mended" in listed
    run_nps("sources", "key", "Shop", "--key", "y")
    assert stored(tmp_path, "SELECT trouble, failures FROM nps_sources") == [("", 0)]


def test_a_file_is_a_source_like_any_other(tmp_path: Path, run_nps: Run) -> None:
    assert "No answers come in yet" in run_nps("sources", "list").output
    (tmp_path / "d.csv").write_text(DELIGHTED)
    run_nps("import", "d.csv", "--yes")
    assert "not shared" in run_nps("sources", "list").output
    assert "Nothing is pulled" in str(run_nps("sources", "pull", "d").exception)
    run_nps("sources", "share", "d", "--verbatims", "--left-out")
    assert stored(tmp_path, "SELECT verbatims_shared, counted FROM nps_sources") == [(1, 0)]
    run_nps("sources", "share", "d", "--avatars")
    assert "shared, quoted by avatars" in " ".join(run_nps("sources", "list").output.split())
    said = "SELECT json_extract(detail, '$.allowed') FROM audit WHERE act = 'allow_source' ORDER BY id"
    assert stored(tmp_path, said)[-1] == ('["avatars"]',)
    assert "with 2 answers" in run_nps("sources", "remove", "d", "--yes").output
    assert stored(tmp_path, "SELECT count(*) FROM nps_answers") == [(0,)]
    assert stored(tmp_path, "SELECT count(*) FROM nps_days") == [(0,)]
    assert "no source “d”" in str(run_nps("sources", "pull", "d").exception)


def test_a_key_is_shown_once_and_revoked_by_its_public_part(tmp_path: Path, run_nps: Run) -> None:
    made = run_nps("keys", "add", "shop").stdout.split()[0]
    _prefix, public_id, secret = made.split(".")
    assert secret not in str(stored(tmp_path, "SELECT * FROM nps_keys"))
    listed = run_nps("keys", "list").output
    assert f"{public_id}  shop  never used" in listed
    assert secret not in listed
    assert "Revoked" in run_nps("keys", "revoke", public_id).output
    assert "revoked" in run_nps("keys", "list").output
    assert "no key" in str(run_nps("keys", "revoke", public_id).exception)


def test_every_command_says_what_it_does() -> None:
    assert {"erase", "import", "keys", "rebuild", "settings", "sources"} <= set(nps.commands)
    assert all(command.help for command in nps.commands.values())
