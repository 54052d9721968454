"""Machines that share the work on a real PostgreSQL: jobs made with the posts, one drain at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.worker import draining
from bot.desk import Desk
from bot.operating import checks_database
from bot.operating.findings import State
from bot.settings import Settings
from playground.client import Playground
from storage import deliveries, workspaces
from storage.database import Database, open_database
from storage.deliveries import Post
from storage.encryption import Keyring
from storage.jobs import QUEUE, TASK, lock_of
from storage.sending import Claimed, Outcome
from tests.bot.delivery.conftest import FAST
from tests.conftest import NOW, SetClock
from tests.postgres import hasty_postgres

TEAMS = ("T0ONE", "T0TWO", "T0THREE")
PATIENCE_SECONDS = 60


class Everyone:
    """Connections to all teams by the one token of the playground."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def workspaces(self) -> tuple[str, ...]:
        return TEAMS

    async def token(self, workspace_id: str) -> str:  # noqa: ARG002 of the interface
        return self._token

    async def client(self, workspace_id: str) -> AsyncWebClient:
        raise AssertionError(f"nobody asks Slack anything about {workspace_id} here")

    async def lost(self, workspace_id: str, reason: str) -> None:
        raise AssertionError(f"{workspace_id} lost: {reason}")


class Machines:
    """What the machines of a fleet share, as a test sees it."""

    def __init__(self, database: Database, settings: Settings, token: str, channel: str) -> None:
        self.database, self._settings, self._token, self._channel = database, settings, token, channel

    @asynccontextmanager
    async def machine(self, keyring: Keyring) -> AsyncIterator[None]:
        """One that drains, with a database connection of its own."""
        database = open_database(self.database.url.render_as_string(hide_password=False), keyring)
        desk = Desk(self._settings, database, SetClock(), Everyone(self._token))
        try:
            async with draining(desk, _confirm, _refused, pace_scale=FAST):
                yield
        finally:
            await database.close()

    async def plan(self, workspace_id: str, slots: Sequence[str]) -> None:
        async with self.database.begin() as session:
            for slot in slots:
                await plan(session, workspace_id, slot, channel=self._channel)

    async def ask(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        async with self.database.read() as session:
            return [tuple(row) for row in await session.execute(text(query), values)]

    async def until(self, query: str, answer: list[tuple[Any, ...]]) -> None:
        """Wait until the database answers so."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self.ask(query) != answer:
                await asyncio.sleep(0.01)


async def plan(session: AsyncSession, workspace_id: str, slot: str, *, channel: str = "C1") -> int | None:
    post = Post(channel_id=channel, kind="notice", slot_key=slot, payload={"text": slot})
    return await deliveries.plan(session, workspace_id, post, now=NOW)


async def _confirm(_: AsyncSession, claimed: Sequence[Claimed]) -> dict[int, dict[str, Any] | None]:
    return {one.id: one.payload for one in claimed}


async def _refused(_: AsyncSession, claimed: Claimed, outcome: Outcome) -> None:
    raise AssertionError(f"{claimed.id} was refused: {outcome.error}")


@pytest.fixture
def server_url(run_folder: Path) -> Iterator[str]:
    """A server's database, as only there is a fleet."""
    with hasty_postgres(run_folder, migrated=True) as url:
        yield url


@pytest.fixture
async def machines(
    server_url: str, keyring: Keyring, settings: Settings, world: Playground, pilot: str
) -> AsyncIterator[Machines]:
    """Three workspaces that nobody drains yet."""
    database = open_database(server_url, keyring)
    async with database.begin() as session:
        for team in TEAMS:
            await workspaces.ensure(session, team, name="", installed_by=None, now=NOW)
    yield Machines(database, settings, world.bot_token, pilot)
    await database.close()


JOBS = "SELECT args ->> 'workspace_id', status::text FROM procrastinate_jobs ORDER BY 1, 2"
UNSENT = "SELECT count(*) FROM deliveries WHERE state <> 'sent'"


async def test_a_job_comes_and_goes_with_the_transaction_that_plans_a_post(machines: Machines) -> None:
    async with machines.database.begin() as session:
        await plan(session, TEAMS[0], "never")
        await session.rollback()
    assert await machines.ask(JOBS) == []
    async with machines.database.begin() as session:
        for team in TEAMS[:2]:
            await plan(session, team, "first")
            await plan(session, team, "second")
        assert await machines.ask(JOBS) == [], "others see it with the post, not before"
    assert await machines.ask(JOBS) == [(team, "todo") for team in sorted(TEAMS[:2])]


async def test_many_who_plan_at_once_make_one_job(machines: Machines) -> None:
    await asyncio.gather(*(machines.plan(TEAMS[0], [f"post {number}"]) for number in range(12)))
    assert await machines.ask(JOBS) == [(TEAMS[0], "todo")]
    assert await machines.ask("SELECT count(*) FROM deliveries") == [(12,)]


async def test_a_job_that_is_at_work_may_have_looked_already_so_another_follows(machines: Machines) -> None:
    await machines.plan(TEAMS[0], ["first"])
    async with machines.database.begin() as session:
        await session.execute(text("UPDATE procrastinate_jobs SET status = 'doing'"))
    await machines.plan(TEAMS[0], ["second"])
    assert await machines.ask(JOBS) == [(TEAMS[0], "doing"), (TEAMS[0], "todo")]


async def test_two_machines_share_the_work_and_no_workspace_is_drained_by_both(
    machines: Machines, world: Playground, keyring: Keyring
) -> None:
    await world.faults.add("chat.postMessage", "delay", times=0, seconds=0.02)
    sending = "SELECT workspace_id FROM deliveries WHERE state = 'sending' GROUP BY 1"
    by_both = f"{sending} HAVING count(DISTINCT owner) > 1"
    owners: set[str] = set()
    planned: list[str] = []
    async with machines.machine(keyring), machines.machine(keyring):
        await machines.until("SELECT count(*) FROM procrastinate_workers", [(2,)])
        async with asyncio.timeout(PATIENCE_SECONDS):
            while len(owners) < 2:
                for team in TEAMS:
                    slots = [f"{team} {len(planned) + number}" for number in range(6)]
                    planned += slots
                    await machines.plan(team, slots)
                while await machines.ask(UNSENT) != [(0,)]:
                    assert await machines.ask(by_both) == []
                owners |= {owner for (owner,) in await machines.ask("SELECT owner FROM deliveries")}
    said = sorted(message.text for message in await world.channel("pilot").messages())
    assert said == sorted(planned), "all of it, once"


async def test_the_work_of_a_machine_whose_heart_has_stopped_is_taken_over(
    machines: Machines, world: Playground, keyring: Keyring
) -> None:
    await machines.plan(TEAMS[0], ["left behind"])
    assert await workers_found(machines) == [State.LOOK]
    gone = (
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute') RETURNING id"
    )
    at_work = "UPDATE procrastinate_jobs SET status = 'doing', worker_id = :worker"
    async with machines.database.begin() as session:
        worker = (await session.execute(text(gone))).scalar_one()
        await session.execute(text(at_work), {"worker": worker})
    assert await workers_found(machines) == [State.BROKEN]
    async with machines.machine(keyring):
        await world.channel("pilot").wait_for("left behind")
        await machines.until("SELECT count(*) FROM procrastinate_jobs", [(0,)])
        assert await workers_found(machines) == [State.OK]


async def workers_found(machines: Machines) -> list[State]:
    return [one.state async for one in checks_database.workers(machines.database)]


async def test_what_lost_its_job_is_found_all_the_same(
    machines: Machines, world: Playground, keyring: Keyring
) -> None:
    await machines.plan(TEAMS[1], ["found"])
    async with machines.database.begin() as session:
        await session.execute(text("DELETE FROM procrastinate_jobs"))
    async with machines.machine(keyring):
        await world.channel("pilot").wait_for("found")


async def test_the_engines_own_jobs_and_ours_are_alike(machines: Machines) -> None:
    from bot.delivery.fleet import defer, jobs_at

    columns = "SELECT queue_name, task_name, lock, queueing_lock, priority, attempts FROM procrastinate_jobs"
    async with jobs_at(machines.database.url) as app:

        @app.task(name=TASK, queue=QUEUE)
        async def drain(workspace_id: str) -> None:
            raise AssertionError(f"nobody works on {workspace_id} here")

        await defer(app, [TEAMS[0]])
    made_by_it = await machines.ask(columns)
    async with machines.database.begin() as session:
        await session.execute(text("DELETE FROM procrastinate_jobs"))
    await machines.plan(TEAMS[0], ["first"])
    assert await machines.ask(columns) == made_by_it
    assert made_by_it[0][2] == lock_of(TEAMS[0])
