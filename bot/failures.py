"""Where a listener ends that could not do what was asked: the person hears of it and loses nothing."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient
from sqlalchemy.exc import SQLAlchemyError

from bot.messages.blocks import Block, context, escaped
from bot.once import DoneBefore
from stories.errors import UserError
from stories.language import _

log = logging.getLogger(__name__)
_BOLT_LOOKS_SECONDS = 0.02
"""Bolt looks every 0.01 s whether a listener acknowledged, and forgets that it did once its failure is dealt
with: whoever is quicker than that leaves Slack without an answer."""
DATABASE_TROUBLE = (SQLAlchemyError, TimeoutError, ConnectionError)


def sentence_for(error: Exception) -> str:
    """What the person is told; anything unforeseen is logged with a reference that they see."""
    if isinstance(error, UserError):
        return error.message
    reference = secrets.token_hex(3)
    log.error("a request failed (reference %s)", reference, exc_info=error)
    if isinstance(error, DATABASE_TROUBLE):
        said = _(
            "We couldn’t save or read this just now, and nothing you typed is lost. "
            "Please try again in a minute. (Reference {reference})"
        )
        return said.format(reference=reference)
    if isinstance(error, SlackApiError) and error.response.get("error") in EXPIRED:
        return _("That took too long and Slack closed the door. Please click again.")
    if isinstance(error, SlackApiError) and error.response.get("error") == "missing_scope":
        said = _(
            "Firsthand lacks a permission for that here ({scope}). An admin can grant it by installing "
            "Firsthand again; everything else works."
        )
        return said.format(scope=error.response.get("needed", ""))
    said = _(
        "Something went wrong on our side. Please try again; if it keeps happening, tell your "
        "Firsthand admin this reference: {reference}"
    )
    return said.format(reference=reference)


EXPIRED = frozenset({"expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "trigger_exchanged"})
"""Slack's words for a click that was answered too late."""


async def answer_failure(
    error: Exception, body: dict[str, Any], client: AsyncWebClient, response: BoltResponse | None
) -> BoltResponse | None:
    """Bolt's error handler: says what went wrong where the person is looking.

    `response` is None once the listener has acknowledged: then only a message can still say it.
    """
    if isinstance(error, BoltUnhandledRequestError):
        return _unheard(body)
    if (quietly := _needs_no_word(error)) is not None:
        log.info(quietly)
        return None if response is None else BoltResponse(status=200)
    said = sentence_for(error)
    if response is None:
        await asyncio.sleep(_BOLT_LOOKS_SECONDS)
        await _try_to_whisper(client, body, said)
        return None
    if (in_answer := _in_answer(error, body, said)) is not None:
        return _json(in_answer)
    await _try_to_whisper(client, body, said)
    return BoltResponse(status=200)


def _in_answer(error: Exception, body: Mapping[str, Any], said: str) -> dict[str, Any] | None:
    if body.get("type") == "view_submission":
        field = error.field if isinstance(error, UserError) else None
        return refused(body["view"], said, field=field)
    if body.get("type") == "block_suggestion":
        return {"options": []}
    if "command" in body:
        return {"response_type": "ephemeral", "text": escaped(said)}
    return None


def _unheard(body: Mapping[str, Any]) -> BoltResponse | None:
    """Slack is thanked for an event that concerns nobody, or sends it again; nobody is for a dead button."""
    if "event" in body:
        return BoltResponse(status=200)
    log.warning("nothing listens to this %s", body.get("type") or body.get("command"))
    return None


def _needs_no_word(error: Exception) -> str | None:
    """Why nobody has to hear of this failure, for the log; None for one that somebody has to hear of."""
    if isinstance(error, DoneBefore):
        return "what came twice was done once"
    if isinstance(error, SlackApiError) and _is_window_gone(error):
        return "a window was closed before it was answered"
    return None


def _is_window_gone(error: SlackApiError) -> bool:
    return error.response.get("error") == "not_found" and "/views." in str(error.response.api_url)


async def _try_to_whisper(client: AsyncWebClient, body: Mapping[str, Any], sentence: str) -> None:
    try:
        await whisper(client, body, sentence)
    except SlackClientError as trouble:
        log.warning("could not tell somebody what went wrong: %s", trouble)


def refused(view: Mapping[str, Any], sentence: str, *, field: str | None = None) -> dict[str, Any]:
    """The answer to a submission that keeps the modal open with a sentence in it.

    It stands beside the field; beside the first input when it belongs to none; on top where there is none.
    """
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    if inputs:
        beside = field if field in inputs else inputs[0]
        return {"response_action": "errors", "errors": {beside: sentence}}
    return {"response_action": "update", "view": with_notice(view, sentence)}


def with_notice(view: Mapping[str, Any], sentence: str) -> Block:
    """The same view with a sentence on top (in place of an earlier one)."""
    kept = ("type", "callback_id", "title", "submit", "close", "private_metadata", "notify_on_close")
    blocks = [block for block in view["blocks"] if block.get("block_id") != "notice"]
    notice = context(f":warning: {escaped(sentence)}") | {"block_id": "notice"}
    return {key: view[key] for key in kept if view.get(key)} | {"blocks": [notice, *blocks]}


async def whisper(client: AsyncWebClient, body: Mapping[str, Any], sentence: str) -> None:
    """Tell somebody something that only they see: in their open modal, where they clicked, or in private.

    In private, too, where they have closed the modal meanwhile.
    """
    user, view = body.get("user", {}).get("id") or body.get("user_id"), body.get("view")
    channel = body.get("channel", {}).get("id") or body.get("container", {}).get("channel_id")
    if view and view.get("type") == "modal":
        await _in_window(client, view, str(user), sentence)
    elif body.get("response_url"):
        # The only way to answer in a channel that the bot is not in.
        webhook = AsyncWebhookClient(body["response_url"])
        await webhook.send(text=escaped(sentence), response_type="ephemeral", replace_original=False)
    elif user and channel and not channel.startswith("D"):
        await near_or_private(client, channel, user, text=escaped(sentence))
    elif user:
        await client.chat_postMessage(channel=user, text=escaped(sentence))


async def _in_window(client: AsyncWebClient, view: Mapping[str, Any], user: str, sentence: str) -> None:
    try:
        await client.views_update(view_id=view["id"], view=with_notice(view, sentence))
    except SlackApiError as error:
        if not _is_window_gone(error):
            raise
        await client.chat_postMessage(channel=user, text=escaped(sentence))


async def near_or_private(client: AsyncWebClient, channel: str, user: str, **said: Any) -> None:
    """Tell somebody something in a channel that only they see (`said`: a message); in private where they,
    or the bot, are not in it: shortcuts work there, and channels are set up from outside.
    """
    try:
        await client.chat_postEphemeral(channel=channel, user=user, **said)
    except SlackApiError:
        await client.chat_postMessage(channel=user, **said)


def register(app: AsyncApp) -> None:
    """Answer every failure of a listener."""
    app.error(answer_failure)


def _json(body: Mapping[str, Any]) -> BoltResponse:
    headers: dict[str, str | Sequence[str]] = {"content-type": "application/json;charset=utf-8"}
    return BoltResponse(status=200, body=json.dumps(body), headers=headers)
