"""The house of the stories' tests: a playground with the bot at work in it."""

from tests.bot.stories.conftest import house

__all__ = ["house"]
