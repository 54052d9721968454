"""What the page asks and is told: who asks, what was sent, and answers as JSON."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response

from playground.errors import PersonError
from playground.model import User
from playground.reading_json import read_json
from playground.workspace import Workspace

Json = dict[str, Any]
Handler = Callable[[Request], Awaitable[Json]]

#: No more than this is read of what a page sends, in bytes: a modal's values are far below it.
MOST_SENT = 1_000_000


def same_site(connection: HTTPConnection) -> bool:
    """Tell whether a request comes from this very page, as far as its Origin says."""
    origin = connection.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == connection.headers.get("host")


def viewer_named(workspace: Workspace, name: str) -> User:
    """Return the person with that id or handle; raises PersonError for nobody and for bots."""
    user = workspace.person(name) if name else None
    if user is None or user.is_bot:
        raise PersonError("There is nobody by that name here. Choose who you are at the top right.")
    return user


async def body_of(request: Request) -> Json:
    """Return the JSON object that the page sent; raises PersonError for anything else."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != "application/json" or not same_site(request):
        raise PersonError("This is only for the page itself.")
    raw = b""
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > MOST_SENT:
            raise PersonError("That is more than this page takes at once.")
    try:
        body = read_json(raw)
    except ValueError as error:
        raise PersonError("That was not understood.") from error
    if not isinstance(body, dict):
        raise PersonError("That was not understood.")
    return body


def text(body: Json, name: str) -> str:
    """Return a string field; empty when it is missing or something else."""
    value = body.get(name)
    return value if isinstance(value, str) else ""


def mapping(body: Json, name: str) -> Json:
    """Return an object field; empty when it is missing or something else."""
    value = body.get(name)
    return value if isinstance(value, dict) else {}


def answering(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Wrap a handler: its answer as JSON, and what a person cannot do as plain words with status 400."""

    async def answer(request: Request) -> Response:
        try:
            return JSONResponse(await handler(request), headers={"Cache-Control": "no-store"})
        except PersonError as error:
            return JSONResponse({"error": str(error)}, status_code=400)

    return answer
