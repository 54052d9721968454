"""reactions.* and pins.*."""

from __future__ import annotations

import re

from playground.acting.talk import tell_reaction
from playground.api.calling import Call, Method
from playground.errors import SlackError
from playground.faces import message_json
from playground.model import Json

_NAME = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


def _name(call: Call) -> str:
    name = call.text("name", "invalid_name").strip(":")
    if not _NAME.fullmatch(name):
        raise SlackError("invalid_name")
    return name


def add_reaction(call: Call) -> Json:
    """reactions.add."""
    channel = call.channel(joined=True)
    if channel.is_archived:
        raise SlackError("is_archived")
    message, name, me = call.message(channel, "timestamp"), _name(call), call.ws.app.user_id
    who = message.reactions.setdefault(name, [])
    if me in who:
        raise SlackError("already_reacted")
    who.append(me)
    tell_reaction(call.ws, channel, message, me, name, add=True)
    return {"ok": True}


def remove_reaction(call: Call) -> Json:
    """reactions.remove."""
    channel = call.channel(joined=True)
    message, name, me = call.message(channel, "timestamp"), _name(call), call.ws.app.user_id
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
    message = call.message(channel, "timestamp")
    return {"ok": True, "type": "message", "channel": channel.id, "message": message_json(call.ws, message)}


def add_pin(call: Call) -> Json:
    """pins.add."""
    channel = call.channel(joined=True)
    message = call.message(channel, "timestamp")
    if message.ts in channel.pins:
        raise SlackError("already_pinned")
    channel.pins[message.ts] = None
    call.ws.notify("channel", channel.id)
    call.ws.notify("edited", channel.id, ts=message.ts)
    return {"ok": True}


def remove_pin(call: Call) -> Json:
    """pins.remove."""
    channel = call.channel(joined=True)
    message = call.message(channel, "timestamp")
    if message.ts not in channel.pins:
        raise SlackError("no_pin")
    del channel.pins[message.ts]
    call.ws.notify("channel", channel.id)
    call.ws.notify("edited", channel.id, ts=message.ts)
    return {"ok": True}


def list_pins(call: Call) -> Json:
    """pins.list."""
    channel = call.channel(joined=True)
    items = [
        {"type": "message", "channel": channel.id, "message": message_json(call.ws, channel.messages[ts])}
        for ts in channel.pins
    ]
    return {"ok": True, "items": items}


METHODS = {
    "pins.add": Method(add_pin, ("pins:write",)),
    "pins.list": Method(list_pins, ("pins:read",)),
    "pins.remove": Method(remove_pin, ("pins:write",)),
    "reactions.add": Method(add_reaction, ("reactions:write",)),
    "reactions.get": Method(get_reactions, ("reactions:read",)),
    "reactions.remove": Method(remove_reaction, ("reactions:write",)),
}
