"""`/firsthand help`, from which docs/commands.md is written too."""

from __future__ import annotations

from bot.home_values import Commands
from bot.listeners.channel_command import WORDS
from bot.messages.channel_answers import help_text

OTHER_NAMES = {"settings", "help", "editors", "audit export", "events", "screens", "nps"}
"""What says the same as another word, or is offered where it belongs: `/nps follow`."""


def test_the_help_names_every_word_that_the_command_understands() -> None:
    said = help_text(Commands(interview="/interview", stories="/stories", channel="/firsthand"))
    assert {word for word in WORDS if f"`/firsthand {word}" not in said} == OTHER_NAMES
