"""Events are handled once, by whichever process, and none that was acknowledged is lost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from sqlalchemy import text

from bot import inbox
from bot.app import create_app
from bot.connections import OneWorkspace
from bot.desk import Desk
from bot.settings import Settings
from playground.client import Playground
from playground.setup import Tuning
from storage import receipts
from storage.database import Database
from storage.receipts import MOST_ATTEMPTS
from tests.conftest import WORKSPACE, SetClock, file_of


class Process:
    """One web process: an app and what its listener heard."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.app: AsyncApp = create_app(desk)
        self.heard: list[str] = []
        self.trouble: Exception | None = None
        self.app.event("channel_rename")(self.listen)

    async def listen(self, body: dict[str, Any]) -> None:
        if self.trouble:
            raise self.trouble
        self.heard.append(body["event_id"])

    async def hears(self, number: str, kind: str = "channel_rename") -> int:
        """The status with which an event is answered."""
        request = AsyncBoltRequest(body=json.dumps(told(number, kind)), mode="socket_mode")
        answer = await self.app.async_dispatch(request)
        await self.inbox.quiet()
        return answer.status

    @property
    def inbox(self) -> inbox.Inbox:
        return inbox.inbox_of(self.app)


def told(number: str, kind: str = "channel_rename") -> dict[str, Any]:
    """An event as Slack tells it."""
    event = {"type": kind, "user": "U1", "item": {"type": "message", "channel": "C1", "ts": "1.0"}}
    return {"type": "event_callback", "team_id": WORKSPACE, "event_id": number, "event": event}


@pytest.fixture
async def desk(settings: Settings, database: Database, clock: SetClock) -> AsyncIterator[Desk]:
    async with Playground.start(team_id=WORKSPACE, tuning=Tuning(rates=False)) as world:
        to_it = {"slack_api_url": world.api_url, "slack_bot_token": SecretStr(world.bot_token)}
        led = settings.model_copy(update=to_it)
        yield Desk(led, database, clock, OneWorkspace(led))


async def waiting(desk: Desk) -> int:
    async with desk.read() as session:
        query = text("SELECT count(*) FROM receipts WHERE body IS NOT NULL")
        return int((await session.execute(query)).scalar_one())


async def test_an_event_that_comes_to_two_processes_is_handled_by_one(desk: Desk) -> None:
    one, other = Process(desk), Process(desk)
    assert (await one.hears("Ev1"), await other.hears("Ev1"), await other.hears("Ev2")) == (200, 200, 200)
    assert (one.heard, other.heard) == (["Ev1"], ["Ev2"])
    assert await waiting(desk) == 0


async def test_an_event_whose_process_died_is_taken_up_by_another(desk: Desk, clock: SetClock) -> None:
    other = Process(desk)
    async with desk.begin() as session:
        await receipts.take_in(session, WORKSPACE, "Ev1", told("Ev1"), now=clock.now())
    await other.inbox.look(other.app)
    assert other.heard == [], "it may still be in somebody's hands"
    clock.advance(timedelta(minutes=1))
    await other.inbox.look(other.app)
    await other.inbox.quiet()
    assert (other.heard, await waiting(desk)) == (["Ev1"], 0)
    assert await other.hears("Ev1") == 200
    assert other.heard == ["Ev1"]


async def test_an_event_under_which_the_database_went_away_is_tried_again(
    desk: Desk, clock: SetClock
) -> None:
    process = Process(desk)
    process.trouble = TimeoutError("the database is busy")
    await process.hears("Ev1")
    process.trouble = None
    clock.advance(timedelta(minutes=1))
    await process.inbox.look(process.app)
    await process.inbox.quiet()
    assert (process.heard, await waiting(desk)) == (["Ev1"], 0)


async def test_an_event_that_can_never_be_handled_is_left_alone(desk: Desk, clock: SetClock) -> None:
    process = Process(desk)
    process.trouble = TimeoutError("every time")
    await process.hears("Ev1")
    for _time in range(2 * MOST_ATTEMPTS):
        clock.advance(timedelta(minutes=1))
        await process.inbox.look(process.app)
        await process.inbox.quiet()
    async with desk.read() as session:
        query = text("SELECT attempts FROM receipts")
        assert (await session.execute(query)).scalar_one() == MOST_ATTEMPTS
    clock.advance(timedelta(days=2))
    await process.inbox.look(process.app)
    assert await waiting(desk) == 0


async def test_without_a_database_slack_is_not_thanked(desk: Desk) -> None:
    process, file = Process(desk), file_of(desk.database)
    assert await process.hears("Ev1") == 200
    hidden = file.rename(file.with_suffix(".away"))
    assert await process.hears("Ev2") == 503
    hidden.rename(file)
    assert await process.hears("Ev2") == 200
    assert process.heard == ["Ev1", "Ev2"]


async def test_a_listener_at_work_is_waited_for(desk: Desk) -> None:
    process, ends = Process(desk), asyncio.Event()

    async def slow(body: dict[str, Any]) -> None:
        await ends.wait()
        process.heard.append(body["event_id"])

    process.app.event("team_rename")(slow)
    async with inbox.looked_after(process.app):
        request = AsyncBoltRequest(body=json.dumps(told("Ev1", "team_rename")), mode="socket_mode")
        assert (await process.app.async_dispatch(request)).status == 200
        asyncio.get_running_loop().call_later(0.05, ends.set)
    assert process.heard == ["Ev1"]


async def test_an_event_that_concerns_nobody_is_thanked_for(desk: Desk) -> None:
    assert await Process(desk).hears("Ev1", "pin_added") == 200
