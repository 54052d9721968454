"""The house of the stories' tests, as for digests."""

from tests.bot.stories.conftest import house

__all__ = ["house"]
