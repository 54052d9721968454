"""A worker that is killed, again and again, in the middle of its work: nothing lost, nothing twice."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import Counter
from random import Random

from playground.client import Playground
from tests.bot.delivery.conftest import Outbox
from tests.conftest import WORKSPACE

POSTS = 30
KILLS = 2


async def start(outbox: Outbox, world: Playground) -> asyncio.subprocess.Process:
    environment = {
        **os.environ,
        "WORKSPACE": WORKSPACE,
        "SLACK_BOT_TOKEN": world.bot_token,
        "SLACK_SIGNING_SECRET": "unused",
        "SLACK_API_URL": world.api_url,
        "DATABASE_URL": outbox.desk.settings.database_url,
    }
    module = "tests.bot.delivery.posting_process"
    return await asyncio.create_subprocess_exec(sys.executable, "-m", module, env=environment)


async def said(world: Playground) -> Counter[str]:
    return Counter(message.text for message in await world.channel("pilot").messages())


async def test_kill_minus_nine_neither_loses_nor_doubles(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    random = Random(7)
    for number in range(POSTS):
        await outbox.plan(f"post {number}", channel=pilot)
    await world.faults.add("chat.postMessage", "delay", times=0, seconds=0.03)
    for _kill in range(KILLS):
        process = await start(outbox, world)
        before = sum((await said(world)).values())
        while sum((await said(world)).values()) < min(before + 4, POSTS):
            await asyncio.sleep(0.01)
        await asyncio.sleep(random.random() * 0.06)
        process.send_signal(signal.SIGKILL)
        await process.wait()
        await outbox.let_time_pass()
    async with asyncio.timeout(30):
        while set(await outbox.states()) != {"sent"}:
            await outbox.worker.settle()
            await outbox.worker.drain()
    assert await said(world) == Counter({f"post {number}": 1 for number in range(POSTS)})
