"""The one way out: requests to other people's servers that reach nothing of our own, and stay in hand.

HTTPS alone, to addresses of the open internet alone. Names are resolved here and the connection goes to the
very address that was checked, so that a name cannot point elsewhere a moment later. Answers are bounded in
bytes (once unpacked) and in seconds; redirects lead within the same server or nowhere.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import field
from types import TracebackType
from typing import Any, Self

import httpx

from bot.guarded_addresses import Allowed
from bot.guarded_network import Blocked, GuardedTransport
from stories.language import _
from stories.values import dataclass

MOST_REDIRECTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request may take: `most_bytes` of an answer, `seconds` from beginning to end."""

    most_bytes: int = 20_000_000
    seconds: float = 60.0
    connect_seconds: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A server's answer, whole. Header names are in small letters."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def json(self) -> Any:
        """The body as JSON. Raises OutgoingFailed when it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise OutgoingFailed(_("the answer is no JSON")) from None


class OutgoingRefused(Exception):
    """The request may not be made, or its answer not be read: in words. Trying again does not help."""


class OutgoingFailed(Exception):
    """The server could not be reached or did not answer as it should: in words. Later it may."""


class OutgoingUnreached(OutgoingFailed):
    """The server could not be reached at all, so nothing that was asked was done."""


class GuardedClient:
    """Makes requests within the limits; `allowed` are the places an operator lets through (see `Allowed`)."""

    def __init__(self, allowed: Allowed | None = None, limits: Limits | None = None) -> None:
        self._allowed, self._limits = allowed or Allowed(), limits or Limits()
        self._http = httpx.AsyncClient(
            transport=GuardedTransport(self._allowed),
            timeout=httpx.Timeout(self._limits.seconds, connect=self._limits.connect_seconds),
            follow_redirects=False,
            trust_env=False,
            # What is not packed cannot unpack to a hundred times its size.
            headers={"user-agent": "Firsthand", "accept-encoding": "identity"},
        )

    async def __aenter__(self) -> Self:
        """Nothing is opened before the first request."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of every connection."""
        await self._http.aclose()

    async def get(
        self,
        url: str,
        *,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """The answer to a GET. Raises OutgoingRefused and OutgoingFailed."""
        request = self._request("GET", url, headers, params=params or None)
        for _redirect in range(MOST_REDIRECTS + 1):
            reply = await self._answered(request)
            if not 300 <= reply.status < 400 or "location" not in reply.headers:
                return reply
            request = self._request("GET", _within(request.url, reply.headers["location"]), headers)
        raise OutgoingRefused(_("the server redirects in a circle"))

    async def post(self, url: str, *, body: Any, headers: Mapping[str, str] | None = None) -> Reply:
        """The answer to a POST of JSON; redirects are not followed. Raises as `get` does."""
        reply = await self.send("POST", url, body=body, headers=headers)
        if 300 <= reply.status < 400:
            raise OutgoingRefused(_("the server redirects, which a request with a body does not follow"))
        return reply

    async def send(
        self, method: str, url: str, *, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """The answer to a request that changes something, a redirect as it is; `body` as JSON unless None.

        Made once. Raises as `get` does, OutgoingUnreached when it cannot have arrived.
        """
        given = {} if body is None else {"json": body}
        return await self._answered(self._request(method, url, headers, **given))

    def _request(
        self, method: str, url: str | httpx.URL, headers: Mapping[str, str] | None, **given: Any
    ) -> httpx.Request:
        """A request to be made. Raises OutgoingRefused where address or headers cannot be written as one."""
        try:
            return self._http.build_request(method, url, headers=dict(headers or {}), **given)
        except httpx.InvalidURL:
            raise OutgoingRefused(_no_address(url)) from None
        except UnicodeEncodeError:
            said = _("the key has letters or signs in it that no key has; please copy it anew")
            raise OutgoingRefused(said) from None

    async def _answered(self, request: httpx.Request) -> Reply:
        self._check(request.url)
        try:
            async with asyncio.timeout(self._limits.seconds), _streamed(self._http, request) as answer:
                body = await self._bounded(answer)
                return Reply(status=answer.status_code, headers=dict(answer.headers), body=body)
        except Blocked as why:
            raise OutgoingRefused(str(why)) from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError, TimeoutError) as error:
            kind = OutgoingUnreached if isinstance(error, httpx.ConnectError) else OutgoingFailed
            raise kind(_reason(error, request.url.host)) from error

    def _check(self, url: httpx.URL) -> None:
        if url.userinfo:
            raise OutgoingRefused(_("an address with a name and a password in it is not called"))
        if not url.host or url.scheme not in {"https", "http"}:
            raise OutgoingRefused(_no_address(url))
        if url.scheme == "http" and not self._allowed.place(url.host, url.port or 80):
            said = _("{host} is called without encryption; use https, or let it through in the settings")
            raise OutgoingRefused(said.format(host=url.host))

    async def _bounded(self, answer: httpx.Response) -> bytes:
        held = bytearray()
        async for chunk in answer.aiter_bytes():
            held += chunk
            if len(held) > self._limits.most_bytes:
                most = self._limits.most_bytes // 1_000_000
                raise OutgoingRefused(_("the answer is larger than {most} MB").format(most=most))
        return bytes(held)


@asynccontextmanager
async def _streamed(http: httpx.AsyncClient, request: httpx.Request) -> AsyncIterator[httpx.Response]:
    answer = await http.send(request, stream=True)
    try:
        yield answer
    finally:
        await answer.aclose()


def _within(url: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect leads. Raises OutgoingRefused when that is another server: the key would go there."""
    target = url.join(location)
    if (target.scheme, target.host, target.port) != (url.scheme, url.host, url.port):
        said = _("{host} redirects to another server ({other}), where the key must not go")
        raise OutgoingRefused(said.format(host=url.host, other=target.host))
    return target


def _no_address(url: str | httpx.URL) -> str:
    return _("“{url}” is no address of a web server").format(url=str(url)[:200])


def _reason(error: BaseException, host: str) -> str:
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return _("{host} took too long to answer").format(host=host)
    if isinstance(error, httpx.ConnectError):
        return _("{host} cannot be reached").format(host=host)
    return _("{host} broke off in the middle of its answer").format(host=host)
