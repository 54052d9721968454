"""The house of the stories' tests, for those who look after it."""

from tests.bot.stories.conftest import house

__all__ = ["house"]
