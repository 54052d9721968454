"""Files on the page: brought by the person on it, and shown to whoever may see them."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from playground.api.wire import read_body
from playground.errors import PersonError, SlackError
from playground.files import MOST_BYTES, file_json, may_see
from playground.page.asking import same_site, viewer_named
from playground.people import upload
from playground.transport.files import served
from playground.workspace import Workspace


class Files:
    """The bytes that come from and go to one workspace's pages."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def upload(self, request: Request) -> dict[str, Any]:
        """Take one file (`?as=…&name=…`, the body its bytes); answers Slack's file object."""
        kind = request.headers.get("content-type", "")
        if kind != "application/octet-stream" or not same_site(request):
            raise PersonError("This is only for the page itself.")
        viewer = viewer_named(self._workspace, request.query_params.get("as", ""))
        name = request.query_params.get("name", "")
        try:
            data = await read_body(request.receive, MOST_BYTES)
        except SlackError as error:
            most = MOST_BYTES // 1024 // 1024
            raise PersonError(f"“{name}” is too large: files here may have up to {most} MB.") from error
        return file_json(self._workspace, await upload(self._workspace, viewer.id, name, data))

    async def file(self, request: Request) -> Response:
        """Show or (`download=1`) save a file that the person on the page may see."""
        query = request.query_params
        try:
            viewer = viewer_named(self._workspace, query.get("as", ""))
        except PersonError as error:
            return PlainTextResponse(str(error), 400)
        file = self._workspace.files.get(query.get("id", ""))
        if file is None or file.deleted or not may_see(self._workspace, file, viewer.id):
            return PlainTextResponse("There is no such file here.", 404)
        return served(file, download=query.get("download") == "1")
