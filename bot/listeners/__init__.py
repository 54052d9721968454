"""What the bot does when somebody does something in Slack: one module a feature, each ending in register."""

from __future__ import annotations

from slack_bolt.app.async_app import AsyncApp

from bot.listeners import interview, own_stories, reactions, reports, sharing, stories
from bot.settings import Settings


def register(app: AsyncApp, settings: Settings) -> None:
    """Register every feature's listeners."""
    for feature in (interview, stories, own_stories, reactions, reports, sharing):
        feature.register(app, settings)
