"""What somebody hears at a terminal who types what is understood in Slack, or something near a command."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.commands.elsewhere import HERE, in_slack


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["status"], "In Slack: /firsthand status. Here: firsthand doctor"),
        (["digest", "now"], "In Slack: /firsthand digest now."),
        (["search", "invoices"], "In Slack: /stories search."),
        (["/nps"], "In Slack: /nps."),
        (["docter"], "Did you mean firsthand doctor?"),
    ],
)
def test_a_word_of_slacks_is_told_where_it_belongs(typed: list[str], said: str) -> None:
    answer = CliRunner().invoke(main, typed)
    assert answer.exit_code == 2
    assert f"No such command '{typed[0]}'. {said}" in answer.output


def test_what_comes_nearest_at_the_terminal_is_there() -> None:
    assert HERE.keys() <= in_slack().keys()
    for told in HERE.values():
        name = told.split()[1].strip(",")
        answer = CliRunner().invoke(main, ["--help"] if name == "--help" else [name, "--help"])
        assert answer.exit_code == 0, told
