"""From nothing to ready, the first command after that, and what the bot weighs when nobody asks anything.

The baseline is a Bolt app with no listener, started against the same playground in the same run.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil

from benchmarks.reporting import conclude, say
from demo.workspace import manifest
from playground.client import Playground
from storage.migrating import migrate

READY_TARGET_SECONDS = 1.5
FIRST_TARGET_MS = 300
MEMORY_TARGET_MB = 150
IDLE_SECONDS = 5.0
SOMEBODY = "ana"
BARE = """
import asyncio, os, sys
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient
async def main():
    client = AsyncWebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = AsyncApp(client=client, signing_secret="x")
    await AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).connect_async()
    print("ready", file=sys.stderr, flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One start: seconds, seconds of a processor, milliseconds of the first command, megabytes when idle."""

    ready: float
    worked: float
    first: float | None
    resident: float


async def measure(
    command: list[str], environment: dict[str, str], ask: Callable[[], Awaitable[float]] | None = None
) -> Measured:
    """What a start costs until the process says that it is ready, and then; `ask` times the first command."""
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(*command, env=environment, stderr=asyncio.subprocess.PIPE)
    assert process.stderr
    while line := await process.stderr.readline():
        if b"ready" in line:
            break
    ready = time.perf_counter() - began
    assert line, "the process ended before it was ready"
    watched = psutil.Process(process.pid)
    worked = watched.cpu_times()
    first = await ask() if ask else None
    await asyncio.sleep(IDLE_SECONDS)
    resident = watched.memory_info().rss / 1e6
    process.terminate()
    await process.wait()
    return Measured(ready=ready, worked=worked.user + worked.system, first=first, resident=resident)


async def first_command(world: Playground) -> float:
    """Milliseconds until the channel's command is answered, typed at once."""
    await world.wait_for_app()
    began = time.perf_counter()
    await world.person(SOMEBODY).command("/firsthand")
    return (time.perf_counter() - began) * 1000


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        migrate(url)
        async with Playground.start(manifest=manifest()) as world:
            environment = {
                **os.environ,
                "SLACK_BOT_TOKEN": world.bot_token,
                "SLACK_APP_TOKEN": world.app_token,
                "SLACK_API_URL": world.api_url,
                "DATABASE_URL": url,
                "FIRSTHAND_PORT": "0",
            }
            firsthand = [str(Path(sys.executable).with_name("firsthand")), "run"]
            bare = [await measure([sys.executable, "-c", BARE], environment) for _ in range(3)]
            ask = partial(first_command, world)
            ours = [await measure(firsthand, environment, ask) for _ in range(3)]
    tell(_middle(ours), _middle(bare))


def tell(own: Measured, bare: Measured) -> None:
    """Say what was measured beside its target and the baseline."""
    assert own.first is not None
    say(f"ready after {own.ready:.2f} s (target {READY_TARGET_SECONDS}; a bare Bolt app: {bare.ready:.2f} s)")
    say(f"of which a processor worked {own.worked:.2f} s (a bare Bolt app: {bare.worked:.2f} s)")
    say(f"the first command is answered within {own.first:.0f} ms (target {FIRST_TARGET_MS})")
    say(f"idle at {own.resident:.0f} MB (target {MEMORY_TARGET_MB}; a bare Bolt app: {bare.resident:.0f} MB)")
    conclude(
        {
            "ready_seconds": round(own.ready, 2),
            "bare_ready_seconds": round(bare.ready, 2),
            "ready_processor_seconds": round(own.worked, 2),
            "bare_ready_processor_seconds": round(bare.worked, 2),
            "first_command_ms": round(own.first),
            "idle_mb": round(own.resident),
            "bare_idle_mb": round(bare.resident),
        }
    )


def _middle(starts: list[Measured]) -> Measured:
    return sorted(starts, key=lambda one: one.ready)[1]


if __name__ == "__main__":
    asyncio.run(main())
