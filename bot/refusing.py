"""Answers to programs that send us something: why a request is refused, and what one may hold."""

from __future__ import annotations

import logging
from collections.abc import Awaitable
from http import HTTPStatus

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

log = logging.getLogger(__name__)

LARGEST_BODY = 1_000_000
"""Bytes. GitHub's issues hold 65,536 characters of text, and a pull request's call some 30 kB beside that."""


class Refusal(Exception):
    """Why a request is refused, in words for whoever wrote the program that sent it."""

    def __init__(self, status: HTTPStatus, error: str, **headers: str) -> None:
        super().__init__(error)
        self.status, self.error, self.headers = status, error, headers


async def answered(work: Awaitable[Response], what: str) -> Response:
    """The answer of this work, or the one to its trouble: it was refused, or the database is away.

    `what` names for the log what is lost then, such as "what a tracker told".
    """
    try:
        return await work
    except Refusal as refusal:
        return JSONResponse({"error": refusal.error}, status_code=refusal.status, headers=refusal.headers)
    except ClientDisconnect:
        return Response(status_code=HTTPStatus.BAD_REQUEST)
    except (SQLAlchemyError, TimeoutError, OSError):
        log.exception("%s could not be kept", what)
        said = {"error": "the database cannot be used right now; send the same request again"}
        return JSONResponse(said, status_code=HTTPStatus.SERVICE_UNAVAILABLE, headers={"retry-after": "30"})


def hold_pace(wait: float, most: int, fix: str = "") -> None:
    """Raise Refusal for one who has to wait (seconds), having sent the `most` requests of a minute."""
    if wait > 0:
        said = f"at most {most} requests a minute{fix}"
        raise Refusal(HTTPStatus.TOO_MANY_REQUESTS, said, **{"retry-after": str(int(wait) + 1)})


async def body_of(request: Request, fix: str = "") -> bytes:
    """The body as it came. Raises Refusal for one that is too large, whatever it says of its own length."""
    held = bytearray()
    async for chunk in request.stream():
        held += chunk
        if len(held) > LARGEST_BODY:
            said = f"a body is up to {LARGEST_BODY:,} bytes{fix}"
            raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, said)
    return bytes(held)
