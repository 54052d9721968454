"""POST /trackers/KIND/KEY: what a tracker tells us, signed by a secret of its own."""

from __future__ import annotations

import logging
import re
from http import HTTPStatus

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.desk import Desk
from bot.pacing import Pace
from bot.trackers.known import KNOWN, tracker_of
from bot.trackers.tracker import Call, Unreadable
from storage import trackers
from storage.trackers import Tracking

log = logging.getLogger(__name__)

PATH = "/trackers/{kind}/{key}"
LARGEST_BODY = 1_000_000
"""Bytes. GitHub's issues hold 65,536 characters of text, and a pull request's call some 30 kB beside that."""

MOST_A_MINUTE = 600
"""Calls of one tracker within a minute: room for many labels at once, as trackers do not call again."""

_KEY = re.compile(r"[A-Za-z0-9_-]{20,60}")


class _Refusal(Exception):
    def __init__(self, status: HTTPStatus, error: str, **headers: str) -> None:
        super().__init__(error)
        self.status, self.error, self.headers = status, error, headers


def tracker_routes(desk: Desk, pace: Pace | None = None) -> list[Route]:
    """The endpoint that all trackers share."""
    endpoint = _Endpoint(desk, pace or Pace(most=MOST_A_MINUTE))
    return [Route(PATH, endpoint.answer, methods=["POST"])]


def address_of(base: str, tracking: Tracking) -> str:
    """The address that the tracker is given, beneath the one at which this copy is reached."""
    return base + PATH.format(kind=tracking.kind, key=tracking.key)


class _Endpoint:
    def __init__(self, desk: Desk, pace: Pace) -> None:
        self._desk, self._pace = desk, pace

    async def answer(self, request: Request) -> Response:
        try:
            return await self._taken(request)
        except _Refusal as refusal:
            return JSONResponse({"error": refusal.error}, status_code=refusal.status, headers=refusal.headers)
        except ClientDisconnect:
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        except (SQLAlchemyError, TimeoutError, OSError):
            log.exception("what a tracker told could not be taken in")
            said = {"error": "the database cannot be used right now; send this again"}
            return JSONResponse(
                said, status_code=HTTPStatus.SERVICE_UNAVAILABLE, headers={"retry-after": "30"}
            )

    async def _taken(self, request: Request) -> Response:
        # Looking quotes up takes memory that a bot without a tracker can do without.
        from bot.trackers.hearing import hear

        tracking = await self._known(request)
        self._hold_pace(tracking)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            said = "choose application/json as the webhook's content type"
            raise _Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, said)
        call = Call(headers=dict(request.headers), body=await _body(request))
        tracker = tracker_of(tracking.kind)
        async with self._desk.read() as session:
            secret = await trackers.secret_of(session, tracking.workspace_id, tracking.id)
        if not secret or not tracker.is_signed(call, secret):
            raise _Refusal(HTTPStatus.UNAUTHORIZED, "the signature is missing or another secret's")
        try:
            told = tracker.read(call, tracking.place_key)
        except Unreadable as why:
            log.warning("tracker %s sent what makes no sense: %s", tracking.id, why)
            raise _Refusal(HTTPStatus.BAD_REQUEST, "this makes no sense to me") from None
        if told is None:
            return JSONResponse({"did": "nothing"})
        deed = await hear(self._desk, tracking, call, tracker.name_of(call), told)
        return JSONResponse({"did": deed.value}, status_code=HTTPStatus.ACCEPTED)

    async def _known(self, request: Request) -> Tracking:
        kind, key = request.path_params["kind"], request.path_params["key"]
        tracking = None
        if kind in KNOWN and _KEY.fullmatch(key):
            async with self._desk.read() as session:
                tracking = await trackers.by_key(session, kind, key)
        if tracking is None:
            raise _Refusal(
                HTTPStatus.NOT_FOUND, "nobody listens here: /why in Slack, Beyond Slack, says where"
            )
        return tracking

    def _hold_pace(self, tracking: Tracking) -> None:
        wait = self._pace.wait(tracking.id)
        if wait > 0:
            said = f"at most {self._pace.most} calls a minute"
            raise _Refusal(HTTPStatus.TOO_MANY_REQUESTS, said, **{"retry-after": str(int(wait) + 1)})


async def _body(request: Request) -> bytes:
    """The body as it came. Raises _Refusal for one that is too large, whatever it says of its own length."""
    held = bytearray()
    async for chunk in request.stream():
        held += chunk
        if len(held) > LARGEST_BODY:
            said = f"a call is up to {LARGEST_BODY:,} bytes"
            raise _Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, said)
    return bytes(held)
