"""What passes soon, as rows to keep and back: windows, ephemeral messages, triggers, response_urls, codes.

So somebody whose playground died goes on where they were: the window is open, what was typed into it and sent
stands in it, and the app may still answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from playground.model import Code, Json, Message, ReplyAddress, View
from playground.rules.triggers import Trigger

if TYPE_CHECKING:
    from playground.workspace import Workspace

Rows = list[tuple[str, Any, bytes]]
_SCOPES = ("bot_scopes", "user_scopes")


def _modals(ws: Workspace, user_id: str) -> Json | None:
    stack = ws.modals.get(user_id)
    return {"views": [asdict(view) for view in stack]} if stack else None


def _ephemerals(ws: Workspace, key: str) -> Json | None:
    channel_id, _, user_id = key.partition("/")
    channel = ws.channels.get(channel_id)
    line = channel.ephemerals.get(user_id) if channel else None
    return {"messages": [asdict(message) for message in line]} if line else None


def _trigger(ws: Workspace, key: str) -> Json | None:
    trigger = ws.triggers.known(key)
    return asdict(trigger) if trigger else None


def _reply(ws: Workspace, key: str) -> Json | None:
    address = ws.replies.get(key)
    return asdict(address) if address else None


def _code(ws: Workspace, key: str) -> Json | None:
    code = ws.codes.get(key)
    return asdict(code) | {name: sorted(getattr(code, name)) for name in _SCOPES} if code else None


ROWS: dict[str, Callable[[Workspace, str], Json | None]] = {
    "modal": _modals,
    "ephemeral": _ephemerals,
    "trigger": _trigger,
    "reply": _reply,
    "code": _code,
}
"""Kind of row → what it holds of the thing with that key; None when that is gone, and the row with it."""


def restore_passing(ws: Workspace, kept: Callable[[str], Rows]) -> None:
    """Put back what `kept(kind)` holds; what has expired meanwhile is refused as if nothing had happened."""
    for user_id, body, _data in kept("modal"):
        ws.modals[user_id] = [View(**face) for face in body["views"]]
        ws.views |= {view.id: view for view in ws.modals[user_id]}
    for key, body, _data in kept("ephemeral"):
        channel_id, _, user_id = key.partition("/")
        if channel_id in ws.channels:
            ws.channels[channel_id].ephemerals[user_id] = [Message(**face) for face in body["messages"]]
    for _key, body, _data in kept("trigger"):
        ws.triggers.put(Trigger(**body))
    for key, body, _data in kept("reply"):
        ws.replies[key] = ReplyAddress(**body)
    for key, body, _data in kept("code"):
        ws.codes[key] = Code(**body | {name: frozenset(body[name]) for name in _SCOPES})
