"""The Procfile's processes: each stops and starts under load, and nothing is lost; one under a manager."""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from bot.__main__ import main
from demo.workspace import manifest
from playground.client import Playground
from playground.controlling import PlaygroundError
from playground.setup import DEFAULT_ROOMS, UNHURRIED, Room, Setup
from storage import workspaces
from storage.database import open_database
from storage.deliveries import Post, plan
from storage.encryption import Keyring, new_key
from storage.tables import CustomerRow
from storage.tables_stories import InterviewRow
from storage.versions import is_current
from tests.conftest import NOW
from tests.scenarios.conftest import free_port
from tests.test_house import ROOT

KEY = new_key()


LINES = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text("utf-8").splitlines())
SCRIPTS = Path(sys.executable).parent


async def begun(environment: dict[str, str], command: Sequence[str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *command,
        env={**os.environ, **environment, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


async def by_itself(environment: dict[str, str], name: str) -> asyncio.subprocess.Process:
    """This process of the Procfile, as a platform runs it that reads no more than its line."""
    program, *arguments = shlex.split(LINES[name])
    return await begun(environment, [str(SCRIPTS / program), *arguments])


async def managed(environment: dict[str, str], name: str) -> asyncio.subprocess.Process:
    """The same under honcho, which reads no settings of its own."""
    honcho = (sys.executable, "-m", "honcho", "-e", os.devnull, "-d", str(ROOT), "start", name)
    return await begun(environment, honcho)


async def said(process: asyncio.subprocess.Process) -> str:
    assert process.stdout
    async with asyncio.timeout(60):
        return (await process.stdout.read()).decode()


class Copy:
    """A web and a worker process that are stopped as platforms do."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._running: dict[str, asyncio.subprocess.Process] = {}

    async def __aenter__(self) -> Copy:
        self._running["web"] = await by_itself(self._environment, "web")
        self._running["worker"] = await managed(self._environment, "worker")
        return self

    async def __aexit__(self, *_error: object) -> None:
        await asyncio.gather(*map(self._stop, self._running.values()))

    async def start_again(self, name: str) -> None:
        """Ask it to stop, wait until it has, and start it."""
        await self._stop(self._running[name])
        self._running[name] = await by_itself(self._environment, name)

    async def _stop(self, process: asyncio.subprocess.Process) -> None:
        process.send_signal(signal.SIGTERM)
        told = await said(process)
        assert "Firsthand has stopped" in told, told
        assert "xoxb" not in told


ROOMS = tuple(Room(f"room-{number}", members=("ana",), bot=True) for number in range(40))
PEOPLE = ("ana", "ben", "mika")
WRITE_UPS = 2


async def planned(url: str, world: Playground, among: Sequence[Room]) -> None:
    """A post for each of these rooms, which waits for whoever posts."""
    ids = {str(one["name"]): str(one["id"]) for one in (await world.control.get("setup"))["channels"]}
    database = open_database(url, Keyring([KEY]))
    async with database.begin() as session:
        await workspaces.ensure(session, world.team_id, name="", installed_by=None, now=NOW)
        for room in among:
            payload = {"text": "It waited."}
            post = Post(channel_id=ids[room.name], kind="notice", slot_key="w", payload=payload)
            await plan(session, world.team_id, post, now=NOW)
    await database.close()


async def writes_up(world: Playground, who: str, done: asyncio.Event) -> None:
    """Somebody who tells of a few conversations, and presses again where Slack says that it did not work."""
    person = world.person(who)

    async def worked(act: Callable[[], Awaitable[dict[str, Any]]]) -> bool:
        try:
            return bool((await act())["ok"])
        except PlaygroundError as trouble:
            # A list that is looked up while nobody answers: people type their word again. And a window that
            # the one before had begun to open, and the next one did, takes the place of theirs.
            if any(one in str(trouble) for one in ("Options could not be loaded", "no longer open")):
                return False
            raise

    async def insist(act: Callable[[], Awaitable[dict[str, Any]]]) -> None:
        while not await worked(act):
            await world.wait_for_app(seconds=60)

    for number in range(WRITE_UPS):
        await insist(lambda: person.command("/interview", channel="pilot"))
        steps: tuple[dict[str, Any], ...] = (
            {"name": f"Customer {number} of {who}", "how": "visit"},
            {"trying_to": "Get the papers ready by noon.", "happened": "She prints every form."},
            {"quote_0": "Paper doesn't ask me to log in."},
            {"meaning": "Logging in is the obstacle."},
            {"sharing": "not_shared"},
            {},
        )
        for step in steps:
            await insist(lambda given=step: person.submit(given))  # type: ignore[misc]  # a bound default
        for left in reversed(await person.modals()):
            await left.close(whole_stack=True)
        done.set()


async def written_up(url: str) -> list[str]:
    """The customers of all conversations that are kept."""
    database = open_database(url, Keyring([KEY]))
    async with database.read() as session:
        query = select(CustomerRow.name).join(InterviewRow, InterviewRow.customer_id == CustomerRow.id)
        found = list((await session.execute(query)).scalars())
    await database.close()
    return found


@pytest.fixture
async def world() -> AsyncIterator[Playground]:
    """A workspace with many rooms, which takes its time over each post."""
    setup = Setup(manifest=manifest(), channels=(*DEFAULT_ROOMS, *ROOMS), tuning=UNHURRIED)
    async with Playground.start(setup) as started:
        await started.faults.add("chat.postMessage", "delay", seconds=0.3, times=len(ROOMS))
        yield started


async def test_each_process_of_the_procfile_stops_and_starts_under_load_and_nothing_is_lost_or_twice(
    world: Playground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/new.sqlite3"
    environment = {
        "SLACK_BOT_TOKEN": world.bot_token,
        "SLACK_APP_TOKEN": world.app_token,
        "SLACK_API_URL": world.api_url,
        "DATABASE_URL": url,
        "FIRSTHAND_KEYS": KEY,
        "FIRSTHAND_PORT": str(free_port()),
    }
    released(monkeypatch, environment)
    assert is_current(url)
    await planned(url, world, ROOMS[: len(ROOMS) // 2])
    async with Copy(environment) as copy:
        await under_load(world, copy, url)
    stand = [await world.channel(room.name).messages() for room in ROOMS]
    assert [[one.text for one in there] for there in stand] == [["It waited."]] * len(ROOMS)
    names = [f"Customer {number} of {who}" for who in PEOPLE for number in range(WRITE_UPS)]
    assert sorted(await written_up(url)) == sorted(names)


def released(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> None:
    """What platforms run before each version of the processes."""
    program, *arguments = shlex.split(LINES["release"])
    assert program == "firsthand"
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    CliRunner().invoke(main, arguments, catch_exceptions=False)


async def under_load(world: Playground, copy: Copy, url: str) -> None:
    """Have each process start again while there is work for it, and wait until all is done."""

    async def posted() -> int:
        return await world.calls("chat.postMessage")

    async def all_posted() -> bool:
        return await posted() >= len(ROOMS)

    async def while_posting() -> None:
        await world.until(posted, "the first posts", seconds=60)
        more = planned(url, world, ROOMS[len(ROOMS) // 2 :])
        await asyncio.gather(copy.start_again("worker"), more)
        await world.until(all_posted, "all posts", seconds=60)

    async def while_writing() -> None:
        await world.wait_for_app(seconds=60)
        begun = asyncio.Event()
        people = [asyncio.create_task(writes_up(world, who, begun)) for who in PEOPLE]
        first = asyncio.create_task(begun.wait())
        await asyncio.wait([first, *people], return_when=asyncio.FIRST_COMPLETED)
        assert not any(one.done() for one in people), "they are at it"
        await copy.start_again("web")
        await asyncio.gather(*people)

    await asyncio.gather(while_posting(), while_writing())
