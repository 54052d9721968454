"""A small web server on this machine that answers as a test says, faults included."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What is sent back; `dropped` cuts the connection in the middle of it."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    dropped: bool = False


Handler = Callable[[Asked], Answers]


@dataclass(slots=True)
class Server:
    """What was asked so far, and where it listens."""

    port: int
    asked: list[Asked] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[Server]:
    """Answer on a free port for the length of the block."""
    known = Server(0)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                asked = _asked(head.decode())
                known.asked.append(asked)
                if not await _answer(writer, handler(asked)):
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    known.port = server.sockets[0].getsockname()[1]
    async with server:
        yield known


async def _answer(writer: asyncio.StreamWriter, answers: Answers) -> bool:
    """Whether the connection stays."""
    body = answers.body if isinstance(answers.body, bytes) else json.dumps(answers.body).encode()
    headers = {"content-type": "application/json", "content-length": str(len(body)), **answers.headers}
    lines = [f"HTTP/1.1 {answers.status} X", *(f"{name}: {value}" for name, value in headers.items())]
    writer.write("\r\n".join(lines).encode() + b"\r\n\r\n")
    writer.write(body[: len(body) // 2] if answers.dropped else body)
    await writer.drain()
    return not answers.dropped


def _asked(head: str) -> Asked:
    first, *rest = head.strip().split("\r\n")
    method, target, _version = first.split(" ")
    parts = urlsplit(target)
    pairs = (line.split(": ", 1) for line in rest)
    return Asked(
        method=method,
        path=parts.path,
        query=dict(parse_qsl(parts.query)),
        headers={name.lower(): value for name, value in pairs},
    )
