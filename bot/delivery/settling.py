"""Posts in doubt: whether they stand is read from Slack's history by their metadata."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.calling import EVENT_TYPE, MAYBE_DONE, TOKEN_DEAD
from storage.deliveries import POST
from storage.sending import Claimed, Outcome

CLOCKS_DIFFER = timedelta(minutes=10)
"""How far Slack's clock and ours may lie apart."""

MOST_PAGES = 10
PAGE = 200


_ASK_LATER = MAYBE_DONE | TOKEN_DEAD | {"ratelimited"}
"""Answers that say nothing about the history."""


class _TooLong(Exception):
    """There is more in the history than is read."""


async def settle(
    client: AsyncWebClient, delivery: Claimed, *, most_pages: int = MOST_PAGES
) -> Outcome | None:
    """What became of a post nobody answered for; None when Slack cannot be asked just now.

    Updates and deletions change nothing when they are made twice: they are simply made again. A post
    whose history cannot be read is left in doubt for a person to decide, and never posted again by itself.
    """
    if delivery.method != POST:
        return Outcome(state="pending", error="in doubt: made again")
    try:
        place = await _place(client, delivery)
        ts = await _find(client, delivery, place, most_pages)
    except SlackApiError as error:
        return _unread(error)
    except _TooLong:
        return Outcome(state="in_doubt", error=f"not in the last {most_pages * PAGE} messages")
    except (aiohttp.ClientError, SlackClientError, TimeoutError, asyncio.IncompleteReadError, OSError):
        return None
    if ts is None:
        return Outcome(state="pending", error="in doubt: not in the history")
    return Outcome(state="sent", slack_ts=ts, posted_in=place)


def _unread(error: SlackApiError) -> Outcome | None:
    status, reason = error.response.status_code, str(error.response.get("error", "no reason"))
    if status == 429 or status >= 500 or reason in _ASK_LATER:
        return None
    return Outcome(state="in_doubt", error=f"history unreadable: {reason}")


async def _place(client: AsyncWebClient, delivery: Claimed) -> str:
    if not delivery.channel_id.startswith(("U", "W")):
        return delivery.channel_id
    opened = await client.conversations_open(users=delivery.channel_id)
    return str(opened["channel"]["id"])


async def _find(client: AsyncWebClient, delivery: Claimed, place: str, most_pages: int) -> str | None:
    oldest = f"{(delivery.sending_at - CLOCKS_DIFFER).timestamp():.6f}"
    cursor = ""
    for _page in range(most_pages):
        asked: dict[str, Any] = {
            "channel": place,
            "oldest": oldest,
            "include_all_metadata": True,
            "limit": PAGE,
        }
        asked |= {"cursor": cursor} if cursor else {}
        if delivery.thread_ts:
            answer = await client.conversations_replies(ts=delivery.thread_ts, **asked)
        else:
            answer = await client.conversations_history(**asked)
        for message in answer["messages"]:
            metadata = message.get("metadata") or {}
            own = metadata.get("event_type") == EVENT_TYPE
            if own and metadata.get("event_payload", {}).get("id") == delivery.id:
                return str(message["ts"])
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return None
    raise _TooLong
