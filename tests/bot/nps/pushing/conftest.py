"""A key, and the endpoints without the rest of the bot."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from bot.desk import Desk
from bot.nps.pushing.endpoint import MOST_A_MINUTE, push_routes
from bot.pacing import Pace
from storage import nps_keys, nps_sources
from tests.conftest import NOW, WORKSPACE


@pytest.fixture
async def key(desk: Desk) -> str:
    """What a shop pushes with."""
    async with desk.database.begin() as session:
        source_id = await nps_sources.create(session, WORKSPACE, kind="push", name="shop", now=NOW)
        return await nps_keys.make(session, WORKSPACE, source_id, name="shop", now=NOW)


@pytest.fixture
async def web(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who pushes."""
    transport = httpx.ASGITransport(
        Starlette(routes=push_routes(desk, Pace(MOST_A_MINUTE, seconds=lambda: 0.0)))
    )
    async with httpx.AsyncClient(transport=transport, base_url="http://firsthand") as client:
        yield client
