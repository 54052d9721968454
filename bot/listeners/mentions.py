"""Questions to an avatar: by naming the bot in a channel, or with *Ask the customer* on a message."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import ids
from bot.avatars.answering import Asked, answer
from bot.avatars.asking import can_search_meaning
from bot.desk import Desk
from bot.listeners.clicks import refuse_guests, workspace_of
from bot.messages import avatar
from bot.messages.blocks import context, escaped
from bot.nps.showing import whisper_to
from bot.settings import Settings
from stories.errors import UserError
from stories.mrkdwn import as_typed

_MENTION = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^>]*)?>")
_NPS = re.compile(r"\bnps\b", re.IGNORECASE)


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to mentions that do not name NPS (`bot.listeners.nps` answers those), and to the shortcut."""
    app.event("app_mention", matchers=[_is_for_an_avatar])(hear)
    app.shortcut(ids.ASK_THE_CUSTOMER)(ask_the_customer)


async def hear(event: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk) -> None:
    """Answer what somebody asked in a channel, in its thread."""
    asked = Asked(
        workspace_id=context.team_id or "",
        channel_id=str(event["channel"]),
        user_id=str(event["user"]),
        ts=str(event["ts"]),
        thread_ts=event.get("thread_ts"),
        question=as_typed(_MENTION.sub(" ", event.get("text") or "")),
    )
    await _answer(desk, client, asked)


async def ask_the_customer(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Answer in the thread of a message that somebody points at: an idea, a plan, a question."""
    await ack()
    message = body["message"]
    asked = Asked(
        workspace_id=workspace_of(body),
        channel_id=str(body["channel"]["id"]),
        user_id=str(body["user"]["id"]),
        ts=str(message["ts"]),
        thread_ts=message.get("thread_ts"),
        question=as_typed(_MENTION.sub(" ", message.get("text") or "")),
    )
    await _answer(desk, client, asked)


async def _answer(desk: Desk, client: AsyncWebClient, asked: Asked) -> None:
    """What nobody could tell, or may be told, only the one who asked hears."""
    try:
        await refuse_guests(desk, client, asked.workspace_id, asked.user_id)
        if await answer(desk, client, asked):
            return
        said = avatar.nobody_said(asked.question, can_search_meaning=can_search_meaning())
    except UserError as error:
        said = {"text": escaped(error.message), "blocks": [context(escaped(error.message))]}
    await whisper_to(client, asked.channel_id, asked.user_id, said, asked.thread_ts)


async def _is_for_an_avatar(event: dict[str, Any]) -> bool:
    return bool(event.get("user") and not event.get("bot_id") and not _NPS.search(event.get("text") or ""))
