"""A project whose avatar comments in a GitHub of the test's own, an endpoint for its calls, one worker."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select, text
from starlette.applications import Starlette

from bot.connections import OneWorkspace
from bot.delivery.asking import consent_asked, refusal_followed
from bot.delivery.drain import Drain
from bot.delivery.office import Office, open_office
from bot.delivery.settling import Settler
from bot.desk import Desk
from bot.settings import Settings
from bot.trackers.endpoint import tracker_routes
from storage import projects, reasons, stories, trackers
from storage.database import Database
from storage.projects import NewProject
from storage.tables_posts import DeliveryRow
from storage.trackers import NewTracking, Tracking
from stories.avatars.evidence import quote as ref
from stories.avatars.project import Face, Rhythm
from tests.bot.avatars.conftest import QUOTABLE, edited, told
from tests.bot.trackers.fake_github import LOGIN, TOKEN, FakeGitHub, Issue, github_at_work
from tests.conftest import NOW, WORKSPACE, SetClock

LABEL = "customer"
SECRET = "It's a Secret to Everybody"
KEY = "k" * 32
REASON = "Every baker we met does the books at night."
WORDS = QUOTABLE.quotes[0]
ON_TOPIC: dict[str, Any] = {
    "title": "Send invoices at four in the morning",
    "body": "with flour on the screen",
    "labels": [LABEL],
}


@dataclass
class Bench:
    """All of it; `say` is a call from GitHub, `work` what the worker does."""

    desk: Desk
    clock: SetClock
    office: Office
    github: FakeGitHub
    web: httpx.AsyncClient
    project_id: int
    tracker_id: int
    story_id: int

    async def post(self, headers: dict[str, str], body: bytes, *, key: str = KEY) -> httpx.Response:
        return await self.web.post(f"/trackers/github/{key}", content=body, headers=headers)

    async def say(self, action: str, issue: Issue, **more: Any) -> str:
        """What came of a call about an issue."""
        answer = await self.post(*self.github.about(action, issue, SECRET, **more))
        assert answer.status_code in {200, 202}, answer.text
        return str(answer.json()["did"])

    async def labelled(self, issue: Issue) -> str:
        return await self.say("labeled", issue, label={"name": LABEL})

    async def work(self) -> int:
        made = await Drain(self.office, WORKSPACE).run()
        await self.office.beyond.tidy(WORKSPACE)
        return made

    async def settle(self) -> int:
        return await Settler(self.office, WORKSPACE).settle()

    async def states(self) -> list[str]:
        """Of all that goes to the tracker, in order."""
        return [row.state for row in await self.deliveries()]

    async def deliveries(self) -> list[DeliveryRow]:
        async with self.desk.read() as session:
            query = select(DeliveryRow).where(DeliveryRow.channel_id == f"tracker:{self.tracker_id}")
            return list((await session.execute(query.order_by(DeliveryRow.id))).scalars())

    async def notes(self) -> list[str]:
        """What people are told in private."""
        async with self.desk.read() as session:
            query = select(DeliveryRow).where(DeliveryRow.kind == "notice").order_by(DeliveryRow.id)
            return [str(row.payload["text"]) for row in (await session.execute(query)).scalars()]

    async def tracking(self) -> Tracking:
        async with self.desk.read() as session:
            found = await trackers.get(session, WORKSPACE, self.tracker_id)
        assert found is not None
        return found

    async def take_consent_back(self) -> None:
        self.clock.advance(timedelta(minutes=1))
        back = replace(QUOTABLE, agreed=(), agreed_before=("quoted_by_avatar",))
        await edited(self.desk.database, self.story_id, back, now=self.desk.now())

    async def let_time_pass(self) -> None:
        """As if five minutes went by for what waits, rests or is leased."""
        columns = ("lease_until", "not_before", "sending_at")
        earlier = (f"{name} = strftime('%Y-%m-%d %H:%M:%f000', {name}, '-5 minutes')" for name in columns)
        async with self.desk.begin() as session:
            await session.execute(text(f"UPDATE deliveries SET {', '.join(earlier)}"))
            await session.execute(text("DELETE FROM rests"))
        self.office._paces.clear()


@pytest.fixture
async def github() -> AsyncIterator[FakeGitHub]:
    async with github_at_work() as fake:
        yield fake


@pytest.fixture
def settings(settings: Settings, github: FakeGitHub) -> Settings:
    """Settings that let the fake be reached."""
    return settings.model_copy(
        update={
            "firsthand_outgoing_allowed": github.server.place,
            "firsthand_address": "https://firsthand.example.com",
            "slack_api_url": f"{github.server.url}/slack/",
        }
    )


@pytest.fixture
async def bench(
    settings: Settings, database: Database, clock: SetClock, github: FakeGitHub
) -> AsyncIterator[Bench]:
    desk = Desk(settings, database, clock, OneWorkspace(settings))
    story_id = await told(database)
    project_id, tracker_id = await set_up(database, story_id, github)
    transport = httpx.ASGITransport(app=Starlette(routes=tracker_routes(desk)))
    async with (
        httpx.AsyncClient(transport=transport, base_url="http://firsthand.test") as web,
        open_office(desk, consent_asked(desk), refusal_followed(desk), pace_scale=100_000.0) as office,
    ):
        yield Bench(desk, clock, office, github, web, project_id, tracker_id, story_id)


async def set_up(database: Database, story_id: int, github: FakeGitHub) -> tuple[int, int]:
    """A project that rests on every quote of this story, and its tracker; their numbers."""
    new = NewProject(
        channel_id="C0PILOT",
        name="Invoices before dawn",
        goal="A baker sends the month’s invoices in ten minutes.",
        segment="",
        owner_id="U1",
        face=Face(name="Maya", emoji=":bread:"),
        rhythm=Rhythm.NEVER,
    )
    async with database.begin() as session:
        story = await stories.get(session, WORKSPACE, story_id)
        project_id = await projects.begin(session, WORKSPACE, new, by="U1", now=NOW)
        assert story is not None
        assert project_id is not None
        reason_id = await reasons.add_reason(session, WORKSPACE, project_id, REASON, by="U1", now=NOW)
        for quote in story.interview.quotes:
            await reasons.tie(session, WORKSPACE, reason_id, ref(quote.id), by="U1", now=NOW)
        tracking = NewTracking(
            project_id=project_id,
            kind="github",
            site=github.server.url,
            place="acme/app",
            place_key="7",
            label=LABEL,
            key=KEY,
            token=TOKEN,
            secret=SECRET,
            account=LOGIN,
        )
        return project_id, await trackers.begin(session, WORKSPACE, tracking, by="U1", now=NOW)
