"""POST /trackers/KIND/KEY: what a tracker tells us, signed by a secret of its own."""

from __future__ import annotations

import logging
import re
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.desk import Desk
from bot.pacing import Pace
from bot.refusing import Refusal, answered, body_of, hold_pace
from bot.trackers.known import KNOWN, tracker_of
from bot.trackers.tracker import Call, Unreadable
from storage import trackers
from storage.trackers import Tracking

log = logging.getLogger(__name__)

PATH = "/trackers/{kind}/{key}"
MOST_A_MINUTE = 600
"""Calls of one tracker within a minute: room for many labels at once, as trackers do not call again."""

_KEY = re.compile(r"[A-Za-z0-9_-]{20,60}")


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
        return await answered(self._taken(request), "what a tracker told")

    async def _taken(self, request: Request) -> Response:
        # Looking quotes up takes memory that a bot without a tracker can do without.
        from bot.trackers.hearing import hear

        tracking = await self._known(request)
        hold_pace(self._pace.wait(tracking.id), self._pace.most)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            said = "choose application/json as the webhook's content type"
            raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, said)
        call = Call(headers=dict(request.headers), body=await body_of(request))
        tracker = tracker_of(tracking.kind)
        async with self._desk.read() as session:
            secret = await trackers.secret_of(session, tracking.workspace_id, tracking.id)
        if not secret or not tracker.is_signed(call, secret):
            raise Refusal(HTTPStatus.UNAUTHORIZED, "the signature is missing or another secret's")
        try:
            told = tracker.read(call, tracking.place_key)
        except Unreadable as why:
            log.warning("tracker %s sent what makes no sense: %s", tracking.id, why)
            raise Refusal(HTTPStatus.BAD_REQUEST, "this makes no sense to me") from None
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
            raise Refusal(
                HTTPStatus.NOT_FOUND, "nobody listens here: /why in Slack, Beyond Slack, says where"
            )
        return tracking
