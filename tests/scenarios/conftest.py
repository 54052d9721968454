"""The whole bot at work beside a playground, over Socket Mode or over signed HTTP."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from playwright.async_api import Browser
from pydantic import SecretStr

from bot.running import running
from bot.settings import Settings
from demo.clock import following
from demo.workspace import manifest
from playground.client import Playground
from playground.controlling import PATIENCE_SECONDS
from playground.setup import UNHURRIED, Setup
from storage import channels
from storage.database import Database, open_database
from stories.channels import ChannelSettings
from stories.digest import DigestSettings
from stories.schedule import DigestTimes
from tests.conftest import NOW
from tools.visitor import Visitor, visiting

NINE = DigestTimes(days=frozenset(range(5)), at=time(9, 0), time_zone="Europe/London", country="GB")
DEMO_MORNING = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
PATIENCE = PATIENCE_SECONDS
"""Seconds that a scenario waits for something to happen on a busy machine."""


@dataclass(frozen=True, slots=True)
class Office:
    """A workspace, the bot in it, and the bot's database to look into."""

    world: Playground
    settings: Settings
    database: Database

    async def tell_at_nine(self, channel: str, **wanted: Any) -> None:
        """Have a channel hear stories at nine on weekdays."""
        channel_id = await self.channel_id(channel)
        settings = ChannelSettings(
            channel_id=channel_id,
            set_up_by=self.world.person("ana").id,
            times=NINE,
            digest=DigestSettings(**wanted),
        )
        now = await self.world.now()
        async with self.database.begin() as session:
            await channels.save(session, self.world.team_id, settings.started(now), now=now)

    async def channel_id(self, channel: str) -> str:
        """The id of a channel by its name."""
        facts = await self.world.control.get("setup")
        return str(next(c["id"] for c in facts["channels"] if c["name"] == channel))

    async def next_morning(self, after: timedelta = timedelta(days=1)) -> datetime:
        """Go to nine o'clock (London) of a later day."""
        day = (await self.world.now() + after).replace(hour=9, minute=0, second=5)
        await self.world.set_clock(day)
        return day


@asynccontextmanager
async def at_work(
    setup: Setup, settings: Settings, *, mode: str = "socket", web: bool = True
) -> AsyncIterator[Office]:
    """A playground and the bot, both ready, for the length of the block."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/slack/events" if mode == "http" else ""
    started = replace(setup, mode=mode, request_url=address)  # type: ignore[arg-type]  # one of the two modes
    async with Playground.start(started) as world:
        own = settings.model_copy(
            update={
                "slack_bot_token": SecretStr(world.bot_token),
                "slack_app_token": SecretStr(world.app_token) if mode == "socket" else None,
                "slack_signing_secret": SecretStr(world.signing_secret),
                "slack_api_url": world.api_url,
                "firsthand_port": port,
            }
        )
        async with following(world.url) as clock, running(own, clock, web=web):
            if mode == "socket":
                await world.wait_for_app()
            database = open_database(own.database_url, own.keyring())
            yield Office(world, own, database)
            await database.close()


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def setup() -> Setup:
    """Three colleagues on a Monday afternoon, the product's own manifest, no limits of pace."""
    return Setup(manifest=manifest(), start=NOW + timedelta(hours=5), tuning=UNHURRIED)


@pytest.fixture(params=["socket", "http"])
async def office(request: pytest.FixtureRequest, setup: Setup, settings: Settings) -> AsyncIterator[Office]:
    """The bot at work, once over Socket Mode and once over HTTP."""
    async with at_work(setup, settings, mode=request.param) as open_office:
        yield open_office


@asynccontextmanager
async def newcomer(
    browser: Browser, url: str, *, width: int = 1280, dark: bool = False
) -> AsyncIterator[Visitor]:
    """Somebody who opens the demo's page; fails when the browser's console complains."""
    async with visiting(browser, url, width=width, dark=dark) as visitor:
        yield visitor
        assert visitor.wrong == [], "the browser's console has nothing to complain about"
