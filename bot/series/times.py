"""When a channel hears an episode that never asked for a digest: as one that begins with one would."""

from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.routing.times import untuned
from storage import nps_settings, series_places
from stories.channels import ChannelSettings


async def settings_of(
    desk: Desk, client: AsyncWebClient, workspace_id: str, channel_id: str
) -> ChannelSettings | None:
    """Settings for a channel without any that follows the series; None for one that does not.

    Raises what Slack's client raises when it does not answer.
    """
    async with desk.read() as session:
        asker = await series_places.asked_by(session, workspace_id, channel_id)
        zone = (await nps_settings.get(session, workspace_id)).time_zone
    return None if asker is None else await untuned(desk, client, workspace_id, channel_id, asker, zone)
