"""An outbox beside a playground, with a worker of the test's own making."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.connections import OneWorkspace
from bot.delivery.drain import Drain
from bot.delivery.office import Office, open_office
from bot.delivery.settling import Settler
from bot.desk import Desk
from bot.settings import Settings
from playground.client import Playground
from playground.setup import UNHURRIED
from storage import deliveries
from storage.database import Database
from storage.deliveries import Post
from storage.sending import Claimed, Outcome
from storage.tables_posts import DeliveryRow
from tests.conftest import NOW, WORKSPACE, SetClock

FAST = 100_000.0
"""So much faster than Slack that nothing waits for its pace."""


class Worker:
    """A drain at a time, and looks into the history, when a test says so."""

    def __init__(self, office: Office) -> None:
        self.office = office

    async def drain(self) -> int:
        """Carry out what is due; how many calls were made."""
        return await Drain(self.office, WORKSPACE).run()

    async def settle(self) -> int:
        """Ask for what is in doubt; how many are settled."""
        return await Settler(self.office, WORKSPACE).settle()


class Outbox:
    """Plans posts, drains them and looks at what became of them."""

    def __init__(self, desk: Desk, office: Office) -> None:
        self.desk, self.office, self.worker = desk, office, Worker(office)
        self.refused: list[tuple[int, str]] = []
        self.forbidden: set[int] = set()

    async def plan(self, words: str, *, channel: str, slot: str = "") -> int | None:
        post = Post(
            channel_id=channel, kind="digest", slot_key=slot or words, payload={"text": words}, asked_by="U1"
        )
        async with self.desk.begin() as session:
            return await deliveries.plan(session, WORKSPACE, post, now=NOW)

    async def revise(self, target: int, words: str | None, *, at_once: bool = False) -> None:
        payload = None if words is None else {"text": words}
        async with self.desk.begin() as session:
            await deliveries.revise(session, WORKSPACE, target, payload, now=NOW, at_once=at_once)

    async def states(self) -> list[str]:
        async with self.desk.read() as session:
            query = select(DeliveryRow.state).order_by(DeliveryRow.id)
            return list((await session.execute(query)).scalars())

    async def let_time_pass(self) -> None:
        """As if five minutes went by for everything that waits or is leased."""
        columns = ("lease_until", "not_before", "sending_at")
        earlier = (f"{name} = strftime('%Y-%m-%d %H:%M:%f000', {name}, '-5 minutes')" for name in columns)
        older = f"UPDATE deliveries SET {', '.join(earlier)}"
        async with self.desk.begin() as session:
            await session.execute(text(older))
            await session.execute(text("UPDATE workspaces SET paused_until = NULL"))
            await session.execute(text("DELETE FROM rests"))
        self.office._paces.clear()


@pytest.fixture
async def world() -> AsyncIterator[Playground]:
    """A workspace that answers at once."""
    async with Playground.start(tuning=UNHURRIED) as started:
        yield started


@pytest.fixture
def settings(settings: Settings, world: Playground) -> Settings:
    """Settings that lead to the playground."""
    return settings.model_copy(
        update={"slack_api_url": world.api_url, "slack_bot_token": _secret(world.bot_token)}
    )


@pytest.fixture
async def outbox(settings: Settings, database: Database, clock: SetClock) -> AsyncIterator[Outbox]:
    """An outbox with one worker."""
    desk = Desk(settings, database, clock, OneWorkspace(settings))
    box: Outbox

    async def confirm(_: AsyncSession, claimed: Sequence[Claimed]) -> dict[int, dict[str, Any] | None]:
        return {one.id: None if one.id in box.forbidden else one.payload for one in claimed}

    async def refused(_: AsyncSession, claimed: Claimed, outcome: Outcome) -> None:
        box.refused.append((claimed.id, outcome.error or ""))

    async with open_office(desk, confirm, refused, pace_scale=FAST) as office:
        box = Outbox(desk, office)
        yield box


@pytest.fixture
async def pilot(world: Playground) -> str:
    """The id of a channel that the bot is in."""
    channels = (await world.control.get("setup"))["channels"]
    return next(str(channel["id"]) for channel in channels if channel["name"] == "pilot")


def _secret(value: str) -> Any:
    from pydantic import SecretStr

    return SecretStr(value)
