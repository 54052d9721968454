"""Many people submitting at once: signed requests over kept connections, with as little work as possible."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

SECRET = "benchmark"  # noqa: S105 a server of our own, for the length of a run


def signed_request(payload: Mapping[str, Any]) -> bytes:
    """An interactive payload as Slack sends it, ready to be written to a socket."""
    body = urlencode({"payload": json.dumps(payload)}).encode()
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
    head = (
        "POST /slack/events HTTP/1.1\r\nHost: localhost\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\nX-Slack-Request-Timestamp: {stamp}\r\n"
        f"X-Slack-Signature: v0={digest.hexdigest()}\r\n\r\n"
    )
    return head.encode() + body


async def fire(port: int, requests: Sequence[bytes], *, clients: int) -> tuple[list[float], float]:
    """Send them all through `clients` connections; each one's seconds to its answer, and the seconds in all.

    Raises AssertionError for an answer that is not 200 or that holds errors.
    """
    waiting = iter(requests)
    latencies: list[float] = []

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in waiting:
            began = time.perf_counter()
            writer.write(request)
            body = await body_of(reader)
            latencies.append(time.perf_counter() - began)
            assert b'"errors"' not in body, body
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    return latencies, time.perf_counter() - began


async def body_of(reader: asyncio.StreamReader) -> bytes:
    """The body of the next answer on a kept connection; raises AssertionError when it is not a 200."""
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    length = next(
        int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
    )
    return await reader.readexactly(length)
