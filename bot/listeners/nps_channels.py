"""NPS in channels: sharing an answer there, and choosing which movements a channel hears of."""

from __future__ import annotations

import json
import re
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import ids
from bot.audience import audience, refuse_unheard
from bot.desk import Desk
from bot.failures import near_or_private
from bot.guests import refuse_unknown_readers
from bot.listeners.clicks import channel_of, workspace_of
from bot.listeners.nps import refuse_outsiders
from bot.messages import nps_follow
from bot.messages.blocks import Block, values_of
from bot.nps.answering import shared_answer
from bot.nps.facts import understand
from bot.nps.watching import settings_command
from bot.permissions import Act, may
from bot.settings import Settings
from bot.tongues import speaking_to
from bot.tuning import refuse_others, refuse_place
from storage import channels, deliveries, nps_counts, nps_follows
from storage.deliveries import Post
from storage.nps_follows import Cell, Follow, cell_of
from stories.errors import UserError
from stories.language import _
from stories.mrkdwn import as_typed

SHARE = "nps_share"
_FOLLOW = re.compile(r"\s*(?:un)?follow\b", re.IGNORECASE)
"""Both words open the same choice: what is chosen in it is what the channel hears."""


def register(app: AsyncApp, settings: Settings) -> None:
    """Listen to `/nps follow`, to the buttons under an answer, and to the modal."""
    app.command(settings.firsthand_nps_command, matchers=[_asks_to_follow])(follow)
    app.action(ids.NPS_SHARE)(share)
    app.action(ids.NPS_FOLLOW)(choose)
    app.view(ids.NPS_FOLLOW_VIEW)(save)


async def share(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, desk: Desk
) -> None:
    """Plan a post of the answer in the channel where it was asked for, once for each answer."""
    workspace_id, user_id, channel_id = workspace_of(body), body["user"]["id"], channel_of(body)
    if channel_id is None:
        raise UserError(_("Ask again in the channel that should see this, and share it there."))
    await refuse_outsiders(desk, client, workspace_id, user_id)
    refuse_unheard(await audience(client, channel_id))
    await refuse_unknown_readers(desk, client, workspace_id, channel_id)
    said, command = str(body["actions"][0]["value"]), desk.settings.firsthand_nps_command
    async with desk.read() as session, speaking_to(session, workspace_id, channel_id):
        payload = await shared_answer(
            session, workspace_id, said, now=desk.now(), by=user_id, command=command
        )
    async with desk.begin() as session:
        slot = f"nps:{user_id}:{body['container']['message_ts']}:{said}"
        post = Post(channel_id=channel_id, kind=SHARE, slot_key=slot, payload=payload)
        await deliveries.plan(session, workspace_id, post, now=desk.now())
    desk.wake_outbox()
    await ack()
    told = _("Shared: everybody here sees it, without the comments.")
    await respond(text=told, response_type="ephemeral", replace_original=False)


async def choose(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the settings of this channel's movements, with what somebody has just looked at chosen."""
    channel_id = channel_of(body)
    if channel_id is None:
        raise UserError(_("This is for channels: ask again in the one that should hear of it."))
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    async with desk.read() as session:
        facts = await understand(session, workspace_id, str(body["actions"][0]["value"]), desk.now())
    view = await follow_view(desk, client, workspace_id, user_id, channel_id, facts.question.sides)
    await client.views_open(trigger_id=body["trigger_id"], view=view)
    await ack()


async def follow(ack: AsyncAck, command: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the same for `/nps follow …`, with the group that was named chosen."""
    workspace_id, user_id, channel_id = command["team_id"], command["user_id"], command["channel_id"]
    named = _FOLLOW.sub("", as_typed(command.get("text") or ""))
    async with desk.read() as session:
        facts = await understand(session, workspace_id, named, desk.now())
    sides = facts.question.sides if named.strip() else ()
    view = await follow_view(desk, client, workspace_id, user_id, channel_id, sides)
    await client.views_open(trigger_id=command["trigger_id"], view=view)
    await ack()


async def follow_view(
    desk: Desk,
    client: AsyncWebClient,
    workspace_id: str,
    user_id: str,
    channel_id: str,
    asked: tuple[Cell, ...] = (),
) -> Block:
    """The settings of a channel's movements. Raises UserError where or for whom there are none."""
    await refuse_strangers(desk, client, workspace_id, user_id, channel_id)
    async with desk.read() as session:
        known = await nps_follows.followed(session, workspace_id, channel_id)
        words = await nps_counts.vocabulary(session, workspace_id)
    return nps_follow.view(channel_id, known, asked, _singles(words))


async def save(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep what the channel follows from now on."""
    values, about = values_of(view), json.loads(view["private_metadata"])
    workspace_id, user_id, channel_id = workspace_of(body), body["user"]["id"], about["channel"]
    await refuse_strangers(desk, client, workspace_id, user_id, channel_id)
    command = settings_command(desk)
    async with desk.begin() as session:
        known = await nps_follows.followed(session, workspace_id, channel_id)
        words = await nps_counts.vocabulary(session, workspace_id)
        asked = [cell_of(cell) for cell in about["asked"]]
        offered = [*(known.cells if known else ()), *asked, *_singles(words)]
        cells, every = nps_follow.followed(values, nps_follow.choices_of(offered))
        wanted = Follow(
            channel_id=channel_id,
            cells=cells,
            every_segment=every,
            sensitivity=values["sensitivity"],
            quiet_line=nps_follow.wants_quiet_line(values),
            asked_by=user_id,
            asked_at=desk.now(),
        )
        if cells or every:
            await nps_follows.follow(session, workspace_id, wanted)
        else:
            await nps_follows.unfollow(session, workspace_id, channel_id)
    await ack(response_action="clear")
    said = nps_follow.saved(wanted, command) if cells or every else nps_follow.stopped(command)
    await near_or_private(client, channel_id, user_id, text=said)


async def refuse_strangers(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, channel_id: str
) -> None:
    """Raise UserError for a place that cannot hear of movements, or a person who may not say so."""
    await refuse_outsiders(desk, client, workspace_id, user_id)
    command = desk.settings.firsthand_channel_command
    await refuse_place(client, channel_id, command=command)
    async with desk.read() as session:
        channel = await channels.get(session, workspace_id, channel_id)
    if channel is None:
        # Without settings of its own nobody has looked yet at who reads along.
        await refuse_unknown_readers(desk, client, workspace_id, channel_id)
    await refuse_untuned(desk, client, workspace_id, user_id, channel_id)


async def refuse_untuned(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, channel_id: str
) -> None:
    """Raise UserError for a person who may not say what a channel hears.

    Enough to have it hear less: that is open to them whoever reads along by now.
    """
    await refuse_outsiders(desk, client, workspace_id, user_id)
    async with desk.read() as session:
        channel = await channels.get(session, workspace_id, channel_id)
        actor = await desk.colleagues.actor(session, client, workspace_id, user_id)
    if channel is not None or not may(actor, Act.TUNE_CHANNEL):
        await refuse_others(desk, client, workspace_id, actor, channel)


async def _asks_to_follow(command: dict[str, Any]) -> bool:
    return bool(_FOLLOW.match(command.get("text") or ""))


def _singles(words: dict[str, tuple[str, ...]]) -> list[Cell]:
    return [((name, value),) for name, values in words.items() for value in values]
