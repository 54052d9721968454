"""The control API: what tests and demos read and do, as JSON under /control/.

What cannot be done answers 400 with `{"error": words}`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from playground.acting.payloads import TOKEN
from playground.acting.verbs import VERBS
from playground.api.wire import json_object, read_body
from playground.errors import PersonError, SlackError
from playground.faces import channel_json, message_json, user_json, view_json
from playground.faults import Fault
from playground.files import MOST_BYTES, file_json
from playground.model import Channel, Json, Message, User, View
from playground.people import set_clock, upload
from playground.transport.http import HttpLink
from playground.transport.sockets import Reason, SocketLink
from playground.workspace import Workspace

_LONGEST_WAIT = 60.0
Reader = Callable[[Workspace, Request], Awaitable[Any]]


def control_routes() -> list[BaseRoute]:
    """The routes of the control API."""
    return [
        Route("/control/setup", _endpoint(_setup)),
        Route("/control/changes", _endpoint(_changes)),
        Route("/control/calls", _endpoint(_calls)),
        Route("/control/waits", _endpoint(_waits)),
        Route("/control/channels/{channel}/messages", _endpoint(_messages)),
        Route("/control/people/{person}/modals", _endpoint(_modals)),
        Route("/control/people/{person}/home", _endpoint(_home)),
        Route("/control/files", _endpoint(_upload), methods=["POST"]),
        Route("/control/act/{verb}", _endpoint(_act), methods=["POST"]),
        Route("/control/clock", _endpoint(_clock), methods=["GET", "POST"]),
        Route("/control/faults", _endpoint(_faults), methods=["GET", "POST", "DELETE"]),
        Route("/control/sockets", _endpoint(_sockets), methods=["GET", "POST"]),
        Route("/control/skew", _endpoint(_skew), methods=["POST"]),
        Route("/control/verify", _endpoint(_verify), methods=["POST"]),
        Route("/control/rates", _endpoint(_rates), methods=["POST"]),
    ]


def _endpoint(read: Reader) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            return JSONResponse(await read(request.app.state.workspace, request))
        except (PersonError, SlackError, KeyError, ValueError, TypeError, AttributeError) as error:
            return JSONResponse({"error": str(error)}, 400)

    return answer


async def _body(request: Request) -> Json:
    return json_object(await read_body(request.receive))


async def _setup(ws: Workspace, request: Request) -> Json:
    tokens, app = ws.app.tokens, ws.app
    return {
        "url": ws.base_url or str(request.base_url).rstrip("/"),
        "bot_token": tokens.bot,
        "app_token": tokens.app,
        "signing_secret": tokens.signing_secret,
        "client_id": tokens.client_id,
        "client_secret": tokens.client_secret,
        "team_id": ws.team_id,
        "app": {"id": app.id, "bot_id": app.bot_id, "user_id": app.user_id, "name": app.name},
        "people": [user_json(ws, u, with_locale=True) for u in ws.users.values() if not u.is_bot],
        "channels": [channel_json(ws, c) | {"members": list(c.members)} for c in ws.channels.values()],
    }


async def _changes(ws: Workspace, request: Request) -> Json:
    after = int(request.query_params.get("after", "0"))
    seconds = min(_LONGEST_WAIT, float(request.query_params.get("seconds", "0")))
    await ws.changed(lambda: ws.changes > after, seconds)
    return {"number": ws.changes}


async def _calls(_ws: Workspace, request: Request) -> Json:
    return dict(request.app.state.api.calls)


async def _waits(ws: Workspace, _request: Request) -> Json:
    return ws.link.waits.told()


async def _messages(ws: Workspace, request: Request) -> list[Json]:
    channel = _channel(ws, request.path_params["channel"])
    limit = int(request.query_params.get("limit", "1000"))
    shown = [channel.messages[ts] for ts in channel.order[-limit:]]
    if request.query_params.get("threads"):
        shown += [channel.messages[ts] for line in channel.threads.values() for ts in line]
    viewer = request.query_params.get("as")
    if viewer:
        shown += channel.ephemerals.get(_person(ws, viewer).id, [])
    return [_seen(ws, message) for message in sorted(shown, key=lambda m: m.ts)]


def _seen(ws: Workspace, message: Message) -> Json:
    extra = {"channel": message.channel_id, "ephemeral_to": message.ephemeral_to, "writer": message.user_id}
    return message_json(ws, message, with_metadata=True) | extra


async def _modals(ws: Workspace, request: Request) -> list[Json]:
    person = _person(ws, request.path_params["person"])
    return [_seen_view(ws, view) for view in ws.modals.get(person.id, [])]


async def _home(ws: Workspace, request: Request) -> Json | None:
    home = ws.homes.get(_person(ws, request.path_params["person"]).id)
    return _seen_view(ws, home) if home else None


def _seen_view(ws: Workspace, view: View) -> Json:
    return view_json(ws, view) | {"errors": view.errors, "notice": view.notice}


async def _act(ws: Workspace, request: Request) -> Json:
    body = await _body(request)
    verb = VERBS.get(request.path_params["verb"])
    if verb is None:
        raise PersonError(f"Nobody can {request.path_params['verb']!r}; try one of {', '.join(VERBS)}.")
    person = _person(ws, str(body.pop("as", "")))
    return await verb(ws, person.id, body)


async def _upload(ws: Workspace, request: Request) -> Json:
    person = _person(ws, request.query_params.get("as", ""))
    data = await read_body(request.receive, MOST_BYTES)
    return file_json(ws, await upload(ws, person.id, request.query_params.get("name", ""), data))


async def _clock(ws: Workspace, request: Request) -> Json:
    if request.method == "POST":
        when = datetime.fromisoformat(str((await _body(request))["now"]))
        await set_clock(ws, when.astimezone(UTC) if when.tzinfo else when)
    return {"now": ws.now().isoformat(), "offset": ws.clock.offset}


async def _faults(ws: Workspace, request: Request) -> list[Json]:
    if request.method == "DELETE":
        ws.faults.clear()
    if request.method == "POST":
        ws.faults.add(Fault(**await _body(request)))
    return [asdict(fault) for fault in ws.faults.waiting()]


async def _sockets(ws: Workspace, request: Request) -> Json:
    link = ws.link
    if not isinstance(link, SocketLink):
        return {"open": 0}
    if request.method == "POST":
        what = (await _body(request))["do"]
        if what == "drop":
            await link.drop()
        elif what in get_args(Reason):
            await link.dismiss(what)
        else:
            raise ValueError(f"do {what!r}: use drop, {', '.join(get_args(Reason))}")
    return {"open": link.count()}


async def _skew(ws: Workspace, request: Request) -> Json:
    if not isinstance(ws.link, HttpLink):
        raise PersonError("Only signed HTTP bears a time: start with mode='http'.")
    ws.link.skew = float((await _body(request))["seconds"])
    return {"seconds": ws.link.skew}


async def _verify(ws: Workspace, _request: Request) -> Json:
    challenge = ws.random.randbytes(20).hex()
    body = {"token": TOKEN, "challenge": challenge, "type": "url_verification"}
    ack = await ws.link.send("events_api", body)
    said = ack.body.get("challenge") if isinstance(ack.body, dict) else ack.body
    return {"ok": ack.ok and said == challenge, "reason": ack.reason}


async def _rates(ws: Workspace, request: Request) -> Json:
    body = await _body(request)
    ws.rates.enabled = bool(body.get("enabled", ws.rates.enabled))
    ws.rates.scale = float(body.get("scale", ws.rates.scale))
    ws.rates.forget()
    return {"enabled": ws.rates.enabled, "scale": ws.rates.scale}


def _person(ws: Workspace, name: str) -> User:
    user = ws.person(name)
    if user is None:
        raise PersonError(f"There is nobody called {name!r} in this workspace.")
    return user


def _channel(ws: Workspace, name: str) -> Channel:
    channel = ws.channel(name)
    if channel is None:
        raise PersonError(f"There is no channel called {name!r} in this workspace.")
    return channel
