"""Asked to end in the middle of its work, the bot ends, and what it acknowledged or posted is kept, once.

That a process hears a signal, and that the next start posts the rest, is seen with the Procfile's processes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import suppress

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from benchmarks.load import SECRET, body_of
from benchmarks.sending import requests_of
from bot.clock import SystemClock
from bot.running import running
from bot.settings import Settings
from playground.client import Playground
from playground.controlling import plain_http
from playground.setup import UNHURRIED, Person, Room, Setup
from storage import deliveries
from storage.database import Database
from storage.deliveries import Post
from tests.conftest import NOW
from tests.scenarios.conftest import free_port

ROOMS, EACH, SUBMISSIONS, CLIENTS = 12, 4, 400, 4
"""Four posts a channel go at once, without waiting for Slack's pace."""

PATIENCE_SECONDS = 60


async def is_ready(port: int) -> None:
    async with plain_http(base_url=f"http://127.0.0.1:{port}") as client:
        ready = await client.get("/readyz")
        assert ready.status_code == 200
        assert ready.json() == {"ok": True, "database": "ok"}


async def submit(port: int, waiting: Iterator[bytes], acknowledged: list[int]) -> None:
    """Send one after the other until the door is closed; count what is acknowledged."""
    with suppress(OSError, EOFError, AssertionError):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in waiting:
            writer.write(request)
            if b'"errors"' not in await body_of(reader):
                acknowledged.append(1)


async def ask(database: Database, query: str) -> int:
    async with database.read() as session:
        return int((await session.execute(text(query))).scalar_one())


async def plan_posts(database: Database, world: Playground, slots: Sequence[str]) -> None:
    places = [str(one["id"]) for one in (await world.control.get("setup"))["channels"]]
    async with database.begin() as session:
        for number, slot in enumerate(slots):
            place = places[number % len(places)]
            post = Post(channel_id=place, kind="notice", slot_key=slot, payload={"text": slot})
            await deliveries.plan(session, world.team_id, post, now=NOW)


async def test_asked_to_end_under_load_it_keeps_what_it_acknowledged(
    settings: Settings, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    slots = [f"post {number}" for number in range(ROOMS * EACH)]
    rooms = tuple(Room(f"room{number}", members=("ana",), bot=True) for number in range(ROOMS))
    setup = Setup(people=(Person("ana", "Ana", is_admin=True),), channels=rooms, tuning=UNHURRIED)
    async with Playground.start(setup) as world:
        ana, port, stopping = world.person("ana").id, free_port(), asyncio.Event()
        requests = await requests_of("keep", database, world.team_id, [ana], SUBMISSIONS)
        await world.faults.add("chat.postMessage", "delay", times=0, seconds=0.05)
        own = settings.model_copy(update=known_to(world, port))
        acknowledged: list[int] = []
        waiting = iter(requests)
        async with running(own, SystemClock(), stopping=stopping):
            await is_ready(port)
            await plan_posts(database, world, slots)
            clients = [asyncio.create_task(submit(port, waiting, acknowledged)) for _ in range(CLIENTS)]
            async with asyncio.timeout(PATIENCE_SECONDS):
                while len(acknowledged) < 20 or await ask(database, SENT) < 5:
                    await asyncio.sleep(0.01)
            stopping.set()
        await asyncio.gather(*clients)
        assert len(acknowledged) < SUBMISSIONS, "it ended in the middle"
        assert await ask(database, "SELECT count(*) FROM stories") >= len(acknowledged)
        assert await ask(database, "SELECT count(*) FROM deliveries WHERE state = 'sending'") == 0
        posted = await said(world)
        assert len(posted) == len(set(posted)) == await ask(database, SENT)
    assert [one.getMessage() for one in caplog.records if one.exc_info] == []


def known_to(world: Playground, port: int) -> dict[str, object]:
    """What a bot with its door to Slack over HTTP is told of this workspace."""
    return {
        "slack_bot_token": SecretStr(world.bot_token),
        "slack_signing_secret": SecretStr(SECRET),
        "slack_api_url": world.api_url,
        "firsthand_port": port,
    }


SENT = "SELECT count(*) FROM deliveries WHERE state = 'sent'"


async def said(world: Playground) -> list[str]:
    rooms = [await world.channel(f"room{number}").messages() for number in range(ROOMS)]
    return [message.text for room in rooms for message in room]
