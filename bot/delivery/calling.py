"""One call to Slack for one delivery, and what its answer means."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.connections import TOKEN_DEAD
from bot.messages.charts import REFUSED, has_chart, without_chart
from storage.deliveries import DELETE, POST, UPDATE
from storage.sending import Claimed, Outcome

CONNECTIONS = 512
"""Calls of one process at a time, all workspaces together."""

EVENT_TYPE = "firsthand_delivery"
"""The metadata by which a post is found again in a channel's history."""

POSTED_AS = frozenset({"username", "icon_emoji", "icon_url"})
"""What only a new post takes: under whose name and face it stands (chat:write.customize)."""

LIMITED = "ratelimited"
"""The error of a call that Slack put off; `wait` is how long it asked for."""

UNREACHABLE = "Slack cannot be reached"
"""How the error of a call begins that never left this machine."""

GONE = "message_not_found"
"""Slack's word for a message that is not there any more."""

MAYBE_DONE = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Answers after which Slack may have carried the call out all the same."""

UNANSWERED = (aiohttp.ClientError, SlackClientError, TimeoutError, asyncio.IncompleteReadError, OSError)
"""What is raised when no answer came that means anything."""

USUAL_WAIT = 30.0
LONGEST_WAIT = 3600.0
OUT_OF_REACH = timedelta(seconds=5)


@asynccontextmanager
async def posting_session(seconds: float) -> AsyncIterator[aiohttp.ClientSession]:
    """Connections to Slack, kept open and shared by all workspaces; a call may take so many `seconds`.

    Half of them may pass until there is a connection: what fails by then never left this machine.
    """
    limit = aiohttp.ClientTimeout(total=seconds, connect=seconds / 2)
    connector = aiohttp.TCPConnector(limit=CONNECTIONS)
    async with aiohttp.ClientSession(timeout=limit, connector=connector) as session:
        yield session


def posting_client(session: aiohttp.ClientSession, url: str, token: str) -> AsyncWebClient:
    """A client that never sends anything twice by itself."""
    return AsyncWebClient(token=token, base_url=url, session=session, retry_handlers=[])


async def carry_out(client: AsyncWebClient, delivery: Claimed) -> Outcome | None:
    """Make the call; None when nobody can know whether it was carried out (it stays in doubt).

    Where Slack does not draw charts the same is posted again with the chart's facts in words.
    """
    try:
        answer = await client.api_call(delivery.method, json=_arguments(delivery))
    except SlackApiError as error:
        if error.response.get("error") == REFUSED and has_chart(delivery.payload):
            return await carry_out(client, replace(delivery, payload=without_chart(delivery.payload)))
        return _refusal(delivery, error)
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        return Outcome(state="pending", error=f"{UNREACHABLE}: {error}", wait=OUT_OF_REACH)
    except UNANSWERED:
        return None
    return Outcome(
        state="sent",
        slack_ts=answer.get("ts") or delivery.target_ts,
        posted_in=answer.get("channel") or delivery.channel_id,
    )


def retry_after(error: SlackApiError) -> float | None:
    """The seconds that a 429 asks for, at most an hour; None for any other answer."""
    if error.response.status_code != 429 and error.response.get("error") != LIMITED:
        return None
    told = str(error.response.headers.get("Retry-After", ""))
    return min(LONGEST_WAIT, max(1.0, float(told))) if told.isdigit() else USUAL_WAIT


def _arguments(delivery: Claimed) -> dict[str, Any]:
    if delivery.method == DELETE:
        return {"channel": delivery.posted_in, "ts": delivery.target_ts}
    if delivery.method != POST:
        # The post is known by now: its metadata is not asked for again, and its name and face stay.
        said = {name: value for name, value in delivery.payload.items() if name not in POSTED_AS}
        return {"channel": delivery.posted_in, "ts": delivery.target_ts, **said}
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"id": delivery.id}}
    # A link in what a customer said is theirs to follow, not ours to draw in the channel.
    quiet = {"unfurl_links": False, "unfurl_media": False}
    arguments = {"channel": delivery.channel_id, "metadata": metadata, **quiet, **delivery.payload}
    return arguments | ({"thread_ts": delivery.thread_ts} if delivery.thread_ts else {})


def _refusal(delivery: Claimed, error: SlackApiError) -> Outcome | None:
    status = error.response.status_code
    reason = str(error.response.get("error", f"HTTP {status}"))
    wait = retry_after(error)
    if wait is not None:
        return Outcome(state="pending", error=LIMITED, wait=timedelta(seconds=wait))
    if status >= 500 or reason in MAYBE_DONE:
        return None
    if reason in TOKEN_DEAD:
        return Outcome(state="pending", error=reason)
    if delivery.method == DELETE and reason == GONE:
        return Outcome(state="sent", slack_ts=delivery.target_ts, posted_in=delivery.posted_in)
    if delivery.method == UPDATE and reason == GONE:
        # Somebody deleted it, or we did: nobody reads there what may no longer be told.
        return Outcome(state="cancelled", error=reason)
    return Outcome(state="failed", error=reason)
