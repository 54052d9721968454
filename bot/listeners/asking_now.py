"""A digest out of turn: shown to one person, posted on their word."""

from __future__ import annotations

import json
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot import digest, ids
from bot.desk import Desk
from bot.guests import guests_in
from bot.halting import note
from bot.home import commands_of
from bot.listeners.clicks import workspace_of
from bot.messages.blocks import Block
from bot.messages.digest import nothing_modal, posted_modal, preview_modal
from bot.messages.story_parts import template_of
from bot.own_customers import left_out
from bot.settings import Settings
from bot.tuning import refuse_others, refuse_place
from storage import channels, stories
from stories.channels import ChannelSettings
from stories.digest import DigestSettings
from stories.errors import UserError
from stories.language import _
from stories.story import StoryState


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the word that posts a previewed digest."""
    app.view(ids.DIGEST_POST_NOW)(post)


async def preview(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, channel_id: str
) -> Block:
    """What a digest would be in this channel now. Raises UserError where or for whom there is none."""
    commands = commands_of(desk.settings)
    channel = await _may_post(desk, client, workspace_id, user_id, channel_id)
    wanted = channel.digest if channel else DigestSettings()
    absent = await left_out(desk, client, workspace_id, channel_id)
    async with desk.read() as session:
        composed = await digest.compose(session, workspace_id, channel_id, wanted, desk.now(), absent)
        told = (await stories.counts(session, workspace_id)).get(StoryState.PUBLISHED, 0)
    if composed is None:
        return nothing_modal(
            channel_id=channel_id,
            empty=not told,
            interview=commands.interview,
            stories=commands.stories,
        )
    chosen = [(entry.telling.story_id, entry.retold) for entry in composed.entries if entry.telling]
    about = json.dumps({"channel": channel_id, "stories": chosen})
    template = template_of(channel.template if channel else "")
    return preview_modal(composed.entries, private_metadata=about, template=template)


async def post(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Post what was shown, as far as it may still be told, once it is clear who reads along."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    about = json.loads(view["private_metadata"])
    channel_id = about["channel"]
    channel = await _may_post(desk, client, workspace_id, user_id, channel_id)
    if (channel is None or channel.guests_allowed_by is None) and await guests_in(
        desk, client, workspace_id, channel_id
    ):
        raise UserError(
            _(
                "Guests from outside may read this channel, so an editor has to agree first. "
                "Set the channel up with {command}; that asks them."
            ).format(command=desk.settings.firsthand_channel_command)
        )
    chosen = [(int(story), bool(retold)) for story, retold in about["stories"]]
    absent = await left_out(desk, client, workspace_id, channel_id)
    async with desk.begin() as session:
        composed = await digest.gather(session, workspace_id, chosen, desk.now(), absent)
        if composed is None:
            raise UserError(_("None of these stories may be told any more. Please look again."))
        slot = digest.asked_slot(user_id, view["id"])
        planned = await digest.plan(
            session, workspace_id, channel_id, composed, slot=slot, now=desk.now(), asked_by=user_id
        )
        if planned is not None:
            await note(session, workspace_id, "digest_now", channel_id, by=user_id, now=desk.now())
    desk.wake_outbox()
    await ack(response_action="update", view=posted_modal(channel_id))


async def _may_post(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, channel_id: str
) -> ChannelSettings | None:
    """The channel's settings if it has any. Raises UserError for a place or a person that may not."""
    await refuse_place(client, channel_id, command=desk.settings.firsthand_channel_command)
    await desk.colleagues.get(client, workspace_id, user_id)
    async with desk.read() as session:
        channel = await channels.get(session, workspace_id, channel_id)
        actor = await desk.colleagues.actor(session, client, workspace_id, user_id)
    await refuse_others(desk, client, workspace_id, actor, channel)
    return channel
