"""What the bot does when somebody does something in Slack: one module a feature, each ending in register."""

from __future__ import annotations

from slack_bolt.app.async_app import AsyncApp

from bot.listeners import (
    asking_now,
    audit,
    beyond,
    channel_command,
    channel_settings,
    customer_links,
    digest,
    dropped_files,
    editors,
    erasing,
    first_week,
    home,
    interview,
    labels,
    listening,
    membership,
    mentions,
    milestones,
    moderation,
    nps,
    nps_channels,
    nps_uploads,
    nps_worth,
    own_stories,
    parts,
    people,
    reactions,
    reports,
    retention,
    search,
    sharing,
    status_deciding,
    stories,
    themes,
    wanted,
    why,
    why_saving,
    workspace_settings,
)
from bot.settings import Settings


def register(app: AsyncApp, settings: Settings) -> None:
    """Register every feature's listeners."""
    for feature in _FEATURES:
        feature.register(app, settings)


_FEATURES = (
    interview,
    dropped_files,
    nps_uploads,
    stories,
    search,
    themes,
    own_stories,
    reactions,
    reports,
    sharing,
    home,
    first_week,
    channel_command,
    channel_settings,
    asking_now,
    digest,
    editors,
    people,
    parts,
    audit,
    erasing,
    retention,
    workspace_settings,
    moderation,
    labels,
    customer_links,
    membership,
    listening,
    status_deciding,
    nps_channels,
    nps_worth,
    nps,
    why,
    why_saving,
    beyond,
    wanted,
    milestones,
    mentions,
)
