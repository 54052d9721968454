"""A database that is not there, at the start or later: waited for with a clear state, and nothing is lost."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import text

from bot.connections import OneWorkspace
from bot.delivery.working import OUTBOX, WAITING
from bot.desk import Desk
from bot.health import Health
from bot.running import running
from bot.settings import Settings, StartError
from bot.starting import Start, ToldToStop, check_schema
from playground.client import Playground
from playground.controlling import plain_http
from storage import deliveries
from storage.deliveries import Post
from storage.encryption import new_key
from tests.bot.running.door import Door
from tests.conftest import NOW, SetClock
from tests.postgres import hasty_postgres
from tests.scenarios.conftest import free_port

SOON = (0.02,)
PATIENCE_SECONDS = 60


@pytest.fixture
def server_url(run_folder: Path) -> Iterator[str]:
    with hasty_postgres(run_folder, migrated=True) as url:
        yield url


@pytest.fixture
async def door(server_url: str) -> AsyncIterator[Door]:
    made = Door(server_url)
    yield made
    await made.close()


def settings_for(world: Playground, url: str) -> Settings:
    return Settings(
        slack_bot_token=world.bot_token,
        slack_app_token=world.app_token,
        slack_api_url=world.api_url,
        database_url=url,
        firsthand_keys=new_key(),
        firsthand_port=free_port(),
        firsthand_tick_seconds=0.1,
        _env_file=None,
    )


async def told(client: httpx.AsyncClient, path: str, status: int, words: str) -> None:
    """Wait until this is answered."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            try:
                answer = await client.get(path)
            except httpx.ConnectError:
                continue
            if answer.status_code == status and words in answer.text:
                return
            await asyncio.sleep(0.01)


async def test_a_database_that_comes_late_is_waited_for_and_one_that_goes_comes_back(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    async with Playground.start() as world:
        settings = settings_for(world, door.url)
        stopping, start = asyncio.Event(), Start(Health(), asyncio.Event(), SOON)
        entered: asyncio.Queue[Desk] = asyncio.Queue()

        async def run() -> None:
            async with running(settings, SetClock(), stopping=stopping, start=start) as desk:
                await entered.put(desk)
                await stopping.wait()

        bot = asyncio.create_task(run())
        async with plain_http(base_url=f"http://127.0.0.1:{settings.firsthand_port}") as client:
            await told(client, "/readyz", 503, "cannot be reached")
            assert (await client.get("/healthz")).status_code == 200, "it lives, and waits"
            assert (await client.post("/slack/events")).status_code == 503, "Slack comes again"
            assert "Waiting for it: the next try is in 0.02 s." in caplog.text
            await door.open()
            desk = await entered.get()
            assert (await client.get("/readyz")).json() == {"ok": True, "database": "ok"}
            await door.close()
            await told(client, "/readyz", 503, "unreachable")
            assert (await client.get("/healthz")).status_code == 200
            await door.open()
            await told(client, "/readyz", 200, "ok")
            await _says(desk, world, "after the flood")
            assert bot.done() is False
            stopping.set()
            await bot


async def _says(desk: Desk, world: Playground, words: str) -> None:
    (team,) = await desk.connections.workspaces()
    channels = (await world.control.get("setup"))["channels"]
    place = next(str(one["id"]) for one in channels if one["name"] == "pilot")
    post = Post(channel_id=place, kind="notice", slot_key=words, payload={"text": words})
    async with desk.database.begin() as session:
        await deliveries.plan(session, team, post, now=NOW)
    desk.wake_outbox()
    await world.channel("pilot").wait_for(words)


async def test_whoever_is_asked_to_stop_while_waiting_does(door: Door) -> None:
    stopping = asyncio.Event()
    waiting = Start(Health(), stopping, (3600.0,))
    task = asyncio.create_task(waiting.database(door.url))
    async with asyncio.timeout(PATIENCE_SECONDS):
        while "cannot be reached" not in waiting.health.waits_for:
            await asyncio.sleep(0.01)
    stopping.set()
    with pytest.raises(ToldToStop):
        await task


def test_what_no_waiting_mends_is_said_at_once(server_url: str) -> None:
    address, _, options = server_url.partition("?")
    wrong = f"{address.rsplit('/', 1)[0]}/nobody_made_this?{options}"
    with pytest.raises(StartError, match=r"does not exist.*DATABASE_URL") as told:
        check_schema(wrong)
    assert type(told.value) is StartError, "it is not waited for"


async def test_a_process_that_only_works_tells_its_health_on_a_port_of_its_own(settings: Settings) -> None:
    async with Playground.start() as world:
        port = free_port()
        own = {"firsthand_health_port": port, "slack_bot_token": SecretStr(world.bot_token)}
        given = settings.model_copy(update=own | {"slack_api_url": world.api_url})
        async with (
            running(given, SetClock(), web=False) as desk,
            plain_http(base_url=f"http://127.0.0.1:{port}") as client,
        ):
            assert (await client.get("/healthz")).json() == {"ok": True}
            assert (await client.get("/readyz")).json() == {"ok": True, "database": "ok"}
            assert (await client.post("/slack/events")).status_code == 404, "it answers nobody else"
            async with desk.database.begin() as session:
                await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
            unready = await client.get("/readyz")
            assert (unready.status_code, unready.json()["database"]) == (503, "of another version")
            assert "its schema is 9999, this process was written for" in unready.json()["reason"]
            assert (await client.get("/healthz")).status_code == 200, "to start it anew mends nothing"
            desk.health.expect("something stuck", -1, vital=True)
            assert (await client.get("/healthz")).status_code == 503


async def test_a_process_whose_every_look_into_the_outbox_fails_is_alive_and_not_ready(
    settings: Settings,
) -> None:
    async with Playground.start() as world:
        port, seconds = free_port(), [0.0]
        own = {"firsthand_health_port": port, "slack_bot_token": SecretStr(world.bot_token)}
        given = settings.model_copy(update=own | {"slack_api_url": world.api_url})
        start = Start(Health(lambda: seconds[0]), asyncio.Event())
        async with running(given, SetClock(), web=False, start=start) as desk:

            async def looks_at(now: float) -> float:
                """Since when no look had succeeded at the next one's beginning."""
                seconds[0] = now
                async with asyncio.timeout(PATIENCE_SECONDS):
                    while desk.health.ages()[OUTBOX]:
                        desk.wake_outbox()
                        await asyncio.sleep(0.01)
                return desk.health.ages()[WAITING]

            await looks_at(1)
            assert await looks_at(2) <= 1, "all is well"
            async with desk.database.begin() as session:
                await session.execute(text("ALTER TABLE deliveries RENAME TO gone"))
            await looks_at(3)
            await looks_at(4)
            assert await looks_at(500) > 495
            async with plain_http(base_url=f"http://127.0.0.1:{port}") as client:
                assert (await client.get("/healthz")).status_code == 200, "to start it anew mends nothing"
                await told(client, "/readyz", 503, WAITING)


def test_parts_that_fall_silent_are_named_and_the_vital_ones_end_the_process() -> None:
    seconds = [0.0]
    health = Health(lambda: seconds[0])
    health.expect("the outbox", 60, vital=True)
    health.expect("the schedule", 30, vital=False)
    seconds[0] = 45
    assert health.silent() == {"the schedule": "not heard of for 45 s"}
    assert health.silent(vital=True) == {}
    health.beat("the schedule")
    seconds[0] = 70
    assert health.silent() == {"the outbox": "not heard of for 70 s"} == health.silent(vital=True)


async def test_a_slack_that_does_not_answer_keeps_nobody_from_ending(desk: Desk) -> None:
    async with Playground.start() as world:
        await world.faults.add("auth.test", "delay", seconds=3600)
        settings = desk.settings.model_copy(update={"slack_api_url": world.api_url})
        stopping = asyncio.Event()
        start = Start(Health(), stopping)
        asking = asyncio.create_task(start.introduce(desk, OneWorkspace(settings)))
        await world.until(lambda: world.calls("auth.test"), "the question whose token it is")
        stopping.set()
        with pytest.raises(ToldToStop):
            await asking
