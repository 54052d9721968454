"""A playground's page, asked over HTTP without a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
import pytest_asyncio

from playground.client import Playground
from playground.posting import Draft, post
from playground.server import PlaygroundApp, create_playground
from playground.setup import Person, Room, Setup, Step
from playground.workspace import Workspace
from tests.playground.page import browser
from tests.playground.page.tiny_app import manifest, running

PEOPLE = (
    Person("ana", "Ana Sousa", tz="Europe/Lisbon", is_admin=True),
    Person("ben", "Ben Okafor"),
    Person("gus", "Gus Guest", is_guest=True),
)
ROOMS = (
    Room("general", members=("ana", "ben")),
    Room("pilot", members=("ana", "ben", "gus"), bot=True),
    Room("secret", members=("ana",), private=True),
    Room("open", members=("ben",)),
)
START = datetime(2026, 3, 2, 8, 55, tzinfo=UTC)


class Page:
    """One playground and a browser's view of it, without the browser."""

    def __init__(self, app: PlaygroundApp, http: httpx.AsyncClient) -> None:
        self.ws: Workspace = app.workspace
        self.http = http

    async def get(self, path: str, who: str = "ana", **query: str) -> Any:
        return (await self.http.get(f"/page/{path}", params={"as": who, **query})).json()

    async def post(self, path: str, who: str = "ana", **body: Any) -> Any:
        return (await self.http.post(f"/page/{path}", json={"as": who, **body})).json()

    def room(self, name: str) -> str:
        channel = self.ws.channel(name)
        assert channel is not None
        return channel.id

    def say(self, name: str, who: str, text: str, **more: Any) -> str:
        channel = self.ws.channels[self.room(name)]
        return post(self.ws, channel, self.ws.handles[who], Draft(text=text, is_kept=True, **more)).ts


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    setup = Setup(people=PEOPLE, channels=ROOMS, start=START, steps=(Step("Look around", "It is safe."),))
    app = create_playground(setup)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://page.test") as http:
        yield Page(app, http)
    await app.workspace.close()


@pytest_asyncio.fixture(loop_scope="session")
async def world() -> AsyncIterator[Playground]:
    setup = Setup(manifest=manifest(), steps=browser.STEPS, start=browser.START)
    async with Playground.start(setup) as playground, running(playground):
        yield playground
