"""One call to Slack for one delivery, and what its answer means."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings
from storage.deliveries import DELETE, POST
from storage.sending import Claimed, Outcome

TIMEOUT_SECONDS = 10.0
"""How long a post waits for its answer before it is in doubt."""

EVENT_TYPE = "firsthand_delivery"
"""The metadata by which a post is found again in a channel's history."""

MAYBE_DONE = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Answers after which Slack may have carried the call out all the same."""

TOKEN_DEAD = frozenset({"invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_authed"})
"""Answers that say nothing about the post: the workspace has to be connected again."""

RETRY_LATER = timedelta(minutes=10)


@asynccontextmanager
async def posting_client(settings: Settings) -> AsyncIterator[AsyncWebClient]:
    """A client that never sends anything twice by itself, over connections that are kept open."""
    timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=20)) as session:
        yield AsyncWebClient(
            token=settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else None,
            base_url=settings.slack_api_url,
            session=session,
            retry_handlers=[],
        )


async def carry_out(client: AsyncWebClient, delivery: Claimed) -> Outcome | None:
    """Make the call; None when nobody can know whether it was carried out (it stays in doubt)."""
    try:
        answer = await client.api_call(delivery.method, json=_arguments(delivery))
    except SlackApiError as error:
        return _refusal(delivery, error)
    except aiohttp.ClientConnectorError as error:
        return Outcome(state="pending", error=str(error), wait=timedelta(seconds=5))
    except (aiohttp.ClientError, SlackClientError, TimeoutError, asyncio.IncompleteReadError, OSError):
        return None
    return Outcome(
        state="sent",
        slack_ts=answer.get("ts") or delivery.target_ts,
        posted_in=answer.get("channel") or delivery.channel_id,
    )


def _arguments(delivery: Claimed) -> dict[str, Any]:
    if delivery.method == DELETE:
        return {"channel": delivery.posted_in, "ts": delivery.target_ts}
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"id": delivery.id}}
    if delivery.method != POST:
        # Without the metadata an update would drop it, and the post could not be found any more.
        return {"channel": delivery.posted_in, "ts": delivery.target_ts, **delivery.payload}
    # A link in what a customer said is theirs to follow, not ours to draw in the channel.
    quiet = {"unfurl_links": False, "unfurl_media": False}
    arguments = {"channel": delivery.channel_id, "metadata": metadata, **quiet, **delivery.payload}
    return arguments | ({"thread_ts": delivery.thread_ts} if delivery.thread_ts else {})


def _refusal(delivery: Claimed, error: SlackApiError) -> Outcome | None:
    status = error.response.status_code
    reason = str(error.response.get("error", f"HTTP {status}"))
    if status == 429 or reason == "ratelimited":
        wait = float(error.response.headers.get("Retry-After", 30))
        return Outcome(state="pending", error="ratelimited", wait=timedelta(seconds=wait))
    if status >= 500 or reason in MAYBE_DONE:
        return None
    if reason in TOKEN_DEAD:
        return Outcome(state="pending", error=reason, wait=RETRY_LATER)
    if delivery.method == DELETE and reason == "message_not_found":
        return Outcome(state="sent", slack_ts=delivery.target_ts, posted_in=delivery.posted_in)
    return Outcome(state="failed", error=reason)
