"""A playground with answers of a survey that may be shown, and rounds of rules by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.attention_rounds import decide_waiting
from bot.nps.pushing.endpoint import PATH, push_routes
from bot.routing.following import follow_turned_routes
from bot.routing.planning import route_due
from bot.search_gleaning import glean
from storage import nps_keys, nps_sources
from tests.bot.stories.conftest import House, house
from tests.conftest import NOW, WORKSPACE

__all__ = ["House", "Survey", "house", "survey"]


@dataclass
class Survey:
    """A survey tool that pushes over HTTP, and the bot that reads what came."""

    house: House
    key: str
    source: int

    async def push(self, key: str, comment: str, *, score: int = 2, plan: str = "Enterprise") -> None:
        """One answer of today, read by the bot."""
        await self.push_all([self.answer(key, comment, score=score, plan=plan)])

    def answer(self, key: str, comment: str, *, score: int = 2, plan: str = "Enterprise") -> dict[str, Any]:
        """One answer of today as it is pushed."""
        return {
            "id": key,
            "score": score,
            "answered_at": self.house.desk.now().isoformat(),
            "comment": comment,
            "person": f"{key}@example.com",
            "properties": {"plan": plan},
        }

    async def push_all(self, answers: list[dict[str, Any]]) -> None:
        """Several at once."""
        transport = httpx.ASGITransport(Starlette(routes=push_routes(self.house.desk)))
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
            headers = {"authorization": f"Bearer {self.key}"}
            told = await client.post(PATH, json={"answers": answers}, headers=headers)
        assert told.status_code == 200, told.text
        await glean(self.house.desk, WORKSPACE)

    async def share(self, *, shared: bool) -> int:
        """An admin lets its comments be shown, or not; how many posts the next round puts right."""
        async with self.house.desk.begin() as session:
            await nps_sources.share_verbatims(session, WORKSPACE, self.source, shared=shared)
        return await follow_turned_routes(self.house.desk)

    async def until(self, moment: datetime) -> int:
        """The clock goes on to this moment, and a tick comes; how many channels got something."""
        self.house.clock.moment = moment
        await self.house.world.set_clock(moment)
        brought = await route_due(self.house.desk)
        await decide_waiting(self.house.desk, WORKSPACE)
        self.house.desk.wake_outbox()
        return brought


@pytest.fixture
async def survey(house: House) -> Survey:
    """A survey whose comments may be shown, with as many answers of enterprises as a group needs."""
    async with house.desk.begin() as session:
        source = await nps_sources.create(session, WORKSPACE, kind="push", name="Delighted", now=NOW)
        key = await nps_keys.make(session, WORKSPACE, source, name="tool", now=NOW)
    made = Survey(house, key, source)
    await made.share(shared=True)
    house.clock.advance(-timedelta(days=3))
    words = ["The billing page is slow.", *[""] * 4]
    await made.push_all([made.answer(f"old{n}", one, score=3) for n, one in enumerate(words)])
    house.clock.advance(timedelta(days=3))
    return made
