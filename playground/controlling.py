"""Speaking to the control API over HTTP, and waiting for what the app does."""

from __future__ import annotations

import io
import json
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import aiohttp
import httpx

T = TypeVar("T")
#: Seconds after which a look is repeated though nothing changed here: it may be about the app instead.
_LOOK_AGAIN = 0.05
PATIENCE_SECONDS = 20.0
"""How long the app is given to act. Long: a machine may be busy, and what comes early is not waited for."""


def plain_http(**options: Any) -> httpx.AsyncClient:
    """A client for plain HTTP on this machine: reading all certificates takes longer than a test."""
    return httpx.AsyncClient(trust_env=False, verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), **options)


@asynccontextmanager
async def control_session(seconds: float) -> AsyncIterator[aiohttp.ClientSession]:
    """What a `Control` speaks through: an answer takes a third of the processor time that httpx's take.

    `seconds` is how long one may take. Cookies are not kept, and answers that lead elsewhere not followed.
    """
    # A server may hang up after five seconds of silence; whoever is before it never meets a closed line.
    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=4)
    limit, forgetting = aiohttp.ClientTimeout(total=seconds), aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(connector=connector, timeout=limit, cookie_jar=forgetting) as session:
        yield session


class PlaygroundError(AssertionError):
    """Something could not be done or did not come about; the text says what."""


class Control:
    """The control API of one playground. `url` is its base address."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http = http
        self.url = url
        self._seen = 0

    async def get(self, path: str, **query: str) -> Any:
        """Read; empty query values are left out. Raises PlaygroundError with the playground's words."""
        return await self._asked("GET", path, params={key: value for key, value in query.items() if value})

    async def post(self, path: str, **body: Any) -> Any:
        """Do; raises PlaygroundError with the playground's words."""
        return await self._asked("POST", path, json=body)

    async def delete(self, path: str) -> Any:
        """Undo."""
        return await self._asked("DELETE", path)

    async def act(self, verb: str, person: str, /, **body: Any) -> Any:
        """Let somebody do something; values that are None are left out."""
        said = {key: value for key, value in body.items() if value is not None}
        return await self.post(f"act/{verb}", **{"as": person, **said})

    async def upload(self, person: str, name: str, data: bytes) -> Any:
        """Let somebody bring a file; answers Slack's file object, not shared with anybody yet."""
        query = {"as": person, "name": name}
        return await self._asked("POST", "files", params=query, data=io.BytesIO(data))

    async def consent(
        self, path: str, query: dict[str, str], person: str, *, allow: bool, team: str | None
    ) -> str:
        """Answer a consent page as somebody; the address it leads to. Raises PlaygroundError."""
        url, form = f"{self.url}/{path}", {"as": person, "decision": "allow" if allow else "deny"}
        led = ""
        for method, data in (("GET", None), ("POST", form | ({} if team is None else {"team": team}))):
            asked = self._http.request(method, url, params=query, data=data, allow_redirects=False)
            async with asked as answer:
                if answer.status >= 400:
                    page = await answer.text()
                    raise PlaygroundError(page.partition('role="alert">')[2].partition("</p>")[0])
                led = answer.headers.get("location", "")
        return led

    async def _asked(self, method: str, path: str, **what: Any) -> Any:
        async with self._http.request(method, f"{self.url}/control/{path}", **what) as response:
            answer = json.loads(await response.read())
            if response.status >= 400:
                raise PlaygroundError(str(answer.get("error", answer)))
        return answer

    async def changed(self, seconds: float) -> None:
        """Wait until something changes in the workspace, or `seconds` have passed."""
        answer = await self.get("changes", after=str(self._seen), seconds=str(seconds))
        self._seen = int(answer["number"])

    async def until(
        self,
        look: Callable[[], Awaitable[T | None]],
        what: str,
        *,
        seconds: float,
        instead: Callable[[], Awaitable[object]] | None = None,
    ) -> T:
        """Look again after each change until the answer is true-ish.

        Raises PlaygroundError naming `what`, and what `instead` finds standing there.
        """
        end = time.monotonic() + seconds
        while True:
            found = await look()
            if found:
                return found
            left = end - time.monotonic()
            if left <= 0:
                there = f" What stands there: {await instead()}" if instead else ""
                raise PlaygroundError(f"Waited {seconds:g} s for {what}; it did not come.{there}")
            await self.changed(min(left, _LOOK_AGAIN))
