"""The same house as for stories: a playground with the bot at work in it."""

from tests.bot.stories.conftest import house

__all__ = ["house"]
