"""Every address of ours asks who comes how often, before anything else is looked at; in this one place.

Not where Slack calls: what it signs is let in however much it is, and the rest is refused at little cost.
Told apart by address, a stranger who comes through the same proxy could silence it. Nor where somebody asks
whether the bot is well.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.pacing import Pace

FREE = ("/healthz", "/readyz", "/slack/events")
"""Addresses that count nobody, for the reasons above."""

MOST_A_MINUTE = {
    "/api/": 240,
    "/slack/": 60,
    "/your-words/": 60,
    "/trackers/": 600,
    "/faces/": 600,
    # A whole office may look from one address, and each page looks again every minute.
    "/centre": 1200,
    "/centre/sign": 240,
    "/": 120,
}
"""Requests of one client within a minute, by how the address begins; the longest beginning counts."""

UNKNOWN = "unknown"


class ByAddress:
    """Sends away whoever asks too often. `proxies` stand in front of us and name the client.

    With none, X-Forwarded-For is not read: anybody could write there what they like. `seconds` is a clock
    that never goes back.
    """

    def __init__(
        self, app: ASGIApp, *, proxies: int = 0, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._app, self._proxies = app, proxies
        self._paces = {begins: Pace(most, seconds) for begins, most in MOST_A_MINUTE.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        wait = self._wait(scope) if scope["type"] == "http" else 0.0
        if wait > 0:
            await _too_many(scope["path"], int(wait) + 1)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _wait(self, scope: Scope) -> float:
        path = scope["path"]
        if path in FREE:
            return 0.0
        begins = max((one for one in self._paces if path.startswith(one)), key=len, default="/")
        return self._paces[begins].wait(client_of(scope, self._proxies))


def client_of(scope: Scope, proxies: int) -> str:
    """Who asks: the address at the other end, or what the outermost of our proxies says of it.

    Of IPv6 the first half, which is one household or machine. What is no address is one client together.
    """
    peer = (scope.get("client") or (UNKNOWN, 0))[0]
    if proxies:
        told = [
            one.strip() for line in Headers(scope=scope).getlist("x-forwarded-for") for one in line.split(",")
        ]
        peer = told[-proxies] if len(told) >= proxies else peer
    try:
        address = ip_address(peer)
    except ValueError:
        return UNKNOWN
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(ip_network(f"{address}/64", strict=False))
    return str(address)


def _too_many(path: str, seconds: int) -> Response:
    headers = {"retry-after": str(seconds), "cache-control": "no-store", "x-content-type-options": "nosniff"}
    said = f"too many requests from your address; go on in {seconds} s"
    if path.startswith("/api/"):
        return JSONResponse({"error": said}, status_code=429, headers=headers)
    return PlainTextResponse(said, status_code=429, headers=headers)
