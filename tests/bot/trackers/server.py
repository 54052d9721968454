"""A web server on this machine that a fake tracker answers through, with the faults that a network has."""

from __future__ import annotations

import asyncio
import json
import re
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
    body: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is sent back."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Fault:
    """What goes wrong with the next request like this: `lost` after it was done, `dropped` before."""

    method: str
    path: str
    answer: Answer | None = None
    lost: bool = False

    def fits(self, asked: Asked) -> bool:
        return asked.method == self.method and re.search(self.path, asked.path) is not None


@dataclass(slots=True)
class Server:
    """Where it listens, what was asked so far, and what goes wrong next."""

    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until something that was asked for has made it true."""
        while not true():
            await asyncio.sleep(0.01)

    def count(self, method: str, path: str) -> int:
        """How often something was asked for."""
        return sum(one.method == method and re.search(path, one.path) is not None for one in self.asked)


@asynccontextmanager
async def serving(server: Server, answering: Callable[[Asked], Answer]) -> AsyncIterator[None]:
    """Answer on a free port for the length of the block."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await _one(server, answering, reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(talk, "127.0.0.1", 0)
    server.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield


async def _one(
    server: Server,
    answering: Callable[[Asked], Answer],
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
) -> bool:
    asked = await _read(reader)
    server.asked.append(asked)
    fault = next((one for one in server.faults if one.fits(asked)), None)
    if fault is not None:
        server.faults.remove(fault)
        if fault.answer is None:
            if fault.lost:
                answering(asked)
            return False
    answer = fault.answer if fault is not None and fault.answer is not None else answering(asked)
    body = b"" if answer.status == 204 else json.dumps(answer.body).encode()
    headers = {"content-type": "application/json", "content-length": str(len(body)), **answer.headers}
    lines = [f"HTTP/1.1 {answer.status} X", *(f"{name}: {value}" for name, value in headers.items())]
    writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
    await writer.drain()
    return True


async def _read(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    first, *rest = head.strip().split("\r\n")
    method, target, _version = first.split(" ")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in rest)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    parts = urlsplit(target)
    query = dict(parse_qsl(parts.query))
    told = json.loads(body) if body else None
    return Asked(method=method, path=parts.path, query=query, headers=headers, body=told)
