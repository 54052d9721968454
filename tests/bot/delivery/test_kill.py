"""A worker that is killed, again and again, in the middle of its work: nothing lost, nothing twice."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from random import Random

from playground.client import Playground
from tests.bot.delivery.conftest import Outbox
from tests.conftest import WORKSPACE

POSTS = 30
KILLS = 2


@asynccontextmanager
async def workers(outbox: Outbox, world: Playground) -> AsyncIterator[Callable[[], Awaitable[int]]]:
    """What starts a worker, once the one before was killed; answers its process's id."""
    environment = {
        **os.environ,
        "WORKSPACE": WORKSPACE,
        "SLACK_BOT_TOKEN": world.bot_token,
        "SLACK_SIGNING_SECRET": "unused",
        "SLACK_API_URL": world.api_url,
        "DATABASE_URL": outbox.desk.settings.database_url,
    }
    command = (sys.executable, "-m", "tests.bot.delivery.posting_process")
    starting = await asyncio.create_subprocess_exec(
        *command, env=environment, stdin=PIPE, stdout=PIPE, start_new_session=True
    )

    async def start() -> int:
        assert starting.stdin
        assert starting.stdout
        starting.stdin.write(b"one\n")
        return int(await starting.stdout.readline())

    try:
        yield start
    finally:
        os.killpg(starting.pid, signal.SIGKILL)
        await starting.wait()


async def said(world: Playground) -> Counter[str]:
    return Counter(message.text for message in await world.channel("pilot").messages())


async def test_kill_minus_nine_neither_loses_nor_doubles(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    random = Random(7)
    for number in range(POSTS):
        await outbox.plan(f"post {number}", channel=pilot)
    await world.faults.add("chat.postMessage", "delay", times=0, seconds=0.03)
    async with workers(outbox, world) as start:
        for _kill in range(KILLS):
            before, process = sum((await said(world)).values()), await start()
            while sum((await said(world)).values()) < min(before + 4, POSTS):
                await asyncio.sleep(0.01)
            await asyncio.sleep(random.random() * 0.06)
            os.kill(process, signal.SIGKILL)
            await outbox.let_time_pass()
    async with asyncio.timeout(30):
        while set(await outbox.states()) != {"sent"}:
            await outbox.worker.settle()
            await outbox.worker.drain()
    assert await said(world) == Counter({f"post {number}": 1 for number in range(POSTS)})
