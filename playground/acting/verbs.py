"""What people do, by name, from JSON: the control API's side of `playground.people`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from playground import people
from playground.errors import PersonError
from playground.faces import channel_json, message_json
from playground.model import Json
from playground.people import InMessage, InView, Outcome, Where
from playground.windows import clear
from playground.workspace import Workspace

Verb = Callable[[Workspace, str, Json], Awaitable[Json]]


def _told(ws: Workspace, outcome: Outcome) -> Json:
    message = outcome.message
    face = message_json(ws, message) | {"channel": message.channel_id} if message else None
    return {"ok": outcome.ok, "notice": outcome.notice, "errors": outcome.errors, "message": face}


def _channel_id(ws: Workspace, body: Json, user_id: str) -> str:
    """The channel named by id or name; `@app` stands for the person's conversation with the app."""
    name = str(body.get("channel") or "@app")
    if name == "@app":
        return ws.direct(user_id, ws.app.user_id).id
    channel = ws.channel(name)
    if channel is None:
        raise PersonError(f"There is no channel called {name!r} in this workspace.")
    return channel.id


def _somebody(ws: Workspace, name: Any) -> str:
    user = ws.bot() if name == "@app" else ws.person(str(name))
    if user is None:
        raise PersonError(f"There is nobody called {name!r} in this workspace.")
    return user.id


def _come_out(ws: Workspace, who: str) -> None:
    """Windows cover everything else in Slack: whoever reaches for what is behind them has left them."""
    if ws.modals.get(who):
        clear(ws, who)


def _where(body: Json) -> Where:
    if body.get("view"):
        return InView(str(body["view"]))
    return InMessage(str(body["channel"]), str(body["ts"]))


async def _say(ws: Workspace, who: str, body: Json) -> Json:
    room = _channel_id(ws, body, who)
    outcome = await people.send_message(
        ws, who, room, body.get("text", ""), thread_ts=body.get("thread_ts"), files=body.get("files", ())
    )
    return _told(ws, outcome)


async def _edit(ws: Workspace, who: str, body: Json) -> Json:
    room = _channel_id(ws, body, who)
    return _told(ws, await people.edit_message(ws, who, room, body["ts"], body["text"]))


async def _delete(ws: Workspace, who: str, body: Json) -> Json:
    return _told(ws, await people.delete_message(ws, who, _channel_id(ws, body, who), body["ts"]))


async def _command(ws: Workspace, who: str, body: Json) -> Json:
    _come_out(ws, who)
    room = _channel_id(ws, body, who)
    return _told(ws, await people.run_command(ws, who, room, body["command"], body.get("text", "")))


async def _click(ws: Workspace, who: str, body: Json) -> Json:
    where = _where(body)
    if isinstance(where, InMessage):
        _come_out(ws, who)
    outcome = await people.click(
        ws,
        who,
        where,
        body["action_id"],
        block_id=body.get("block_id", ""),
        chosen=body.get("chosen"),
        values=body.get("values"),
    )
    return _told(ws, outcome)


async def _suggest(ws: Workspace, who: str, body: Json) -> Json:
    block_id = body.get("block_id", "")
    offered = await people.suggest_options(
        ws, who, _where(body), body["action_id"], body["value"], block_id=block_id
    )
    return {"options": offered}


async def _submit(ws: Workspace, who: str, body: Json) -> Json:
    return _told(ws, await people.submit_view(ws, who, body["view"], body.get("values")))


async def _close(ws: Workspace, who: str, body: Json) -> Json:
    return _told(ws, await people.close_view(ws, who, body["view"], whole_stack=bool(body.get("all"))))


async def _shortcut(ws: Workspace, who: str, body: Json) -> Json:
    _come_out(ws, who)
    if body.get("ts"):
        room = _channel_id(ws, body, who)
        return _told(ws, await people.use_message_shortcut(ws, who, room, body["ts"], body["callback_id"]))
    return _told(ws, await people.use_global_shortcut(ws, who, body["callback_id"]))


async def _home(ws: Workspace, who: str, body: Json) -> Json:
    _come_out(ws, who)
    return _told(ws, await people.open_home(ws, who, tab=body.get("tab", "home")))


async def _react(ws: Workspace, who: str, body: Json) -> Json:
    room = _channel_id(ws, body, who)
    return _told(ws, await people.react(ws, who, room, body["ts"], body["name"], add=body.get("add", True)))


async def _pin(ws: Workspace, who: str, body: Json) -> Json:
    room = _channel_id(ws, body, who)
    return _told(ws, await people.pin_message(ws, who, room, body["ts"], add=body.get("add", True)))


async def _join(ws: Workspace, who: str, body: Json) -> Json:
    return _told(ws, await people.join(ws, who, _channel_id(ws, body, who)))


async def _invite(ws: Workspace, who: str, body: Json) -> Json:
    return _told(ws, await people.invite(ws, who, _channel_id(ws, body, who), _somebody(ws, body["who"])))


async def _leave(ws: Workspace, who: str, body: Json) -> Json:
    gone = _somebody(ws, body["who"]) if body.get("who") else ""
    return _told(ws, await people.leave(ws, who, _channel_id(ws, body, who), gone))


async def _archive(ws: Workspace, who: str, body: Json) -> Json:
    room = _channel_id(ws, body, who)
    return _told(ws, await people.archive(ws, who, room, archived=body.get("archived", True)))


async def _delete_channel(ws: Workspace, who: str, body: Json) -> Json:
    return _told(ws, await people.delete_channel(ws, who, _channel_id(ws, body, who)))


async def _share(ws: Workspace, who: str, body: Json) -> Json:
    room = _channel_id(ws, body, who)
    return _told(ws, await people.share(ws, who, room, shared=body.get("shared", True)))


async def _create(ws: Workspace, who: str, body: Json) -> Json:
    made = await people.create_channel(ws, who, body["name"], private=bool(body.get("private")))
    return channel_json(ws, made)


async def _dm(ws: Workspace, who: str, body: Json) -> Json:
    others = [_somebody(ws, name) for name in body["with"]]
    return channel_json(ws, await people.open_dm(ws, who, *others))


async def _uninstall(ws: Workspace, who: str, _body: Json) -> Json:
    return _told(ws, await people.uninstall(ws, who))


VERBS: dict[str, Verb] = {
    "archive": _archive,
    "click": _click,
    "close": _close,
    "command": _command,
    "create": _create,
    "delete": _delete,
    "delete_channel": _delete_channel,
    "dm": _dm,
    "edit": _edit,
    "home": _home,
    "invite": _invite,
    "join": _join,
    "leave": _leave,
    "pin": _pin,
    "react": _react,
    "say": _say,
    "share": _share,
    "shortcut": _shortcut,
    "submit": _submit,
    "suggest": _suggest,
    "uninstall": _uninstall,
}
