"""POST /api/<method>: who asks, whether they may, how often, what shall go wrong, and the answer."""

from __future__ import annotations

import logging
from typing import Any

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from playground.api import chat, conversations, files, marks, oauth, scheduling, users, views
from playground.api.calling import Call, Method
from playground.api.wire import basic_credentials, read_args, send_json, token_of
from playground.errors import SlackError
from playground.faults import Fault
from playground.grants import Grant
from playground.model import Json
from playground.workspace import Workspace

METHODS: dict[str, Method] = {
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **marks.METHODS,
    **oauth.METHODS,
    **scheduling.METHODS,
    **users.METHODS,
    **views.METHODS,
}
_NOBODY = Grant("", "user", frozenset(), "")
_log = logging.getLogger(__name__)


class WebApi:
    """The ASGI app behind /api/. Kept bare: thousands of calls a second go through it."""

    def __init__(self, workspace: Workspace) -> None:
        self._ws = workspace
        self.calls: dict[str, int] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call; whatever goes wrong is said in Slack's words, never as a stack trace."""
        method = scope["path"].removeprefix("/api/").rstrip("/")
        self.calls[method] = self.calls.get(method, 0) + 1
        fault = self._ws.faults.strike(method)
        try:
            answer, headers = await self._answer(method, scope, receive, fault)
        except SlackError as error:
            await send_json(send, _refusal(error), error.status, error.headers)
            return
        except ConnectionAbortedError:
            self._ws.settle()
            hang_up(send)
            return
        except Exception:  # noqa: BLE001 - the edge of the playground: the caller gets Slack's word, we the trace
            _log.exception("%s failed", method)
            await send_json(send, {"ok": False, "error": "fatal_error"}, 500)
            return
        await send_json(send, answer, headers=headers)

    async def _answer(
        self, method: str, scope: Scope, receive: Receive, fault: Fault | None
    ) -> tuple[Json, dict[str, str]]:
        headers = Headers(scope=scope)
        args = await read_args(scope, receive, headers)
        if fault:
            await _before(self._ws, fault)
        call, known = self._call(method, args, headers)
        if fault and fault.kind == "late":
            self._ws.spawn(_later(self._ws, known, call, fault.seconds))
            raise ConnectionAbortedError
        answer = known.do(call)
        if fault and fault.kind == "lose_answer":
            raise ConnectionAbortedError
        granted = ",".join(sorted(call.grant.scopes))
        return answer, {"x-oauth-scopes": granted, "x-accepted-oauth-scopes": ",".join(known.scopes)}

    def _call(self, method: str, args: dict[str, Any], headers: Headers) -> tuple[Call, Method]:
        known = METHODS.get(method)
        if known is None:
            raise SlackError("unknown_method", {"req_method": method})
        grant = self._grant(args, headers, known)
        base_url = f"http://{headers.get('host', 'localhost')}"
        call = Call(self._ws, args, grant, base_url)
        if known.scopes:
            call.need(*known.scopes)
        self._ws.rates.spend(method, grant.token)
        return call, known

    def _grant(self, args: dict[str, Any], headers: Headers, known: Method) -> Grant:
        if known.asker == "nobody":
            args |= {"token": token_of(args, headers), **basic_credentials(headers)}
            return _NOBODY
        grant = self._ws.grants.check(token_of(args, headers))
        if known.asker not in ("any", grant.kind):
            raise SlackError("not_allowed_token_type")
        return grant


def _refusal(error: SlackError) -> Json:
    return {"ok": False, "error": error.word, **error.extra}


async def _before(ws: Workspace, fault: Fault) -> None:
    match fault.kind:
        case "refuse":
            raise SlackError(fault.error)
        case "status":
            limited = fault.status == 429
            word = "ratelimited" if limited else "internal_error"
            after = {"Retry-After": str(max(0, round(fault.seconds)))} if limited else {}
            raise SlackError(word, status=fault.status, headers=after)
        case "drop":
            raise ConnectionAbortedError
        case "delay":
            await ws.faults.hold_up(fault.seconds)


async def _later(ws: Workspace, known: Method, call: Call, seconds: float) -> None:
    await ws.faults.hold_up(seconds)
    try:
        known.do(call)
    except SlackError as error:
        _log.info("a late call was refused: %s", error.word)


def hang_up(send: Send) -> None:
    """Close the connection without an answer, as a network does.

    uvicorn's `send` is a method of the object that holds the transport; ASGI itself has no word for this.
    """
    holder = getattr(send, "__self__", None)
    transport = getattr(holder, "transport", None)
    if transport is None:
        raise RuntimeError("Connections can only be dropped under uvicorn.")
    transport.abort()
