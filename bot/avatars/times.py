"""When a project's channel is addressed: at its digest's hour, or at nine where its owner is."""

from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.tuning import country_set, defaults
from storage import channels
from storage.projects import NewProject
from stories.avatars.project import Project
from stories.channels import ChannelSettings
from stories.schedule import DigestTimes


async def times_of(
    desk: Desk, client: AsyncWebClient, workspace_id: str, project: Project | NewProject
) -> DigestTimes:
    """The channel's days and hour. Raises what Slack's client raises when the owner has to be asked for."""
    return (await settings_of(desk, client, workspace_id, project)).times


async def settings_of(
    desk: Desk, client: AsyncWebClient, workspace_id: str, project: Project | NewProject
) -> ChannelSettings:
    """The channel's settings; those of a channel that never asked for a digest are as one would begin."""
    async with desk.read() as session:
        known = await channels.get(session, workspace_id, project.channel_id)
    return known or await untuned(desk, client, workspace_id, project)


async def untuned(
    desk: Desk, client: AsyncWebClient, workspace_id: str, project: Project | NewProject
) -> ChannelSettings:
    """The settings of a channel that never asked for a digest, as one would begin there."""
    owner = await desk.colleagues.get(client, workspace_id, project.owner_id)
    return defaults(project.channel_id, owner, country=country_set(desk))
