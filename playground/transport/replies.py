"""Addresses that an app answers to (response_url): five times within half an hour.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.drafting import draft_from
from playground.errors import SlackError
from playground.model import Channel, Message, ReplyAddress
from playground.posting import drop_ephemeral, edit, find_ephemeral, post, post_ephemeral, remove
from playground.workspace import Workspace

LIFE_SECONDS = 1800.0


def reply_url(
    ws: Workspace, channel_id: str, user_id: str, *, ts: str = "", is_ephemeral: bool = False
) -> str:
    """Make an address for answers to what that person did there, about the message `ts` if there is one."""
    now = ws.clock.real_seconds()
    while ws.replies:
        oldest = next(iter(ws.replies))
        if ws.replies[oldest].until > now:
            break
        del ws.replies[oldest]
        ws.keep("reply", oldest)
    key = ws.random.randbytes(12).hex()
    ws.replies[key] = ReplyAddress(channel_id, user_id, now + LIFE_SECONDS, ts, is_ephemeral)
    ws.keep("reply", key)
    return f"{ws.base_url}/actions/{ws.team_id}/{key}"


def answer(ws: Workspace, key: str, body: Mapping[str, Any]) -> None:
    """Carry out one answer; raises used_url or expired_url (404), or what is wrong with the message."""
    address = ws.replies.get(key)
    channel = ws.channels.get(address.channel_id) if address else None
    if address is None or channel is None or address.until < ws.clock.real_seconds():
        raise SlackError("expired_url", status=404)
    if address.left < 1:
        raise SlackError("used_url", status=404)
    carry_out(ws, channel, address, body)
    address.left -= 1
    ws.keep("reply", key)


def carry_out(ws: Workspace, channel: Channel, address: ReplyAddress, body: Mapping[str, Any]) -> None:
    """Say, replace or delete as `body` asks: also what the body of a command's acknowledgement does."""
    standing = _standing(channel, address)
    if body.get("delete_original"):
        if standing is None:
            return
        if standing.ephemeral_to:
            drop_ephemeral(ws, channel, standing)
        else:
            remove(ws, channel, standing)
        return
    draft = draft_from(body)
    if body.get("replace_original") and standing is not None:
        edit(ws, channel, standing, draft)
    elif body.get("response_type") == "in_channel":
        post(ws, channel, ws.app.user_id, draft)
    else:
        post_ephemeral(ws, channel, address.user_id, draft)


def _standing(channel: Channel, address: ReplyAddress) -> Message | None:
    if address.is_ephemeral:
        return find_ephemeral(channel, address.user_id, address.ts)
    return channel.messages.get(address.ts)
