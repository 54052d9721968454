"""HTTP: Slack's requests through Bolt, and whether the bot is well, on one port."""

from __future__ import annotations

import logging

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive

from bot.avatars.face_page import face_routes
from bot.desk import Desk
from bot.health import health_routes
from bot.installing.flow import INSTALL_PATH, REDIRECT_PATH
from bot.log_ids import Numbered
from bot.nps.pushing.endpoint import push_routes
from bot.trackers.endpoint import tracker_routes
from bot.web_language import AsAsked
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

    routes = [*health_routes(desk.health, desk.database), *push_routes(desk)]
    routes += [*face_routes(desk), *tracker_routes(desk), *_pages(desk)]
    if signature:
        routes.append(Route("/slack/events", slack, methods=["POST"]))
    if app.oauth_flow is not None:
        routes += [Route(path, slack, methods=["GET"]) for path in (INSTALL_PATH, REDIRECT_PATH)]
    counted = Middleware(ByAddress, proxies=desk.settings.firsthand_proxies)
    return Starlette(routes=routes, middleware=[Middleware(Numbered), counted, Middleware(AsAsked)])


def _pages(desk: Desk) -> list[Route]:
    """What browsers are shown; nothing, and nothing read, where nobody has said at which address that is."""
    if desk.settings.firsthand_address is None:
        return []
    from bot.centre.endpoint import centre_routes
    from bot.customer_link.endpoint import link_routes

    return [*link_routes(desk), *centre_routes(desk)]


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
