"""Editors: their word on channels that guests read."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import ids
from bot.desk import Desk
from bot.halting import about_guests, allow_guests, answer_for_all, tell
from bot.listeners.clicks import workspace_of
from bot.messages.channel_words import next_said
from bot.messages.halting import allowed
from bot.permissions import Act, may
from bot.settings import Settings
from bot.tongues import said_to
from stories.channels import ChannelSettings
from stories.errors import UserError
from stories.language import _


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to their permission."""
    app.action(ids.DIGEST_ALLOW_GUESTS)(let_guests_in)


async def let_guests_in(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk, respond: AsyncRespond
) -> None:
    """An editor's yes: the channel hears stories from now on, and whoever asked for it is told."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    channel_id = body["actions"][0]["value"]
    await _refuse_unless(desk, client, workspace_id, user_id, Act.ALLOW_GUESTS)
    async with desk.begin() as session:
        started = await allow_guests(session, workspace_id, channel_id, by=user_id, now=desk.now())
        if started is None:
            raise UserError(_("That channel does not wait for anybody’s word any more."))
        say = partial(_allowed, started, user_id)
        await answer_for_all(session, workspace_id, about_guests(channel_id), say, now=desk.now())
        if started.set_up_by != user_id:
            said = await said_to(session, workspace_id, started.set_up_by, say)
            await tell(
                session, workspace_id, started.set_up_by, f"allowed:{channel_id}", said, now=desk.now()
            )
    desk.wake_outbox()
    await ack()
    await respond(replace_original=True, **say())


def _allowed(started: ChannelSettings, by: str) -> dict[str, Any]:
    return allowed(started.channel_id, by=by, when=next_said(started))


async def _refuse_unless(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, act: Act
) -> None:
    await desk.colleagues.get(client, workspace_id, user_id)
    async with desk.read() as session:
        actor = await desk.colleagues.actor(session, client, workspace_id, user_id)
    if not may(actor, act):
        raise UserError(_("Only editors and workspace admins decide that. Please ask one of them."))
