"""Clicks on what was said about a dropped list of accounts."""

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

_TAKE = re.compile(rf"{ids.ACCOUNTS_UPLOAD_TAKE}(?::\w+)?")
_VALUE = re.compile(r"(?P<id>\d{1,15})(?::(?P<word>dmy|mdy|[A-Z]{3}))?")


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to what is clicked under a list of accounts."""
    app.action(_TAKE)(take)
    app.action(ids.ACCOUNTS_UPLOAD_LEAVE)(leave)


async def take(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """Take it in, with what was said about its days or its amounts."""
    from bot.accounts import dropping

    await ack()
    who, upload, word = await _clicked(desk, client, context, body["actions"][0]["value"])
    await dropping.take(desk, client, who, upload, word, Board.clicked(client, body))


async def leave(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """Leave it alone."""
    from bot.accounts import dropping

    await ack()
    who, upload, _word = await _clicked(desk, client, context, body["actions"][0]["value"])
    await dropping.leave(desk, who, upload, Board.clicked(client, body))


async def _clicked(
    desk: Desk, client: AsyncWebClient, context: AsyncBoltContext, value: str
) -> tuple[Visitor, Upload, str]:
    """Who clicked, on which list, and what they said. Raises UserError when it is gone or they may not."""
    parts = _VALUE.fullmatch(value)
    who = await visitor(desk, context)
    async with desk.read() as session:
        actor = await desk.colleagues.actor(session, client, who.workspace_id, who.user_id)
        upload = await nps_uploads.get(session, who.workspace_id, int(parts["id"])) if parts else None
    allowed = may(actor, Act.BRING_ANSWERS) and upload is not None and "reading" in upload.mapping
    if upload is None or parts is None or not allowed:
        raise UserError(_("This list isn’t waiting any more. Please drop it once more."))
    return who, upload, parts["word"] or ""
