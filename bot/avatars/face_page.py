"""Where Slack fetches avatars' pictures: by names that nobody can guess, and as nothing but pictures."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.desk import Desk
from storage import avatar_pictures
from stories.avatars.project import PICTURES

_NAME = re.compile(r"[A-Za-z0-9_-]{32}\.(?:png|jpeg)")
_SAFE = {
    "Cache-Control": "public, max-age=86400, immutable",
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def face_routes(desk: Desk) -> list[Route]:
    """What serves pictures."""

    async def picture(request: Request) -> Response:
        name = request.path_params["name"]
        if not _NAME.fullmatch(name):
            return _nothing()
        async with desk.read() as session:
            found = await avatar_pictures.named(session, name)
        if found is None:
            return _nothing()
        return Response(found.data, media_type=found.content_type, headers=_SAFE)

    return [Route(f"{PICTURES}{{name}}", picture, methods=["GET"])]


def _nothing() -> Response:
    return JSONResponse({"error": "not found"}, status_code=404)
