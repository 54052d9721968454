"""The write-up's listeners, brought together."""

from __future__ import annotations

from slack_bolt.app.async_app import AsyncApp

from bot.listeners import interview_opening, interview_options, interview_steps, interview_thread
from bot.settings import Settings


def register(app: AsyncApp, settings: Settings) -> None:
    """Listen to everything that belongs to writing up a conversation."""
    # Bolt asks its listeners one after the other: the ones that people wait for most often come first.
    interview_steps.register(app, settings)
    interview_opening.register(app, settings)
    interview_options.register(app, settings)
    interview_thread.register(app, settings)
