"""The bytes of files: taken at an upload address, served to whoever brings a token that may read them."""

from __future__ import annotations

from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from playground.api.wire import read_body, token_of
from playground.errors import SlackError
from playground.files import MOST_BYTES, may_see
from playground.model import File
from playground.workspace import Workspace


def file_routes() -> list[BaseRoute]:
    """Where bytes are taken and given."""
    return [
        Route("/upload/v1/{key}", _take, methods=["POST", "PUT"]),
        Route("/files-pri/{file}/{name:path}", _give),
    ]


async def _take(request: Request) -> Response:
    ws: Workspace = request.app.state.workspace
    file = ws.uploads.get(request.path_params["key"])
    if file is None:
        return PlainTextResponse("not found", 404)
    try:
        data = await _bytes(request)
    except SlackError as error:
        return PlainTextResponse(error.word, error.status)
    # Slack says nothing about bytes that are not as many as announced; refusing them finds the mistake.
    if len(data) != file.size:
        return PlainTextResponse(f"expected {file.size} bytes, got {len(data)}", 400)
    file.data, file.is_whole = data, True
    return PlainTextResponse(f"OK - {len(data)}")


async def _bytes(request: Request) -> bytes:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await read_body(request.receive, MOST_BYTES)
    form = await request.form(max_part_size=MOST_BYTES)
    for value in form.values():
        if isinstance(value, UploadFile):
            return await value.read()
    return b""


async def _give(request: Request) -> Response:
    ws: Workspace = request.app.state.workspace
    file = ws.files.get(request.path_params["file"].partition("-")[2])
    if not _may_read(ws, request, file):
        return _login(request)
    if file is None or file.deleted:
        return PlainTextResponse("not found", 404)
    return served(file, download=request.path_params["name"].startswith("download/"))


def _may_read(ws: Workspace, request: Request, file: File | None) -> bool:
    try:
        grant = ws.grants.check(token_of({}, request.headers))
    except SlackError:
        return False
    return "files:read" in grant.scopes and (file is None or may_see(ws, file, grant.user_id))


def _login(request: Request) -> Response:
    """Slack sends whoever may not read a file to its sign-in page: HTML where bytes were expected."""
    target = f"/?redir={quote(request.url.path, safe='')}"
    return HTMLResponse(f'<a href="{target}">Found</a>.', 302, {"Location": target})


def served(file: File, *, download: bool) -> Response:
    """A file's bytes, in a way that lets nothing in them run on this site."""
    kind = "attachment" if download else "inline"
    headers = {
        "Content-Disposition": f"{kind}; filename*=UTF-8''{quote(file.name)}",
        "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(file.data, media_type=file.mimetype, headers=headers)
