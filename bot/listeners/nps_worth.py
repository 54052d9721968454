"""A channel that wants to hear when the answer about worth changes, and one that does not any more."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import ids
from bot.desk import Desk
from bot.listeners.clicks import channel_of, workspace_of
from bot.listeners.nps_channels import refuse_strangers
from bot.messages.nps_worth import telling
from bot.nps.answering import weighed
from bot.nps.facts import understand
from bot.nps.worth_watching import tell_from_now
from bot.settings import Settings
from storage import nps_worth
from storage.nps_worth import Asked
from stories.errors import UserError
from stories.language import _


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the buttons under an answer about worth, and under the post that it changed."""
    app.action(ids.NPS_WORTH_TELL)(tell)
    app.action(ids.NPS_WORTH_STOP)(stop)


async def tell(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, desk: Desk
) -> None:
    """Have the channel hear when this answer changes."""
    workspace_id, user_id, channel_id = await _who(desk, client, body)
    await ack()
    async with desk.read() as session:
        facts = await understand(session, workspace_id, str(body["actions"][0]["value"]), desk.now())
        worth = await weighed(session, workspace_id, facts)
    async with desk.begin() as session:
        await tell_from_now(session, workspace_id, channel_id, worth, by=user_id, now=desk.now())
    await respond(text=telling(worth), response_type="ephemeral", replace_original=False)


async def stop(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, desk: Desk
) -> None:
    """Have the channel hear of it no more."""
    workspace_id, _user, channel_id = await _who(desk, client, body)
    name, value, figure = str(body["actions"][0]["value"]).split("\n", 2)
    async with desk.begin() as session:
        asked = Asked(channel_id=channel_id, figure=figure, segment=(name, value))
        await nps_worth.forget(session, workspace_id, asked)
    await ack()
    told = _("This channel hears no more of what {figure} has to do with NPS.").format(figure=figure)
    await respond(text=told, response_type="ephemeral", replace_original=False)


async def _who(desk: Desk, client: AsyncWebClient, body: dict[str, Any]) -> tuple[str, str, str]:
    """Workspace, person and channel. Raises UserError where or for whom nothing can be set."""
    channel_id = channel_of(body)
    if channel_id is None:
        raise UserError(_("This is for channels: ask again in the one that should hear of it."))
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await refuse_strangers(desk, client, workspace_id, user_id, channel_id)
    return workspace_id, user_id, channel_id
