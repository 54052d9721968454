"""Speaking to the control API over HTTP, and waiting for what the app does."""

from __future__ import annotations

import ssl
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import httpx

T = TypeVar("T")
#: Seconds after which a look is repeated though nothing changed here: it may be about the app instead.
_LOOK_AGAIN = 0.05
PATIENCE_SECONDS = 20.0
"""How long the app is given to act. Long: a machine may be busy, and what comes early is not waited for."""


def plain_http(**options: Any) -> httpx.AsyncClient:
    """A client for plain HTTP on this machine: reading all certificates takes longer than a test."""
    return httpx.AsyncClient(trust_env=False, verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), **options)


class PlaygroundError(AssertionError):
    """Something could not be done or did not come about; the text says what."""


class Control:
    """The control API of one playground. `url` is its base address."""

    def __init__(self, http: httpx.AsyncClient, url: str) -> None:
        self._http = http
        self.url = url
        self._seen = 0

    async def get(self, path: str, **query: str) -> Any:
        """Read; empty query values are left out. Raises PlaygroundError with the playground's words."""
        asked = {key: value for key, value in query.items() if value}
        return _read(await self._http.get(f"{self.url}/control/{path}", params=asked))

    async def post(self, path: str, **body: Any) -> Any:
        """Do; raises PlaygroundError with the playground's words."""
        return _read(await self._http.post(f"{self.url}/control/{path}", json=body))

    async def delete(self, path: str) -> Any:
        """Undo."""
        return _read(await self._http.delete(f"{self.url}/control/{path}"))

    async def act(self, verb: str, person: str, /, **body: Any) -> Any:
        """Let somebody do something; values that are None are left out."""
        said = {key: value for key, value in body.items() if value is not None}
        return await self.post(f"act/{verb}", **{"as": person, **said})

    async def upload(self, person: str, name: str, data: bytes) -> Any:
        """Let somebody bring a file; answers Slack's file object, not shared with anybody yet."""
        query = {"as": person, "name": name}
        return _read(await self._http.post(f"{self.url}/control/files", params=query, content=data))

    async def consent(
        self, path: str, query: dict[str, str], person: str, *, allow: bool, team: str | None
    ) -> str:
        """Answer a consent page as somebody; the address it leads to. Raises PlaygroundError."""
        url, form = f"{self.url}/{path}", {"as": person, "decision": "allow" if allow else "deny"}
        for method, data in (("GET", None), ("POST", form | ({} if team is None else {"team": team}))):
            answer = await self._http.request(method, url, params=query, data=data)
            if answer.status_code >= 400:
                raise PlaygroundError(answer.text.partition('role="alert">')[2].partition("</p>")[0])
        return answer.headers["location"]

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


def _read(response: httpx.Response) -> Any:
    answer = response.json()
    if response.status_code >= 400:
        raise PlaygroundError(str(answer.get("error", answer)))
    return answer
