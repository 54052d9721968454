"""Sharing one story to a channel, when somebody asks for it."""

from __future__ import annotations

import json
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot import ids, publishing
from bot.audience import audience, refuse_unheard
from bot.desk import Desk
from bot.guests import refuse_unknown_readers
from bot.languages import refuse_other_languages
from bot.listeners.clicks import Click, may_click, open_view, refuse, workspace_of
from bot.messages import sharing
from bot.messages.blocks import values_of
from bot.messages.reacting import done_modal
from bot.own_customers import refuse_where_they_are
from bot.permissions import Act
from bot.settings import Settings
from stories.errors import UserError
from stories.language import _


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the wish to share a story, and to where."""
    app.action(ids.STORY_SHARE)(ask_where)
    app.view(ids.STORY_SHARE_VIEW)(share)


async def ask_where(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Ask which channel should read a story."""
    click = await may_click(desk, client, body, Act.SHARE)
    async with desk.read() as session:
        telling = await click.telling(session, desk)
    await open_view(client, body, sharing.share_modal(telling))
    await ack()


async def share(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Plan the post, once it is clear that the bot may post there and who would read it."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    story_id, channel_id = json.loads(view["private_metadata"])["story"], values_of(view)["channel"]
    click = Click(workspace_id=workspace_id, user_id=user_id, story_id=story_id, channel_id=None)
    await refuse(desk, client, click, Act.SHARE)
    try:
        refuse_unheard(await audience(client, channel_id))
        await refuse_unknown_readers(desk, client, workspace_id, channel_id)
        await refuse_where_they_are(desk, client, workspace_id, story_id, channel_id)
        await refuse_other_languages(desk, workspace_id, story_id, channel_id)
    except UserError as error:
        raise UserError(error.message, field="channel") from error
    async with desk.begin() as session:
        await publishing.share(
            session, workspace_id, story_id, channel_id, by=user_id, now=desk.now(), request=view["id"]
        )
    desk.wake_outbox()
    await ack(response_action="update", view=done_modal(_("Shared"), sharing.on_its_way(channel_id)))
