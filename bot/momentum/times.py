"""When a channel is addressed that hears of nothing but its monthly letter."""

from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.routing.times import untuned
from storage import letters, nps_settings
from stories.channels import ChannelSettings


async def settings_of(
    desk: Desk, client: AsyncWebClient, workspace_id: str, channel_id: str
) -> ChannelSettings | None:
    """Those with which a digest would begin there for whoever asked for the letter; None without a letter.

    Raises what Slack's client raises when it does not answer.
    """
    async with desk.read() as session:
        wanted = await letters.of_place(session, workspace_id, channel_id)
        zone = (await nps_settings.get(session, workspace_id)).time_zone
    if wanted is None or wanted.stopped_at is not None:
        return None
    return await untuned(desk, client, workspace_id, channel_id, wanted.set_by, zone)
