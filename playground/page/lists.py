"""Which messages a person finds in a conversation or a thread, their own ephemeral ones among them."""

from __future__ import annotations

from playground.model import Channel, Message, User


def channel_messages(
    channel: Channel, viewer: User, *, before: str = "", limit: int = 40
) -> tuple[list[Message], bool]:
    """Return up to `limit` newest messages (older than `before` when given) with the reader's ephemeral ones.

    The second value tells whether there are older ones.
    """
    keys = [ts for ts in channel.order if float(ts) < float(before)] if before else channel.order
    shown = [channel.messages[ts] for ts in keys[-limit:]]
    oldest = float(shown[0].ts) if shown and len(keys) > limit else 0.0
    newest = float(before) if before else float("inf")
    own = [
        message
        for message in channel.ephemerals.get(viewer.id, [])
        if not message.thread_ts and oldest <= float(message.ts) < newest
    ]
    return sorted([*shown, *own], key=lambda message: float(message.ts)), len(keys) > limit


def thread_messages(channel: Channel, viewer: User, root_ts: str) -> list[Message]:
    """Return a thread's first message, its replies, and what in it only the reader sees."""
    keys = [root_ts, *channel.threads.get(root_ts, [])]
    shown = [channel.messages[ts] for ts in keys if ts in channel.messages]
    own = [message for message in channel.ephemerals.get(viewer.id, []) if message.thread_ts == root_ts]
    return sorted([*shown, *own], key=lambda message: float(message.ts))
