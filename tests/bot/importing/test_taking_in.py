from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import sqlite3
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from stories.errors import UserError
from tests.bot.importing.conftest import CALL, Terminal

ROOT = str(Path(__file__).parents[3])
SHARED = ("--consent", "without-name", "--consent-words", "Yes, but leave my name out.")


def test_what_leaves_nothing_open_is_kept_as_found(terminal: Terminal) -> None:
    terminal.note("deep/down/call.md")
    result = terminal.run("--yes", *SHARED, "--segment", "bakeries")
    assert result.exit_code == 0
    assert "1 kept" in result.output
    assert "/stories mine" in result.output
    (row,) = terminal.rows("SELECT talked_on, trying_to, happened, author_id FROM interviews")
    assert row == (
        "2025-04-03",
        "To get invoices out before the ovens are hot.",
        "Marta printed every order since March, because the export lost the VAT line.",
        "U024BE7LH",
    )
    assert terminal.rows("SELECT text FROM quotes") == [
        ("I do my invoices at four in the morning, with flour on the screen.",)
    ]
    assert terminal.rows("SELECT name, segment FROM customers") == [("Marta Ortega", "bakeries")]
    assert terminal.rows("SELECT purpose, words FROM consents") == [
        ("without_name", "Yes, but leave my name out.")
    ]
    assert terminal.rows("SELECT state FROM stories") == [("kept",)]


def test_without_stated_consent_nothing_can_be_shared(terminal: Terminal) -> None:
    terminal.note("call.md")
    result = terminal.run("--yes")
    assert "no consent was stated" in result.output
    assert terminal.rows("SELECT purpose FROM consents") == [("not_shared",)]
    assert terminal.run("--publish", "--yes").exit_code == 2
    assert "--consent-words" in terminal.run("--consent", "with-name").output


def test_published_at_once_when_consent_allows_it(terminal: Terminal) -> None:
    terminal.note("call.md")
    result = terminal.run("--yes", "--publish", *SHARED)
    assert "1 kept and published" in result.output
    assert terminal.rows("SELECT state FROM stories") == [("published",)]
    assert terminal.rows("SELECT act FROM audit ORDER BY id") == [("import",), ("publish",)]


def test_what_its_author_should_look_at_first_is_not_published_with_the_rest(terminal: Terminal) -> None:
    said = "She was about to sign the contract. She printed"
    terminal.note("call.md", CALL.replace("Marta printed", said))
    result = terminal.run("--yes", "--publish", *SHARED)
    assert "about to sign the contract" in result.output
    assert terminal.rows("SELECT state FROM stories") == [("kept",)]
    assert terminal.rows("SELECT act FROM audit ORDER BY id") == [("import",)]


def test_the_same_words_are_taken_in_once_whatever_their_file_is_called(terminal: Terminal) -> None:
    terminal.note("call.md")
    terminal.run("--yes")
    terminal.note("call.md").rename(terminal.folder / "renamed.txt")
    terminal.note("again.markdown", "\ufeff" + CALL.replace("\n", "\r\n"))
    result = terminal.run("--yes")
    assert result.exit_code == 0
    assert "2 already there" in result.output
    assert len(terminal.kept) == 1


def test_somebody_met_before_is_the_same_customer(terminal: Terminal) -> None:
    terminal.note("1.md")
    terminal.note("2.md", CALL.replace("invoices", "orders").replace("2025-04-03", "2025-05-03"))
    terminal.run("--yes")
    assert len(terminal.kept) == 2
    assert terminal.rows("SELECT name FROM customers") == [("Marta Ortega",)]


def test_an_ambiguous_day_is_refused_without_questions_and_kept_after_one(terminal: Terminal) -> None:
    terminal.note("call.md", CALL.replace("2025-04-03", "03/04/2025"))
    refused = terminal.run("--yes")
    assert refused.exit_code == 1
    assert "“03/04/2025” can be 2025-04-03 or 2025-03-04" in refused.output
    assert terminal.kept == []
    result = terminal.run(typed="k\nlast week\n2099-01-01\n2\n")
    assert "Please type a day such as" in result.output
    assert "still to come" in result.output
    assert terminal.rows("SELECT talked_on FROM interviews") == [("2025-04-03",)]


def test_a_month_is_no_day_and_no_date_is_asked_for(terminal: Terminal) -> None:
    terminal.note("1.md", CALL.replace("2025-04-03", "April 2025"))
    terminal.note("2.md", CALL.replace("Date: 2025-04-03\n", ""))
    output = terminal.run("--yes").output
    assert "“April 2025” names no day: it can be any from 2025-04-01 to 2025-04-30" in output
    assert "the notes do not say on which day you talked" in output
    assert terminal.kept == []


def test_two_people_who_could_be_the_customer_are_asked_about(terminal: Terminal) -> None:
    talk = (
        CALL.replace("Customer: Marta Ortega", "Customers: Marta Ortega, Piet Vos")
        + "\n> We bake for forty cafés and nobody trusts the printout. — Piet Vos\n"
        + "\n> I never know which sheet is the right one. — Marta Ortega\n"
    )
    terminal.note("talk.md", talk)
    assert "several people could be the customer: Marta Ortega, Piet Vos" in terminal.run("--yes").output
    terminal.run(typed="k\n2\n")
    assert terminal.rows("SELECT name FROM customers") == [("Piet Vos",)]
    (happened,) = terminal.rows("SELECT happened FROM interviews")[0]
    assert "Marta" not in str(happened)
    assert str(happened).startswith("Somebody else printed every order")


def test_fields_are_mended_before_it_is_kept(terminal: Terminal) -> None:
    terminal.note("call.md", CALL + "\n> I never know which of the sheets is the right one.\n")
    typed = (
        "e\ntitle\nFlour on the screen\ne\ncompany\nOrtega Bakery\ne\nquotes\n7\n2\ne\nday\n2025-04-04\nk\n"
    )
    result = terminal.run(typed=typed)
    assert "one to five of the numbers" in result.output
    assert terminal.kept == ["Flour on the screen"]
    assert terminal.rows("SELECT company FROM customers") == [("Ortega Bakery",)]
    assert terminal.rows("SELECT text FROM quotes") == [
        ("I never know which of the sheets is the right one.",)
    ]
    assert terminal.rows("SELECT talked_on FROM interviews") == [("2025-04-04",)]


def test_skip_all_the_rest_and_quit(terminal: Terminal) -> None:
    for number in range(4):
        terminal.note(f"{number}.md", CALL.replace("bakery", f"bakery {number}"))
    assert "4 skipped" in terminal.run(typed="s\ns\ns\ns\n").output
    assert "1 kept, 1 skipped" in terminal.run(typed="s\nk\nq\n").output
    assert "3 kept, 1 already there" in terminal.run(typed="a\n").output


def test_ctrl_c_at_a_question_ends_at_once_and_keeps_what_was_confirmed(terminal: Terminal) -> None:
    for number in range(2):
        terminal.note(f"{number}.md", CALL.replace("bakery", f"bakery {number}"))
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "bot", "interviews", "import", str(terminal.folder), "--author", "U1AB"]
    process = subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=os.environ | {"PYTHONPATH": ROOT},
        # Whoever runs the tests in the background runs them deaf to Ctrl-C, and so would this be.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    os.close(theirs)
    _read_until(ours, "(q)uit: ")
    os.write(ours, b"k\n")
    _read_until(ours, "2 of 2", "(q)uit: ")
    # A signal in the instant in which readline begins to wait is only seen at the next one.
    process.send_signal(signal.SIGINT)
    while not select.select([ours], [], [], 2)[0]:
        process.send_signal(signal.SIGINT)
    said = _read_until(ours, "not taken in twice.")
    assert process.wait(60) == 130
    os.close(ours)
    assert "1 kept" in said
    assert terminal.kept == ["How a bakery 0 sends its invoices"]


def test_a_terminal_that_goes_away_in_the_middle_keeps_what_was_confirmed(terminal: Terminal) -> None:
    for number in range(3):
        terminal.note(f"{number}.md", CALL.replace("bakery", f"bakery {number}"))
    result = terminal.run(typed="k\n")  # the terminal goes away at the second question
    assert result.exit_code == 130
    assert "Run it again to go on" in result.output
    assert terminal.kept == ["How a bakery 0 sends its invoices"]
    assert "2 kept, 1 already there" in terminal.run("--yes").output


def test_long_parts_are_cut_at_a_sentence_and_it_says_so(terminal: Terminal) -> None:
    sentence = "The printer in the cellar stopped again while the first loaves were in the oven. "
    terminal.note("call.md", CALL.replace("Marta printed", sentence * 60 + "Marta printed"))
    result = terminal.run("--yes")
    assert "the files keep the rest" in result.output
    (happened,) = terminal.rows("SELECT happened FROM interviews")[0]
    assert f"“What happened” holds the first {len(str(happened)):,} of" in result.output
    assert 2_900 < len(str(happened)) <= 3_000
    assert str(happened).endswith("oven.")


def test_a_file_with_two_conversations_gives_two(terminal: Terminal) -> None:
    one = CALL.replace("# How a bakery sends its invoices", "# Interview 1").replace("## ", "### ")
    two = (
        one.replace("Interview 1", "Interview 2").replace("Marta Ortega", "Piet Vos").replace("Marta", "Piet")
    )
    terminal.note("both.md", f"{one}\n{two}")
    assert "2 kept" in terminal.run("--yes").output
    assert terminal.rows("SELECT name FROM customers ORDER BY id") == [("Marta Ortega",), ("Piet Vos",)]


def test_customers_whom_the_notes_do_not_name_are_kept_without_a_name(terminal: Terminal) -> None:
    nobody = CALL.replace("Customer: Marta Ortega\n", "").replace("Marta", "The customers")
    terminal.note("round.md", nobody + "\nAll participants bake; two participants deliver.\n")
    terminal.run("--yes", "--publish", *SHARED)
    assert terminal.rows("SELECT name, alias FROM customers") == [("several customers", "several customers")]


def test_a_workspace_has_to_be_named_among_several(terminal: Terminal) -> None:
    terminal.note("call.md")
    with sqlite3.connect(terminal.database) as connection:
        connection.execute(
            "INSERT INTO workspaces (id, name, created_at)"
            " VALUES ('T2', 'Sister', '2026-01-01 00:00:00.000000')"
        )
    connection.close()
    with pytest.raises(UserError, match=r"--workspace.*T2 \(Sister\), T0TEST \(Test\)"):
        terminal.run("--yes")
    assert terminal.run("--yes", "--workspace", "T2").exit_code == 0
    assert terminal.rows("SELECT workspace_id FROM interviews") == [("T2",)]


def test_what_was_taken_in_is_a_form_like_any_other(terminal: Terminal) -> None:
    terminal.note("call.md")
    terminal.run("--yes")
    (themes, how, score) = terminal.rows("SELECT themes, how, score FROM interviews")[0]
    assert (json.loads(str(themes)), how, score) == ([], "other", None)


def _read_until(terminal: int, *expected: str) -> str:
    """What a terminal shows until it has shown each of these, one after the other."""
    pattern, seen = ".*".join(map(re.escape, expected)), ""
    end = time.monotonic() + 60
    while not re.search(pattern, seen, re.DOTALL):
        readable, _writable, _failed = select.select([terminal], [], [], max(0, end - time.monotonic()))
        assert readable, seen
        seen += os.read(terminal, 4096).decode("utf-8", "replace")
    return seen
