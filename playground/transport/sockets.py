"""Socket Mode: tickets, sockets, one payload to only one of them.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import uuid4

from starlette.websockets import WebSocket, WebSocketDisconnect

from playground.errors import SlackError
from playground.link import Ack, Payload, Waits
from playground.model import Json

MAX_SOCKETS = 10
_TICKET_SECONDS = 30.0
Reason = Literal["warning", "refresh_requested", "link_disabled"]


@dataclass(slots=True, eq=False)
class _Socket:
    line: WebSocket
    waiting: dict[str, asyncio.Future[Ack]] = field(default_factory=dict)
    is_leaving: bool = False


class SocketLink:
    """The app's sockets. `ack_seconds` is how long an envelope waits for its acknowledgement."""

    def __init__(self, app_id: str, ack_seconds: float) -> None:
        self.waits = Waits()
        self._app_id = app_id
        self._ack_seconds = ack_seconds
        self._tickets: dict[str, float] = {}
        self._sockets: list[_Socket] = []
        self._turn = 0
        self._disabled = False

    def count(self) -> int:
        """How many sockets are open."""
        return len(self._sockets)

    def ticket(self) -> str:
        """Issue a ticket, good for one connection within half a minute; raises forbidden_team."""
        if self._disabled:
            raise SlackError("forbidden_team")
        now = time.monotonic()
        self._tickets = {t: until for t, until in self._tickets.items() if until > now}
        ticket = uuid4().hex
        self._tickets[ticket] = now + _TICKET_SECONDS
        return ticket

    async def serve(self, line: WebSocket) -> None:
        """Answer one WebSocket for as long as it lives."""
        until = self._tickets.pop(line.query_params.get("ticket", ""), 0.0)
        if until < time.monotonic() or len(self._sockets) >= MAX_SOCKETS:
            await line.close(4401)
            return
        await line.accept()
        socket = _Socket(line)
        self._sockets.append(socket)
        try:
            await line.send_text(json.dumps(self._hello()))
            await self._listen(socket)
        except WebSocketDisconnect:
            pass
        finally:
            self._forget(socket)

    async def send(self, kind: Payload, payload: Json, *, retry: int = 0, reason: str = "") -> Ack:
        """Deliver to one socket, each in turn."""
        ready = [socket for socket in self._sockets if not socket.is_leaving]
        if not ready:
            return Ack(ok=False, reason="connection_failed")
        self._turn += 1
        socket = ready[self._turn % len(ready)]
        envelope: dict[str, Any] = {
            "envelope_id": str(uuid4()),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": retry, "retry_reason": reason}
        return await self._exchange(socket, envelope)

    async def dismiss(self, reason: Reason) -> None:
        """Tell every socket that it will be closed soon; `warning` only tells, the others close it."""
        self._disabled = self._disabled or reason == "link_disabled"
        note = json.dumps({"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}})
        for socket in tuple(self._sockets):
            await socket.line.send_text(note)
            socket.is_leaving = reason != "warning"
        if reason == "link_disabled":
            await self.drop()

    async def drop(self) -> None:
        """Close every socket without a word."""
        for socket in tuple(self._sockets):
            self._forget(socket)
            await _hang_up(socket.line)

    async def close(self) -> None:
        """Hang up for good."""
        await self.drop()

    async def _exchange(self, socket: _Socket, envelope: Json) -> Ack:
        answer: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        socket.waiting[envelope["envelope_id"]] = answer
        try:
            with self.waits.one():
                await socket.line.send_text(json.dumps(envelope))
                async with asyncio.timeout(self._ack_seconds):
                    return await answer
        except TimeoutError:
            return Ack(ok=False, reason="timeout")
        except (RuntimeError, WebSocketDisconnect):
            return Ack(ok=False, reason="connection_failed")
        finally:
            socket.waiting.pop(envelope["envelope_id"], None)

    async def _listen(self, socket: _Socket) -> None:
        while True:
            try:
                note = json.loads(await socket.line.receive_text())
            except ValueError:
                continue
            if not isinstance(note, dict):
                continue
            answer = socket.waiting.pop(str(note.get("envelope_id")), None)
            if answer is not None and not answer.done():
                answer.set_result(Ack(ok=True, body=note.get("payload") or None))

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._sockets),
            "connection_info": {"app_id": self._app_id},
            "debug_info": {"host": "playground", "build_number": 1, "approximate_connection_time": 18060},
        }

    def _forget(self, socket: _Socket) -> None:
        if socket in self._sockets:
            self._sockets.remove(socket)
        for answer in socket.waiting.values():
            if not answer.done():
                answer.set_result(Ack(ok=False, reason="connection_failed"))


async def _hang_up(line: WebSocket) -> None:
    try:
        await line.close(1001)
    except RuntimeError:
        return  # it was closed from the other side meanwhile
