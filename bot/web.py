"""HTTP: Slack's requests through Bolt, and whether the bot is well, on one port."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.avatars.face_page import face_routes
from bot.centre.endpoint import centre_routes
from bot.customer_link.endpoint import link_routes
from bot.desk import Desk
from bot.health import Health, health_routes
from bot.installing.flow import INSTALL_PATH, REDIRECT_PATH
from bot.log_ids import Numbered
from bot.nps.pushing.endpoint import push_routes
from bot.settings import StartError
from bot.trackers.endpoint import tracker_routes
from bot.web_language import AsAsked
from bot.web_limits import ByAddress

log = logging.getLogger(__name__)

_MAKES_NO_SENSE = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
"""What reading a body can end in that is no JSON, nested without end, or of another shape than Slack's."""

FAREWELL_SECONDS = 5
"""How long requests that were taken in have to be answered when the process is to end."""

LARGEST_BODY = 1_000_000
"""Bytes; Slack's own payloads stay under 250 kB."""


def create_web(app: AsyncApp, desk: Desk) -> Starlette:
    """The ASGI application; Slack's part answers only when there is a signing secret to check."""
    handler = AsyncSlackRequestHandler(app)
    secret = desk.settings.slack_signing_secret
    signature = SignatureVerifier(secret.get_secret_value()) if secret else None

    async def slack(request: Request) -> Response:
        measured = Request(request.scope, _measured(request.receive))
        try:
            body = await measured.body()
        except _TooLarge:
            return JSONResponse({"error": "too large"}, status_code=413)
        # Bolt reads what is in a body before it looks at the signature.
        if request.method == "POST" and not _is_signed(signature, body, request):
            return JSONResponse({"error": "invalid request"}, status_code=401)
        try:
            answer: Response = await handler.handle(measured)
        except _MAKES_NO_SENSE:
            log.warning("a signed request that makes no sense was refused", exc_info=True)
            return JSONResponse({"error": "invalid request"}, status_code=400)
        return answer

    routes = [*health_routes(desk.health, desk.database), *push_routes(desk), *link_routes(desk)]
    routes += [*face_routes(desk), *tracker_routes(desk), *centre_routes(desk)]
    if signature:
        routes.append(Route("/slack/events", slack, methods=["POST"]))
    if app.oauth_flow is not None:
        routes += [Route(path, slack, methods=["GET"]) for path in (INSTALL_PATH, REDIRECT_PATH)]
    counted = Middleware(ByAddress, proxies=desk.settings.firsthand_proxies)
    return Starlette(routes=routes, middleware=[Middleware(Numbered), counted, Middleware(AsAsked)])


def _is_signed(signature: SignatureVerifier | None, body: bytes, request: Request) -> bool:
    """Whether Slack signed exactly this, within the last five minutes; compared in constant time."""
    try:
        return signature is not None and signature.is_valid_request(body, dict(request.headers))
    except (ValueError, TypeError, OverflowError):
        # A stamp that is no number or no moment, a signature that is no ASCII, a body that is no text.
        return False


class _TooLarge(Exception):
    """A body that nobody needs to send."""


def _measured(receive: Receive) -> Receive:
    """Reads on only while the body is of a size that Slack sends, whatever its header says."""
    read = 0

    async def measured() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > LARGEST_BODY:
            raise _TooLarge
        return message

    return measured


class Front:
    """What the port answers: how the bot is from its first moment to its last, all else while it is open."""

    def __init__(self, health: Health) -> None:
        self._health = health
        self._closed = Starlette(
            routes=[*health_routes(health), Route("/{path:path}", _not_now, methods=["GET", "POST"])]
        )
        self._inner: ASGIApp | None = None
        self._at_work = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        inner = self._inner
        if inner is None:
            await self._closed(scope, receive, send)
            return
        self._at_work += 1
        self._idle.clear()
        try:
            await inner(scope, receive, send)
        finally:
            self._at_work -= 1
            if not self._at_work:
                self._idle.set()

    @asynccontextmanager
    async def open(self, inner: ASGIApp) -> AsyncIterator[None]:
        """Let this answer for the length of the block; requests that were taken in are answered first."""
        self._inner = inner
        self._health.is_ready()
        try:
            yield
        finally:
            self._health.waits_for = "its end"
            self._inner = None
            with suppress(TimeoutError):
                await asyncio.wait_for(self._idle.wait(), FAREWELL_SECONDS)


async def _not_now(_: Request) -> Response:
    """Slack sends again what was not taken, to whoever is ready."""
    return JSONResponse({"error": "not ready"}, status_code=503)


@asynccontextmanager
async def serving(front: ASGIApp, host: str, port: int, *, setting: str) -> AsyncIterator[None]:
    """Serve HTTP for the length of the block. Raises StartError, naming `setting`, when the port is taken."""
    server = _Server(
        uvicorn.Config(
            front,
            host=host,
            port=port,
            log_level="warning",
            lifespan="off",
            # By itself it would believe what anybody on this machine says of the client's address.
            proxy_headers=False,
            timeout_graceful_shutdown=FAREWELL_SECONDS,
        )
    )
    task = asyncio.create_task(_serve(server))
    started = asyncio.create_task(server.up.wait())
    await asyncio.wait({task, started}, return_when=asyncio.FIRST_COMPLETED)
    if not server.up.is_set():
        started.cancel()
        raise StartError(f"Port {port} on {host} is taken. Set {setting} to another one.")
    try:
        yield
    finally:
        server.should_exit = True
        await task


class _Server(uvicorn.Server):
    """Leaves the process's signals alone (ours stop all of it in order), and tells when it is up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Bind, and say so."""
        await super().startup(sockets)
        if self.started:
            self.up.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Catch nothing."""
        yield


async def _serve(server: uvicorn.Server) -> None:
    # uvicorn leaves by SystemExit when it cannot bind; the caller sees that it never started.
    with suppress(SystemExit):
        await server.serve()
