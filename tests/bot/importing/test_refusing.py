from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from stories.errors import UserError
from tests.bot.importing.conftest import CALL, Terminal


def test_an_empty_folder_says_what_notes_are(terminal: Terminal) -> None:
    terminal.note("picture.png", b"\x89PNG")
    terminal.note(".hidden/call.md")
    with pytest.raises(UserError, match=r"no notes and no transcripts .* \.md, \.markdown, \.txt, \.vtt"):
        terminal.run("--yes")
    with pytest.raises(UserError, match="no file or folder"):
        terminal.run("--yes", path=terminal.folder / "nowhere")


def test_each_refused_file_is_told_with_its_reason_and_written_down(terminal: Terminal) -> None:
    terminal.note("good.md")
    terminal.note("empty.md", b"")
    terminal.note("binary.txt", bytes(range(256)) * 4)
    terminal.note("large.md", b"word " * 700_000)
    terminal.note(
        "silent.md", "# A call\n\nDate: 2025-04-03\n\n## Findings\n\nThe export lost the VAT line.\n"
    )
    (terminal.folder / "gone.md").symlink_to(terminal.folder / "nowhere.md")
    terminal.note("table.xlsx", "a,b")
    listed = terminal.folder.parent / "refused.tsv"
    result = terminal.run("--yes", "--refused", str(listed))
    assert result.exit_code == 0
    assert "1 kept, 5 refused" in result.output
    assert "One other file was left alone" in result.output
    reasons = dict(line.split("\t") for line in listed.read_text("utf-8").splitlines())
    said = {Path(name).name: reason for name, reason in reasons.items()}
    assert "is empty" in said["empty.md"]
    assert "is not text" in said["binary.txt"]
    assert "is 3.3 MB; notes may have up to 2 MB" in said["large.md"]
    assert "no sentence of the customer’s" in said["silent.md"]
    assert "leads nowhere" in said["gone.md"]
    assert all(reason in result.output for reason in said.values())


def test_all_refused_ends_with_one(terminal: Terminal) -> None:
    terminal.note("empty.md", b"")
    assert terminal.run("--yes").exit_code == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_nobody_may_read_says_so(terminal: Terminal) -> None:
    terminal.note("closed.md").chmod(0)
    assert "Permission denied" in terminal.run("--yes").output


def test_a_file_named_otherwise_is_refused_with_what_to_do(terminal: Terminal) -> None:
    result = terminal.run("--yes", path=terminal.note("call.pdf"))
    assert result.exit_code == 1
    assert ".md, .markdown, .txt, .vtt, .srt, .docx, .csv" in result.output


def test_a_list_of_refusals_that_cannot_be_written_is_known_before_the_work(terminal: Terminal) -> None:
    terminal.note("call.md")
    with pytest.raises(UserError, match="cannot be written"):
        terminal.run("--yes", "--refused", str(terminal.folder / "nowhere" / "refused.tsv"))
    assert terminal.kept == []


@pytest.mark.parametrize("content", [None, b""])
def test_a_database_that_is_not_migrated_says_how(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    terminal.note("call.md")
    file = terminal.folder.parent / "other.sqlite3"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    with pytest.raises(UserError, match="firsthand migrate"):
        terminal.run("--yes")
    assert file.exists() is (content is not None)


def test_a_database_that_is_none_or_cannot_be_reached_says_so(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.note("call.md")
    file = terminal.folder.parent / "other.sqlite3"
    file.write_bytes(b"This is a letter, not a database. " * 100)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    with pytest.raises(UserError, match="cannot be used right now: file is not a database"):
        terminal.run("--yes")
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:secret@127.0.0.1:1/nothing")
    monkeypatch.setenv("FIRSTHAND_KEYS", "8wUEc4M5RzL2T3bQ1vS9nX0yKpJf7hGdAiOoVtZmYxE=")
    with pytest.raises(UserError, match="cannot be used right now") as caught:
        terminal.run("--yes")
    assert "secret" not in caught.value.message


def test_a_database_that_no_workspace_has_met_says_what_comes_first(
    terminal: Terminal, migrated_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.note("call.md")
    fresh = terminal.folder.parent / "fresh.sqlite3"
    fresh.write_bytes(migrated_template.read_bytes())
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{fresh}")
    with pytest.raises(UserError, match="Start the bot once"):
        terminal.run("--yes")


def test_a_database_that_is_locked_says_so_and_what_was_kept_stays(terminal: Terminal) -> None:
    terminal.note("1.md")
    terminal.run("--yes")
    terminal.note("2.md", CALL.replace("bakery", "second bakery"))
    holder = sqlite3.connect(terminal.database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(UserError, match=r"database is locked.*run this again"):
            terminal.run("--yes")
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert terminal.run("--yes").exit_code == 0
    assert len(terminal.kept) == 2


def test_markup_and_escapes_in_notes_are_shown_and_obeyed_by_nobody(terminal: Terminal) -> None:
    hostile = CALL.replace("How a bakery", "[red]How[/red] [/bold] a bakery").replace(
        "Marta printed", "<!channel> \u202emarta\u202c [link=http://x]Marta[/link] printed"
    )
    terminal.note("call [/x].md", hostile)
    result = terminal.run(typed="k\n")
    assert result.exit_code == 0
    assert "[red]How[/red]" in result.output
    assert "\u202e" not in result.output


def test_an_author_who_is_no_slack_id_is_refused(terminal: Terminal) -> None:
    terminal.note("call.md")
    assert "is no Slack id" in terminal.run("--author", "bob", "--yes").output
