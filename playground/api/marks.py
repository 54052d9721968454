"""reactions.* and pins.*."""

from __future__ import annotations

import re

from playground.acting.talk import tell_reaction
from playground.api.calling import Call, Method
from playground.errors import SlackError
from playground.faces import message_json
from playground.model import Channel, Json, Message
from playground.pinning import pin, pinned_item, unpin

_STAMP = re.compile(r"\d{1,12}\.\d{1,6}")
_NAME = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


def _name(call: Call) -> str:
    name = call.text("name", "invalid_name").strip(":")
    if not _NAME.fullmatch(name):
        raise SlackError("invalid_name")
    return name


def _item(call: Call, channel: Channel) -> Message:
    """The message in `timestamp`; raises no_item_specified, bad_timestamp or message_not_found."""
    given = call.text("timestamp", "no_item_specified")
    if not _STAMP.fullmatch(given):
        raise SlackError("bad_timestamp")
    return call.message(channel, "timestamp")


def add_reaction(call: Call) -> Json:
    """reactions.add."""
    channel = call.channel(joined=True)
    if channel.is_archived:
        raise SlackError("is_archived")
    message, name, me = _item(call, channel), _name(call), call.ws.app.user_id
    who = message.reactions.setdefault(name, [])
    if me in who:
        raise SlackError("already_reacted")
    who.append(me)
    tell_reaction(call.ws, channel, message, me, name, add=True)
    return {"ok": True}


def remove_reaction(call: Call) -> Json:
    """reactions.remove."""
    channel = call.channel(joined=True)
    message, name, me = _item(call, channel), _name(call), call.ws.app.user_id
    who = message.reactions.get(name, [])
    if me not in who:
        raise SlackError("no_reaction")
    who.remove(me)
    if not who:
        del message.reactions[name]
    tell_reaction(call.ws, channel, message, me, name, add=False)
    return {"ok": True}


def get_reactions(call: Call) -> Json:
    """reactions.get: a message with its reactions."""
    channel = call.channel(joined=True)
    message = _item(call, channel)
    return {"ok": True, "type": "message", "channel": channel.id, "message": message_json(call.ws, message)}


def add_pin(call: Call) -> Json:
    """pins.add."""
    channel = call.channel(joined=True)
    pin(call.ws, channel, _item(call, channel), call.ws.app.user_id)
    return {"ok": True}


def remove_pin(call: Call) -> Json:
    """pins.remove."""
    channel = call.channel(joined=True)
    unpin(call.ws, channel, _item(call, channel), call.ws.app.user_id)
    return {"ok": True}


def list_pins(call: Call) -> Json:
    """pins.list: whose and since when, the newest first."""
    channel = call.channel(joined=True)
    pins = reversed(channel.pins.items())
    items = [pinned_item(call.ws, channel, channel.messages[ts], by) for ts, by in pins]
    return {"ok": True, "items": items}


METHODS = {
    "pins.add": Method(add_pin, ("pins:write",)),
    "pins.list": Method(list_pins, ("pins:read",)),
    "pins.remove": Method(remove_pin, ("pins:write",)),
    "reactions.add": Method(add_reaction, ("reactions:write",)),
    "reactions.get": Method(get_reactions, ("reactions:read",)),
    "reactions.remove": Method(remove_reaction, ("reactions:write",)),
}
