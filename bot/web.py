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
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive

from bot.customer_link.endpoint import link_routes
from bot.desk import Desk
from bot.installing.flow import INSTALL_PATH, REDIRECT_PATH
from bot.nps.pushing.endpoint import push_routes
from bot.settings import StartError
from bot.web_limits import ByAddress

log = logging.getLogger(__name__)

_MAKES_NO_SENSE = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
"""What reading a body can end in that is no JSON, nested without end, or of another shape than Slack's."""

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

    async def alive(_: Request) -> Response:
        return JSONResponse({"ok": True})

    async def ready(_: Request) -> Response:
        try:
            async with asyncio.timeout(2), desk.read() as session:
                await session.execute(text("SELECT 1"))
        except (SQLAlchemyError, TimeoutError, OSError):
            return JSONResponse({"ok": False, "database": "unreachable"}, status_code=503)
        return JSONResponse({"ok": True, "database": "ok"})

    routes = [Route("/healthz", alive), Route("/readyz", ready), *push_routes(desk), *link_routes(desk)]
    if signature:
        routes.append(Route("/slack/events", slack, methods=["POST"]))
    if app.oauth_flow is not None:
        routes += [Route(path, slack, methods=["GET"]) for path in (INSTALL_PATH, REDIRECT_PATH)]
    counted = Middleware(ByAddress, proxies=desk.settings.firsthand_proxies)
    return Starlette(routes=routes, middleware=[counted])


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


@asynccontextmanager
async def serving(app: AsyncApp, desk: Desk) -> AsyncIterator[None]:
    """Serve HTTP for the length of the block. Raises StartError when the port is taken."""
    settings = desk.settings
    server = _Server(
        uvicorn.Config(
            create_web(app, desk),
            host=settings.firsthand_host,
            port=settings.firsthand_port,
            log_level="warning",
            lifespan="off",
            # By itself it would believe what anybody on this machine says of the client's address.
            proxy_headers=False,
            timeout_graceful_shutdown=5,
        )
    )
    task = asyncio.create_task(_serve(server))
    started = asyncio.create_task(server.up.wait())
    await asyncio.wait({task, started}, return_when=asyncio.FIRST_COMPLETED)
    if not server.up.is_set():
        started.cancel()
        place = f"Port {settings.firsthand_port} on {settings.firsthand_host}"
        raise StartError(f"{place} is taken. Set FIRSTHAND_PORT to another one.")
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
