"""A Slack that only answers, for measuring delivery: `python -m benchmarks.deliver_sink PORT free|limited`.

With limits it keeps Slack's pace for posting (one a second in a channel with bursts of five, 300 a minute in
a workspace), each workspace known by its token. `GET /` tells what was accepted and refused so far.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any, cast

import uvloop

from playground.errors import SlackError
from playground.rules.rates import Rates

PEOPLE = {"ok": True, "members": ["U1"], "user": {"id": "U1", "tz": "UTC", "real_name": "Ana"}}


class Sink:
    """What all connections share."""

    def __init__(self, *, limited: bool) -> None:
        self.accepted: dict[str, int] = {}
        self.refused = 0
        self.first = self.last = 0.0
        self._rates = Rates(limited, 1.0)

    def answer(self, method: str, token: str, body: bytes) -> tuple[int, str, dict[str, Any]]:
        """Status, further headers, and what is said."""
        if method == "chat.postMessage":
            return self._post(token, json.loads(body)["channel"])
        if method == "conversations.info":
            return 200, "", {"ok": True, "channel": {"id": "C1", "name": "c", "is_member": True}}
        if method in {"conversations.members", "users.info"}:
            return 200, "", PEOPLE
        told = {"accepted": self.accepted, "refused": self.refused, "seconds": self.last - self.first}
        return 200, "", told

    def _post(self, token: str, channel: str) -> tuple[int, str, dict[str, Any]]:
        now = time.monotonic()
        try:
            self._rates.spend_post(channel, token)
        except SlackError as error:
            self.refused += 1
            return (
                429,
                f"Retry-After: {error.headers['Retry-After']}\r\n",
                {"ok": False, "error": error.word},
            )
        self.first, self.last = self.first or now, now
        self.accepted[token] = self.accepted.get(token, 0) + 1
        return 200, "", {"ok": True, "channel": channel, "ts": f"{now:.6f}"}


class Connection(asyncio.Protocol):
    """As much of HTTP as a client of Slack's sends."""

    def __init__(self, sink: Sink) -> None:
        self._sink, self._held = sink, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody wants to post."""
        # uvloop's transports are none of asyncio's.
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole."""
        self._held += data
        while b"\r\n\r\n" in self._held:
            head, _, rest = self._held.partition(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")
            headers = {
                name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
            }
            length = int(headers.get("content-length", 0))
            if len(rest) < length:
                return
            self._held = rest[length:]
            method = first.split(" ")[1].partition("?")[0].rpartition("/")[2]
            token = headers.get("authorization", "").removeprefix("Bearer ")
            status, more, said = self._sink.answer(method, token, rest[:length])
            body = json.dumps(said).encode()
            more = f"Content-Type: application/json\r\n{more}Content-Length: {len(body)}\r\n\r\n"
            self._transport.write(f"HTTP/1.1 {status} Said\r\n{more}".encode() + body)


async def main(port: int, *, limited: bool) -> None:
    """Serve until killed."""
    sink = Sink(limited=limited)
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(sink), "127.0.0.1", port, backlog=4_096
    )
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), limited=sys.argv[2] == "limited"))
