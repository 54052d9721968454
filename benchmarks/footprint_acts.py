"""What people's acts take of the running bot: calls to Slack, seconds of processor; and what rest takes."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from demo.workspace import manifest
from playground.client import Person, Playground
from playground.setup import UNHURRIED
from storage.migrating import migrate

IDLE_SECONDS = 20.0
SETTLED_SECONDS = 1.0
"""How long what follows an act (posts, Homes) has, before its calls are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What one act takes: calls to Slack by all methods together, and seconds of one processor."""

    calls: float
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What the running bot takes."""

    rest_mb: float
    after_mb: float
    """Resident, once it has done all this."""

    idle_share: float
    """Of one processor, while nobody asks anything of it."""

    write_up: Act
    home: Act
    search: Act


@asynccontextmanager
async def _running(world: Playground, url: str) -> AsyncIterator[psutil.Process]:
    environment = {
        **os.environ,
        "SLACK_BOT_TOKEN": world.bot_token,
        "SLACK_APP_TOKEN": world.app_token,
        "SLACK_API_URL": world.api_url,
        "DATABASE_URL": url,
        "FIRSTHAND_PORT": "0",
        "FIRSTHAND_LOG_LEVEL": "WARNING",
    }
    command = (str(Path(sys.executable).with_name("firsthand")), "run")
    process = await asyncio.create_subprocess_exec(*command, env=environment)
    try:
        await world.wait_for_app(seconds=60)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        await process.wait()


async def take(times: int) -> Taken:
    """Run the bot against a playground, and have a colleague do each thing so often."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        migrate(url)
        async with (
            Playground.start(manifest=manifest(), tuning=UNHURRIED) as world,
            _running(world, url) as bot,
        ):
            ana = world.person("ana")
            await _home(ana, 0)
            await asyncio.sleep(SETTLED_SECONDS)
            before = _seconds(bot)
            await asyncio.sleep(IDLE_SECONDS)
            idle, rest = (_seconds(bot) - before) / IDLE_SECONDS, _megabytes(bot)
            acts = {act: await _act(world, bot, ana, act, times) for act in (_write_up, _home, _search)}
            return Taken(
                rest_mb=rest,
                after_mb=_megabytes(bot),
                idle_share=idle,
                write_up=acts[_write_up],
                home=acts[_home],
                search=acts[_search],
            )


async def _act(
    world: Playground,
    bot: psutil.Process,
    who: Person,
    act: Callable[[Person, int], Awaitable[None]],
    times: int,
) -> Act:
    calls, seconds = await _calls(world), _seconds(bot)
    for number in range(times):
        await act(who, number)
    await asyncio.sleep(SETTLED_SECONDS)
    made, worked = await _calls(world) - calls, _seconds(bot) - seconds
    return Act(calls=made / times, seconds=worked / times)


async def _write_up(who: Person, number: int) -> None:
    await who.command("/interview", channel="pilot")
    await who.submit({"name": f"Ida{number} Ek{number}", "how": "call"})
    await who.submit(
        {"trying_to": f"Get order {number} out by noon.", "happened": "It waited for a signature."}
    )
    await who.submit({"quote_0": f"I rang {number + 2} times before somebody knew."})
    await who.submit({"meaning": "We ask for signatures that nobody needs.", "score": "6"})
    await who.submit({"sharing": "without_name", "consent_words": "Fine, but not my name."})
    await (await who.modal()).submit()
    for left in reversed(await who.modals()):
        await left.close(whole_stack=True)


async def _home(who: Person, number: int) -> None:  # noqa: ARG001 as the other acts
    await who.open_home()
    await who.home("", seconds=20)


async def _search(who: Person, number: int) -> None:
    await who.command(f"/stories search order {number}", channel="pilot")


async def _calls(world: Playground) -> int:
    return sum((await world.control.get("calls")).values())


def _seconds(bot: psutil.Process) -> float:
    used = bot.cpu_times()
    return float(used.user + used.system)


def _megabytes(bot: psutil.Process) -> float:
    return float(bot.memory_info().rss / 1e6)
