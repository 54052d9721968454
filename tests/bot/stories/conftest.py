"""A playground, the bot in it, and a few stories to read."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from bot import publishing
from bot.app import create_app
from bot.connections import OneWorkspace
from bot.delivery.worker import draining
from bot.desk import Desk
from bot.settings import Settings
from bot.socket_mode import Line
from playground.client import Person, Playground
from playground.setup import DEFAULT_PEOPLE, UNHURRIED, Room, Setup
from playground.setup import Person as Colleague
from storage import customer_colleagues, customers, interviews, stories
from storage.database import Database
from storage.sending import Claimed, Outcome
from stories.consent import Consent, Purpose
from stories.forms import Form
from tests.conftest import NOW, WORKSPACE, SetClock

ROOT = Path(__file__).parents[3]
PEOPLE = (*DEFAULT_PEOPLE, Colleague("noor", "Noor Haddad"), Colleague("gus", "Gus Guest", is_guest=True))
EVERYBODY = ("ana", "ben", "mika", "noor")
CHANNELS = (
    Room("general", members=EVERYBODY),
    Room("pilot", members=EVERYBODY, bot=True),
    Room("lobby", members=(*EVERYBODY, "gus"), bot=True),
    Room("closed", members=("ana", "ben"), private=True),
    Room("partners", members=("ana", "ben"), bot=True, shared=True),
)
BAKER = Form(
    name="Marta Ortega",
    alias="the baker from Leeds",
    company="Ortega Bakery",
    segment="small business",
    talked_on="2026-11-12",
    how="video",
    title="Invoices at four in the morning",
    trying_to="Get her invoices out before the ovens are hot.",
    happened="Marta printed every order since March, because the export lost the VAT line.",
    quotes=("I do my invoices at four in the morning, with flour on the screen.",),
    meaning="We ask for a VAT number when people are already tired.",
    themes=("invoices",),
    sharing="without_name",
)


@dataclass
class House:
    """The bot at work in a playground, with hands to put stories into it."""

    world: Playground
    desk: Desk
    clock: SetClock

    def person(self, name: str) -> Person:
        return self.world.person(name)

    async def story(self, form: Form = BAKER, *, by: str = "ana", published: bool = True) -> int:
        author = self.person(by).id
        async with self.desk.begin() as session:
            story_id = await interviews.store(
                session,
                WORKSPACE,
                form,
                source_key=f"{form.title}:{by}",
                author_id=author,
                now=self.desk.now(),
            )
            if published:
                await publishing.publish(session, WORKSPACE, story_id, by=author, now=self.desk.now())
        return story_id

    async def works_here(self, story_id: int, who: str) -> int:
        """Say that this story's customer is that colleague; the customer's id."""
        async with self.desk.begin() as session:
            story = await stories.get(session, WORKSPACE, story_id)
            assert story is not None
            customer, user = story.interview.customer.id, self.person(who).id
            await customer_colleagues.name(session, WORKSPACE, customer, user, by="UANA", now=NOW)
        return customer

    async def agrees(self, customer_id: int, purpose: Purpose) -> None:
        """Record what a customer agrees to from now on."""
        consent = Consent(
            customer_id=customer_id,
            interview_id=None,
            purpose=purpose,
            recorded_by="U0",
            recorded_at=NOW,
            valid_from=NOW,
        )
        async with self.desk.begin() as session:
            await customers.record_consent(session, WORKSPACE, consent)

    async def channel_id(self, name: str) -> str:
        channels = (await self.world.control.get("setup"))["channels"]
        return next(str(channel["id"]) for channel in channels if channel["name"] == name)

    async def share(self, story_id: int, channel: str = "pilot", *, by: str = "ben") -> None:
        place = await self.channel_id(channel)
        async with self.desk.begin() as session:
            await publishing.share(
                session,
                WORKSPACE,
                story_id,
                place,
                by=self.person(by).id,
                now=self.desk.now(),
                request="test",
            )
        self.desk.wake_outbox()

    async def let_updates_go(self) -> None:
        """As if a minute went by for what waits in the outbox."""
        async with self.desk.begin() as session:
            moved = "strftime('%Y-%m-%d %H:%M:%f000', not_before, '-2 minutes')"
            await session.execute(text(f"UPDATE deliveries SET not_before = {moved}"))
        self.desk.wake_outbox()

    async def rows(self, sql: str) -> list[tuple[Any, ...]]:
        async with self.desk.read() as session:
            return [tuple(row) for row in await session.execute(text(sql))]


@pytest.fixture
async def house(
    settings: Settings, database: Database, clock: SetClock, request: pytest.FixtureRequest
) -> AsyncIterator[House]:
    """The bot, its outbox and a playground, connected through Socket Mode.

    A test's module may have `PEOPLE` of its own.
    """
    manifest = json.loads((ROOT / "manifest.json").read_text())
    setup = Setup(
        team_id=WORKSPACE,
        people=getattr(request.module, "PEOPLE", PEOPLE),
        channels=CHANNELS,
        manifest=manifest,
        start=NOW,
        tuning=UNHURRIED,
    )
    async with Playground.start(setup) as world:
        to_it = {
            "slack_api_url": world.api_url,
            "slack_bot_token": SecretStr(world.bot_token),
            "slack_app_token": SecretStr(world.app_token),
        }
        led = settings.model_copy(update=to_it)
        connection = OneWorkspace(led)
        connection.speaks_for(WORKSPACE)
        desk = Desk(led, database, clock, connection)
        async with draining(desk, _as_planned, _nothing, pace_scale=100):
            line = Line(create_app(desk), world.app_token, desk.health)
            try:
                await line.open()
                yield House(world, desk, clock)
            finally:
                await line.close()


async def _as_planned(_: AsyncSession, claimed: Sequence[Claimed]) -> dict[int, dict[str, Any] | None]:
    return {one.id: one.payload for one in claimed}


async def _nothing(_: AsyncSession, __: Claimed, ___: Outcome) -> None:
    """Nobody hears of refusals here."""
