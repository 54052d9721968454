"""Clicks on what was said about a dropped list of customers or colleagues."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.dropping.board import Board
from bot.permissions import Act, may
from bot.rota import ids as rota_ids
from bot.settings import Settings
from bot.visitors import Visitor, visitor
from storage import nps_uploads
from storage.nps_uploads import Upload
from stories.errors import UserError
from stories.language import _

_LISTS = ("contacts", "people")


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to what is clicked under a list."""
    app.action(rota_ids.ROTA_UPLOAD_TAKE)(take)
    app.action(rota_ids.ROTA_UPLOAD_LEAVE)(leave)


async def take(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """Take it in."""
    # Reading tables takes libraries that a bot without files can do without.
    from bot.rota import dropping

    await ack()
    who, upload = await _clicked(desk, client, context, body)
    await dropping.take(desk, client, who, upload, Board.clicked(client, body))


async def leave(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """Leave it alone."""
    from bot.rota import dropping

    await ack()
    who, upload = await _clicked(desk, client, context, body)
    await dropping.leave(desk, who, upload, Board.clicked(client, body))


async def _clicked(
    desk: Desk, client: AsyncWebClient, context: AsyncBoltContext, body: dict[str, Any]
) -> tuple[Visitor, Upload]:
    """Who clicked, on which list. Raises UserError when it is gone or they may not."""
    who, value = await visitor(desk, context), str(body["actions"][0]["value"])
    async with desk.read() as session:
        actor = await desk.colleagues.actor(session, client, who.workspace_id, who.user_id)
        known = value.isascii() and value.isdecimal()
        upload = await nps_uploads.get(session, who.workspace_id, int(value)) if known else None
    ours = upload is not None and upload.mapping.get("about") in _LISTS
    if upload is None or not ours or not may(actor, Act.BRING_ANSWERS):
        raise UserError(_("This list isn’t waiting any more. Please drop it once more."))
    return who, upload
