"""The playground as one web app: the API, the sockets, the control API and the page, on one port."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from playground.api.endpoint import WebApi
from playground.api.wire import json_object, read_body
from playground.control import control_routes
from playground.errors import SlackError
from playground.guarding import Guard, Settled, turn_away
from playground.scheduled import wait_for
from playground.setup import Setup
from playground.transport.files import file_routes
from playground.transport.http import HttpLink
from playground.transport.replies import answer
from playground.transport.sockets import SocketLink
from playground.workspace import Workspace


class PlaygroundApp(Starlette):
    """A Starlette app whose /api/ calls go straight to the Web API, past routing and middleware.

    That keeps the busiest path lean, and leaves it uvicorn's own `send`, which can drop a connection.
    """

    def __init__(self, workspace: Workspace, routes: list[BaseRoute]) -> None:
        super().__init__(routes=routes, lifespan=_lifespan)
        self.workspace = workspace
        self.api = WebApi(workspace)
        self._guard = Guard(workspace.base_url)
        self.state.workspace = workspace
        self.state.api = self.api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection, once it is known to come from this machine's own pages and programs."""
        if scope["type"] == "lifespan":
            await super().__call__(scope, receive, send)
            return
        if not self._guard.lets_in(scope):
            await turn_away(scope, send)
            return
        if self.workspace.keeper is not None:
            send = Settled(self.workspace, send).send
        if scope["type"] == "http" and scope["path"].startswith("/api/"):
            await self.api(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    workspace: Workspace = app.state.workspace
    for key in workspace.scheduled:
        workspace.spawn(wait_for(workspace, key))
    yield
    await workspace.close()


def create_playground(setup: Setup | None = None, *, base_url: str = "") -> PlaygroundApp:
    """Make a workspace and the app that serves it.

    `base_url` is where it is found (`http://127.0.0.1:8765`): response_urls and permalinks begin with it.
    The workspace is at `.workspace`. The page's routes come last, from `playground.page.routes`.
    """
    setup = setup or Setup()
    workspace = Workspace(setup)
    workspace.base_url = base_url.rstrip("/")
    connect_app(workspace, setup)
    return PlaygroundApp(
        workspace, [*_slack_routes(), *file_routes(), *control_routes(), *_page_routes(workspace)]
    )


def connect_app(workspace: Workspace, setup: Setup) -> None:
    """Give the workspace its line to the app: sockets, or a request URL."""
    app, tuning = workspace.app, setup.tuning
    if setup.mode == "http":
        workspace.link = HttpLink(setup.request_url, app.tokens.signing_secret, tuning.ack_seconds)
    else:
        workspace.link = SocketLink(app.id, tuning.ack_seconds)


def _slack_routes() -> list[BaseRoute]:
    return [
        WebSocketRoute("/socket/", _socket),
        Route("/actions/{team}/{key}", _reply, methods=["POST"]),
    ]


def _page_routes(workspace: Workspace) -> list[BaseRoute]:
    from playground.page.routes import page_routes

    return page_routes(workspace)


async def _socket(line: WebSocket) -> None:
    link = line.app.state.workspace.link
    if isinstance(link, SocketLink):
        await link.serve(line)
    else:
        await line.close(4400)


async def _reply(request: Request) -> Response:
    try:
        body = json_object(await read_body(request.receive))
        answer(request.app.state.workspace, request.path_params["key"], body)
    except SlackError as error:
        status = error.status if error.status != 200 else 400
        return JSONResponse({"ok": False, "error": error.word, **error.extra}, status)
    return Response("ok")
