"""The monthly letter: asked for with the channel's command, ended with one click, which is remembered."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.attention import to_person
from bot.desk import Desk
from bot.failures import whisper
from bot.listeners.clicks import refuse_guests, workspace_of
from bot.listeners.nps_channels import refuse_strangers, refuse_untuned
from bot.messages import letters as words
from bot.messages.blocks import Block, values_of
from bot.messages.reacting import done_modal
from bot.momentum import ids as momentum_ids
from bot.settings import Settings
from storage import audit, letters, rota
from stories.errors import UserError
from stories.language import _

_STOP = re.compile(rf"{momentum_ids.LETTER_STOP}(?::me)?")


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the letter's window and to the button under each letter."""
    app.view(momentum_ids.LETTER_VIEW)(have_it_come)
    app.action(_STOP)(stop)


async def letter_view(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, channel_id: str
) -> Block:
    """Where somebody asks for a letter; in a direct message for themself. Raises UserError for guests."""
    await refuse_guests(desk, client, workspace_id, user_id)
    place = "" if channel_id.startswith("D") else channel_id
    async with desk.read() as session:
        parts = await rota.known_parts(session, workspace_id)
        here = await letters.of_place(session, workspace_id, place) if place else None
        mine = await letters.of_place(session, workspace_id, user_id)
    return words.letter_modal(
        parts,
        channel_id=place,
        here=here.part if here and here.stopped_at is None else None,
        mine=mine.part if mine and mine.stopped_at is None else None,
        stopped_on=here.stopped_at.date() if here and here.stopped_at else None,
    )


async def have_it_come(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep where it comes; for a channel that is for whoever may tune it."""
    workspace_id, user_id, values = workspace_of(body), str(body["user"]["id"]), values_of(view)
    place = user_id if values["where"] == "me" else str(view["private_metadata"])
    part = "" if values["part"] == words.WHOLE else str(values["part"])
    await _refuse(desk, client, workspace_id, user_id, place)
    async with desk.begin() as session:
        await letters.want(session, workspace_id, place, part, by=user_id, now=desk.now())
        if not to_person(place):
            await _note(session, workspace_id, user_id, place, "ask_for_letter", desk)
    said = _(
        "It comes in the first days of each month, for the month before. Nothing comes when nothing happened."
    )
    await ack(response_action="update", view=done_modal(_("The monthly letter"), said))


async def stop(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """No more letters there: one click, and it is remembered."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    value = str(body["actions"][0]["value"])
    place = user_id if value == "me" or to_person(value) else value
    if not to_person(place):
        await refuse_untuned(desk, client, workspace_id, user_id, place)
    async with desk.begin() as session:
        await letters.stop(session, workspace_id, place, now=desk.now())
        if not to_person(place):
            await _note(session, workspace_id, user_id, place, "stop_letter", desk)
    await ack()
    said = _("No more letters, then. `{command} letter` has them come again.").format(
        command=desk.settings.firsthand_channel_command
    )
    if (body.get("view") or {}).get("type") == "modal":
        view = done_modal(_("The monthly letter"), said)
        await client.views_update(view_id=body["view"]["id"], view=view)
    else:
        await whisper(client, body, said)


async def _refuse(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, place: str) -> None:
    if to_person(place):
        await refuse_guests(desk, client, workspace_id, user_id)
    elif place:
        await refuse_strangers(desk, client, workspace_id, user_id, place)
    else:
        raise UserError(_("Type the command in the channel that should hear the letter."), field="where")


async def _note(session: Any, workspace_id: str, user_id: str, place: str, act: str, desk: Desk) -> None:
    entry = audit.Entry(at=desk.now(), actor_id=user_id, act=act, object_kind="channel", object_id=place)
    await audit.note(session, workspace_id, entry)
