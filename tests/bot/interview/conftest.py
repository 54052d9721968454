"""A person at the playground with the bot connected, and the write-up as they type it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.app import create_app
from bot.connections import OneWorkspace
from bot.desk import Desk
from bot.settings import Settings
from bot.socket_mode import Line
from playground.client import Modal, Person, Playground
from playground.setup import UNHURRIED, Room
from playground.setup import Person as Somebody
from storage import drafts, stories, workspaces
from storage.database import Database
from stories.story import Story
from tests.conftest import NOW, SetClock

ROOT = Path(__file__).parents[3]
PEOPLE = (
    Somebody("ana", "Ana Sousa", tz="Europe/Lisbon", is_admin=True),
    Somebody("ben", "Ben Okafor", tz="Europe/London"),
    Somebody("gus", "Gus Guest", is_guest=True),
)
ROOMS = (
    Room("general", members=("ana", "ben", "gus")),
    Room("pilot", members=("ana", "ben"), bot=True),
)
WHO: dict[str, Any] = {"name": "Marta Ortega", "how": "On the phone"}
ALIAS = "What to call them where their name isn’t shared"
WHAT = {"trying_to": "Send the wages out before Friday.", "happened": "The file was refused three times."}
WORDS = {"quote_0": "I did it by hand at midnight, with Marta written on the envelope."}
MEANING: dict[str, Any] = {"meaning": "Wages are not a feature, they are people’s rent.", "score": "6"}


@dataclass
class World:
    """The playground, the bot's desk, and Ana who writes."""

    slack: Playground
    desk: Desk
    app: AsyncApp
    ana: Person

    @property
    def team(self) -> str:
        """The workspace's id."""
        return self.slack.team_id

    async def deliver(self, payload: dict[str, Any]) -> dict[str, Any]:
        """What the bot answers to a payload as Slack sends it; empty for a plain acknowledgement."""
        ana = {"id": self.ana.id, "team_id": self.team}
        whole = {"team": {"id": self.team}, "user": ana, "trigger_id": f"1.1.{uuid4().hex}", **payload}
        answer = await self.app.async_dispatch(AsyncBoltRequest(body=whole, mode="socket_mode"))
        assert answer.status == 200
        return dict(json.loads(answer.body)) if answer.body else {}

    async def submitted(self, modal: Modal) -> dict[str, Any]:
        """What the bot answers when this window is sent, whatever Slack's own client would say to it."""
        return await self.deliver({"type": "view_submission", "view": modal.raw})

    async def clicked(self, modal: Modal | None, action_id: str, value: object, *, words: str) -> None:
        """A button (in a window, or outside any) is pressed; the window comes to hold these words."""
        click = {"type": "button", "action_id": action_id, "block_id": "x", "value": str(value)}
        view = {"view": modal.raw} if modal else {}
        await self.deliver({"type": "block_actions", "actions": [click], **view})

        async def holds() -> bool:
            return words in (await modal.refresh()).words() if modal else True

        await self.slack.until(holds, f"a window with {words!r}")

    async def only_draft(self) -> drafts.Draft:
        """Ana's one draft."""
        async with self.desk.read() as session:
            (draft,) = await drafts.of_author(session, self.team, self.ana.id)
        return draft

    async def stories(self) -> tuple[Story, ...]:
        """Ana's stories, the newest first."""
        async with self.desk.read() as session:
            return await stories.of_author(session, self.team, self.ana.id)

    async def opened(self, who: Person | None = None) -> Modal:
        """The window that `/interview` opens, whatever was open before."""
        who = who or self.ana
        before = {window.id for window in await who.modals()}
        await who.command("/interview")

        async def look() -> Modal | None:
            return next((window for window in await who.modals() if window.id not in before), None)

        return await self.slack.until(look, "the window of /interview")

    async def walked(self, modal: Modal, *steps: dict[str, Any]) -> Modal:
        """The window after these steps were filled in and sent on."""
        for step in steps:
            outcome = await modal.submit(step)
            assert outcome["ok"], (outcome, modal.errors)
        return modal

    async def previewed(self, sharing: str = "Without their name", **more: Any) -> Modal:
        """The window with the preview of the usual write-up."""
        modal = await self.opened()
        consent = {"sharing": sharing, **more}
        return await self.walked(modal, WHO | {ALIAS: "the payroll clerk"}, WHAT, WORDS, MEANING, consent)


@pytest.fixture
async def slack() -> AsyncIterator[Playground]:
    """A workspace with the app's own manifest, without Slack's pace."""
    manifest = json.loads((ROOT / "manifest.json").read_text("utf-8"))
    async with Playground.start(manifest=manifest, people=PEOPLE, tuning=UNHURRIED, channels=ROOMS) as world:
        yield world


@pytest.fixture
async def world(
    slack: Playground, database: Database, database_url: str, clock: SetClock
) -> AsyncIterator[World]:
    """The bot, connected."""
    settings = Settings(
        slack_bot_token=slack.bot_token,
        slack_app_token=slack.app_token,
        slack_api_url=slack.api_url,
        database_url=database_url,
        _env_file=None,
    )
    desk = Desk(settings, database, clock, OneWorkspace(settings))
    async with database.begin() as session:
        await workspaces.ensure(session, slack.team_id, name="", installed_by=None, now=NOW)
    app = create_app(desk)
    line = Line(app, slack.app_token, desk.health)
    await line.open()
    await slack.wait_for_app()
    yield World(slack, desk, app, slack.person("ana"))
    await line.close()
