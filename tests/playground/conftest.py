"""A playground and a small Bolt app in it, over Socket Mode or over HTTP."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from typing import Any

import pytest
import uvicorn
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from playground.client import Playground
from playground.setup import Room, Setup, Tuning, default_manifest

BRISK = Setup(tuning=Tuning(rates=False, ack_seconds=30, trigger_seconds=30, retry_seconds=(0.0, 0.02, 0.04)))
UNHEARD = replace(BRISK, tuning=replace(BRISK.tuning, ack_seconds=1.5))
"""For tests in which the app does not acknowledge."""
Wire = Callable[[AsyncApp], None]


def granting(*scopes: str, events: tuple[str, ...] = (), **features: Any) -> dict[str, Any]:
    """The default manifest with more scopes, events and features."""
    manifest = default_manifest()
    manifest["oauth_config"]["scopes"]["bot"] += scopes
    manifest["settings"]["event_subscriptions"]["bot_events"] += events
    manifest["features"] |= features
    return manifest


def without(*scopes: str) -> dict[str, Any]:
    """The default manifest with these scopes left out."""
    manifest = default_manifest()
    kept = [scope for scope in manifest["oauth_config"]["scopes"]["bot"] if scope not in scopes]
    manifest["oauth_config"]["scopes"]["bot"] = kept
    return manifest


@pytest.fixture
async def world() -> AsyncIterator[Playground]:
    async with Playground.start(BRISK) as running:
        yield running


@pytest.fixture
def slack(world: Playground) -> AsyncWebClient:
    return client_of(world)


def client_of(world: Playground, token: str | None = None) -> AsyncWebClient:
    """Slack's own client, pointed at the playground."""
    return AsyncWebClient(token=token or world.bot_token, base_url=world.api_url)


async def id_of(world: Playground, name: str) -> str:
    """The id of a channel or person."""
    facts = await world.control.get("setup")
    return next(str(e["id"]) for e in [*facts["channels"], *facts["people"]] if e.get("name") == name)


@contextmanager
def refused(word: str) -> Iterator[Any]:
    """Expect Slack's error with that word; yields a holder whose `.response` is the answer."""

    class Holder:
        response: Any = None

    holder = Holder()
    with pytest.raises(SlackApiError) as caught:
        yield holder
    holder.response = caught.value.response
    assert holder.response["error"] == word


@asynccontextmanager
async def by_socket(world: Playground, wire: Wire, *, hears_itself: bool = False) -> AsyncIterator[AsyncApp]:
    """A Bolt app connected over Socket Mode; Bolt leaves out what the app itself said, unless told not to."""
    app = AsyncApp(
        client=client_of(world),
        signing_secret=world.signing_secret,
        ignoring_self_events_enabled=not hears_itself,
    )
    wire(app)
    handler: Any = AsyncSocketModeHandler(app, world.app_token)  # its methods are untyped
    handler.client.web_client.base_url = world.api_url
    await handler.connect_async()
    await world.wait_for_app()
    try:
        yield app
    finally:
        await handler.close_async()


class Quiet(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def listening(answer: Callable[[Request], Awaitable[Response]]) -> AsyncIterator[str]:
    """A request URL that answers each POST with `answer`."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    web = Starlette(routes=[Route("/slack/events", answer, methods=["POST"])])
    server = Quiet(uvicorn.Config(web, log_level="error", timeout_graceful_shutdown=1))
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/slack/events"
    finally:
        server.should_exit = True
        await task
        listener.close()


@asynccontextmanager
async def bolt_in_world(transport: str, wire: Wire, setup: Setup = BRISK) -> AsyncIterator[Playground]:
    """A playground with a Bolt app in it, over `socket` or `http`."""
    if transport == "socket":
        async with Playground.start(setup) as world, by_socket(world, wire):
            yield world
        return
    handlers: list[AsyncSlackRequestHandler] = []

    async def answer(request: Request) -> Response:
        return await handlers[0].handle(request)

    async with (
        listening(answer) as url,
        Playground.start(replace(setup, mode="http", request_url=url)) as world,
    ):
        app = AsyncApp(client=client_of(world), signing_secret=world.signing_secret)
        wire(app)
        handlers.append(AsyncSlackRequestHandler(app))
        yield world


SHARED_ROOM = Room("partners", members=("ana", "ben"), bot=True, shared=True)
OLD_ROOM = Room("old", members=("ana",), bot=True, archived=True)
