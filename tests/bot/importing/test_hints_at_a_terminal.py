"""Hints below a conversation that is brought in from notes, for whoever looks through it."""

from __future__ import annotations

from tests.bot.importing.conftest import CALL, Terminal

RETOLD = CALL.replace("I do my invoices at four", "She said that she does invoices at four")


def test_a_quote_that_reads_like_a_summary_is_pointed_at_unless_hints_are_off(terminal: Terminal) -> None:
    terminal.note("call.md", RETOLD)
    said = terminal.run(typed="s\n").output
    assert "Are these their words, or yours? “She said that she does invoices" in said
    assert "Are these their words" not in terminal.run("--no-hints", typed="s\n").output


def test_what_was_found_as_it_was_said_gets_no_hint(terminal: Terminal) -> None:
    terminal.note("call.md")
    assert "their words, or yours" not in terminal.run(typed="s\n").output
