"""A workspace that is connected over OAuth, without the bot's process around it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest
from pydantic import SecretStr
from slack_sdk.oauth.installation_store import Installation

from bot.desk import Desk
from bot.installing.installed import Installed
from bot.settings import Settings
from playground.client import Playground
from playground.setup import Setup, Tuning
from storage.database import Database
from tests.conftest import SetClock


class Seconds:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True, slots=True)
class Place:
    """A playground and the connections to it; no process runs."""

    world: Playground
    desk: Desk
    installed: Installed
    seconds: Seconds

    async def install(
        self, *, ends_in: int | None = None, scopes: str = "chat:write", at: float = 1.0
    ) -> None:
        """As if somebody had installed the bot: its token ends in so many seconds, if at all."""
        installation = Installation(
            app_id="A1",
            team_id=self.world.team_id,
            team_name="Playground",
            user_id=self.world.person("ana").id,
            bot_token=self.world.bot_token,
            bot_id="B1",
            bot_user_id=self.world.bot_user_id,
            bot_scopes=scopes,
            bot_refresh_token=None if ends_in is None else "xoxe-1-first",
            bot_token_expires_at=None if ends_in is None else int(time.time()) + ends_in,
            installed_at=at,
        )
        await self.installed.store.async_save(installation)
        await self.installed.arrived(installation)


@pytest.fixture
async def place(settings: Settings, database: Database, clock: SetClock) -> AsyncIterator[Place]:
    """A workspace in which the bot has a token already."""
    setup = Setup(tuning=Tuning(rates=False), start=clock.now())
    async with Playground.start(replace(setup)) as world:
        own = settings.model_copy(
            update={
                "slack_bot_token": None,
                "slack_client_id": world.client_id,
                "slack_client_secret": SecretStr(world.client_secret),
                "slack_api_url": world.api_url,
                "firsthand_address": "https://firsthand.example.com",
            }
        )
        seconds = Seconds()
        installed = Installed(own, database, clock, seconds)
        yield Place(world, Desk(own, database, clock, installed), installed, seconds)
