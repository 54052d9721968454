"""Pins: messages that stay to be found in their conversation, whoever pinned them.

https://docs.slack.dev/reference/methods/pins.add
"""

from __future__ import annotations

from playground.errors import SlackError
from playground.faces import message_json
from playground.model import Channel, Json, Message, Pin
from playground.transport.events import publish
from playground.workspace import Workspace

MOST_PINS = 100


def pin(ws: Workspace, channel: Channel, message: Message, user_id: str) -> None:
    """Pin a message; raises already_pinned, not_pinnable (what Slack itself said) or too_many_pins."""
    if message.ts in channel.pins:
        raise SlackError("already_pinned")
    if (message.subtype or "").startswith(("channel_", "group_")):
        raise SlackError("not_pinnable")
    if len(channel.pins) >= MOST_PINS:
        raise SlackError("too_many_pins")
    channel.pins[message.ts] = Pin(user_id, int(ws.clock.seconds()))
    _tell(ws, channel, message, {"type": "pin_added", "user": user_id}, channel.pins[message.ts])


def unpin(ws: Workspace, channel: Channel, message: Message, user_id: str) -> None:
    """Take a pin away; raises no_pin."""
    gone = channel.pins.pop(message.ts, None)
    if gone is None:
        raise SlackError("no_pin")
    event = {"type": "pin_removed", "user": user_id, "has_pins": bool(channel.pins)}
    _tell(ws, channel, message, event, gone)


def pinned_item(ws: Workspace, channel: Channel, message: Message, by: Pin) -> Json:
    """A pin as `pins.list` and the events give it."""
    face = {"type": "message", "channel": channel.id, "message": message_json(ws, message)}
    return face | {"created": by.at, "created_by": by.user_id}


def _tell(ws: Workspace, channel: Channel, message: Message, event: Json, by: Pin) -> None:
    ws.notify("channel", channel.id)
    ws.notify("edited", channel.id, ts=message.ts)
    event |= {
        "channel_id": channel.id,
        "item": pinned_item(ws, channel, message, by),
        "item_user": message.user_id,
        "pin_count": str(len(channel.pins)),
        "pinned_info": {"channel": channel.id, "pinned_by": by.user_id, "pinned_ts": by.at},
    }
    publish(ws, event, channel)
