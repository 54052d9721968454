"""Clicks on what was said about a dropped table of answers."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import ids
from bot.desk import Desk
from bot.dropping.board import Board
from bot.permissions import Act, may
from bot.settings import Settings
from bot.visitors import Visitor, visitor
from storage import nps_uploads
from storage.nps_uploads import Upload
from stories.errors import UserError
from stories.language import _

_TAKE = re.compile(rf"{ids.NPS_UPLOAD_TAKE}(?::\w+)?")
_VALUE = re.compile(r"(?P<id>\d{1,15})(?::(?P<word>[a-z]{2,5}))?(?::(?P<at>\d{1,3}))?")


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to what is clicked under a table of answers."""
    app.action(_TAKE)(take)
    app.action(ids.NPS_UPLOAD_LEAVE)(leave)
    app.action(ids.NPS_UPLOAD_COLUMN)(choose_column)


async def take(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """Take it in, with what was said about its dates."""
    from bot.nps import dropping
    from bot.nps.importing.moments import Order

    await ack()
    who, upload, parts = await _clicked(desk, client, context, body["actions"][0]["value"])
    order = Order(parts["word"]) if parts["word"] else None
    await dropping.take(desk, client, who, upload, order, Board.clicked(client, body))


async def leave(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """Leave it alone."""
    from bot.nps import dropping

    await ack()
    who, upload, _parts = await _clicked(desk, client, context, body["actions"][0]["value"])
    await dropping.leave(desk, who, upload, Board.clicked(client, body))


async def choose_column(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """A column was named."""
    from bot.nps import dropping

    await ack()
    chosen = body["actions"][0]["selected_option"]["value"]
    who, upload, parts = await _clicked(desk, client, context, chosen)
    board = Board.clicked(client, body)
    await dropping.choose_column(desk, client, who, upload, str(parts["word"]), int(parts["at"] or 0), board)


async def _clicked(
    desk: Desk, client: AsyncWebClient, context: AsyncBoltContext, value: str
) -> tuple[Visitor, Upload, re.Match[str]]:
    """Who clicked, on which table. Raises UserError when it is gone or they may not."""
    parts = _VALUE.fullmatch(value)
    who = await visitor(desk, context)
    await desk.colleagues.get(client, who.workspace_id, who.user_id)
    async with desk.read() as session:
        actor = await desk.colleagues.actor(session, client, who.workspace_id, who.user_id)
        upload = await nps_uploads.get(session, who.workspace_id, int(parts["id"])) if parts else None
    if upload is None or parts is None or not may(actor, Act.BRING_ANSWERS):
        raise UserError(_("This table isn’t waiting any more. Please drop it once more."))
    return who, upload, parts
