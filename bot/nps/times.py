"""When a channel is addressed that hears of NPS and of nothing else."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.colleagues import Colleague
from bot.desk import Desk
from bot.tuning import country_set, defaults
from storage import nps_follows, nps_settings, nps_worth
from stories.channels import ChannelSettings

_GONE = frozenset({"user_not_found", "users_not_found", "user_not_visible"})


async def settings_of(
    desk: Desk, client: AsyncWebClient, workspace_id: str, channel_id: str
) -> ChannelSettings | None:
    """As a digest would begin there: working days at nine, where whoever asked lives.

    Where they have left, the workspace's own time zone counts. None for a channel that hears nothing of NPS.
    Raises what Slack's client raises when it does not answer.
    """
    async with desk.read() as session:
        follow = await nps_follows.followed(session, workspace_id, channel_id)
        worth = await nps_worth.anything(session, workspace_id, channel_id)
        zone = (await nps_settings.get(session, workspace_id)).time_zone
    wish = follow or worth
    if wish is None:
        return None
    try:
        asker = await desk.colleagues.get(client, workspace_id, wish.asked_by)
    except SlackApiError as error:
        if error.response.get("error") not in _GONE:
            raise
        asker = Colleague(user_id=wish.asked_by, name="", time_zone=zone, locale="", admin=False, guest=False)
    return defaults(channel_id, asker, country=country_set(desk))
