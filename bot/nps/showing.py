"""Putting an answer where its asker sees it; without its chart where Slack does not draw charts yet."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.messages.charts import REFUSED, has_chart, without_chart
from stories.language import _

log = logging.getLogger(__name__)
_NOT_THERE = frozenset({"not_in_channel", "channel_not_found", "user_not_in_channel", "is_archived"})
"""Slack's words for a channel in which nothing can be said: shortcuts work there all the same."""


async def respond_with(respond: AsyncRespond, payload: dict[str, Any], *, replace: bool = False) -> None:
    """Answer a command, or take the place of the message in which somebody clicked."""
    about: dict[str, Any] = {"response_type": "ephemeral", "replace_original": replace}
    told = await respond(**payload, **about)
    if told.status_code == 200:
        return
    log.warning("Slack would not show an answer: %s %s", told.status_code, told.body[:200])
    if has_chart(payload) and REFUSED in told.body:
        await respond(**without_chart(payload), **about)
    else:
        await respond(text=_("Slack would not show this answer. Please ask again."), **about)


async def whisper_to(
    client: AsyncWebClient, channel_id: str, user_id: str, payload: dict[str, Any], thread_ts: str | None
) -> None:
    """Answer somebody who wrote to the bot: in the channel for them alone, or in private."""
    try:
        await _send(client, channel_id, user_id, payload, thread_ts)
    except SlackApiError as error:
        if not has_chart(payload) or error.response.get("error") != REFUSED:
            raise
        await _send(client, channel_id, user_id, without_chart(payload), thread_ts)


async def _send(
    client: AsyncWebClient, channel_id: str, user_id: str, payload: dict[str, Any], thread_ts: str | None
) -> None:
    if channel_id.startswith("D"):
        await client.chat_postMessage(channel=channel_id, **payload)
        return
    try:
        await client.chat_postEphemeral(channel=channel_id, user=user_id, thread_ts=thread_ts, **payload)
    except SlackApiError as error:
        if error.response.get("error") not in _NOT_THERE:
            raise
        await client.chat_postMessage(channel=user_id, **payload)
