"""Asked to end in the middle of its work, the bot ends, and what it acknowledged or posted is kept, once.

That the next start posts the rest is seen with the Procfile's processes.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress

import httpx
from sqlalchemy import text

from benchmarks.load import SECRET, body_of
from benchmarks.sending import requests_of
from playground.client import Playground
from playground.controlling import plain_http
from playground.setup import UNHURRIED, Person, Room, Setup
from storage import deliveries
from storage.database import Database, open_database
from storage.deliveries import Post
from storage.encryption import Keyring, new_key
from tests.conftest import NOW
from tests.scenarios.conftest import free_port

ROOMS, EACH, SUBMISSIONS, CLIENTS = 12, 4, 400, 4
"""Four posts a channel go at once, without waiting for Slack's pace."""

PATIENCE_SECONDS = 60


async def started(world: Playground, url: str, key: str, port: int) -> asyncio.subprocess.Process:
    """`firsthand run`, ready, with its door to Slack over HTTP."""
    environment = {
        **os.environ,
        "SLACK_BOT_TOKEN": world.bot_token,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": world.api_url,
        "DATABASE_URL": url,
        "FIRSTHAND_KEYS": key,
        "FIRSTHAND_PORT": str(port),
    }
    command = (sys.executable, "-m", "bot", "run")
    process = await asyncio.create_subprocess_exec(*command, env=environment, stderr=asyncio.subprocess.PIPE)
    async with plain_http(base_url=f"http://127.0.0.1:{port}") as client, asyncio.timeout(PATIENCE_SECONDS):
        while True:
            with suppress(httpx.ConnectError):
                ready = await client.get("/readyz")
                if ready.status_code == 200:
                    assert ready.json() == {"ok": True, "database": "ok"}
                    return process
            await asyncio.sleep(0.05)


async def said_by(process: asyncio.subprocess.Process) -> str:
    assert process.stderr
    return (await process.stderr.read()).decode()


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


async def test_a_process_is_ready_and_asked_to_end_under_load_keeps_what_it_acknowledged(
    database_url: str,
) -> None:
    key, port = new_key(), free_port()
    slots = [f"post {number}" for number in range(ROOMS * EACH)]
    rooms = tuple(Room(f"room{number}", members=("ana",), bot=True) for number in range(ROOMS))
    setup = Setup(people=(Person("ana", "Ana", is_admin=True),), channels=rooms, tuning=UNHURRIED)
    async with Playground.start(setup) as world:
        database, ana = open_database(database_url, Keyring([key])), world.person("ana").id
        requests = await requests_of("keep", database, world.team_id, [ana], SUBMISSIONS)
        await world.faults.add("chat.postMessage", "delay", times=0, seconds=0.05)
        process = await started(world, database_url, key, port)
        log = asyncio.create_task(said_by(process))
        await plan_posts(database, world, slots)
        acknowledged: list[int] = []
        waiting = iter(requests)
        clients = [asyncio.create_task(submit(port, waiting, acknowledged)) for _ in range(CLIENTS)]
        async with asyncio.timeout(PATIENCE_SECONDS):
            while len(acknowledged) < 20 or await ask(database, SENT) < 5:
                await asyncio.sleep(0.01)
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == 0
        await asyncio.gather(*clients)
        assert len(acknowledged) < SUBMISSIONS, "it ended in the middle"
        assert await ask(database, "SELECT count(*) FROM stories") >= len(acknowledged)
        assert await ask(database, "SELECT count(*) FROM deliveries WHERE state = 'sending'") == 0
        posted = await said(world)
        assert len(posted) == len(set(posted)) == await ask(database, SENT)
        await database.close()
    told = await log
    assert "Firsthand is ready" in told
    assert "Firsthand has stopped" in told
    assert "xoxb" not in told
    assert "Traceback" not in told, told


SENT = "SELECT count(*) FROM deliveries WHERE state = 'sent'"


async def said(world: Playground) -> list[str]:
    rooms = [await world.channel(f"room{number}").messages() for number in range(ROOMS)]
    return [message.text for room in rooms for message in room]
