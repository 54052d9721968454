"""From nothing to ready, and what the bot weighs when nobody asks anything of it.

The baseline is a Bolt app with no listener, started against the same playground in the same run.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

import psutil

from benchmarks.reporting import conclude, say
from demo.workspace import manifest
from playground.client import Playground
from storage.migrating import migrate

READY_TARGET_SECONDS = 1.5
MEMORY_TARGET_MB = 150
IDLE_SECONDS = 5.0
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


async def measure(command: list[str], environment: dict[str, str]) -> tuple[float, float, float]:
    """Seconds until the process says that it is ready, those of a processor, and its megabytes when idle."""
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
    await asyncio.sleep(IDLE_SECONDS)
    resident = watched.memory_info().rss / 1e6
    process.terminate()
    await process.wait()
    return ready, worked.user + worked.system, resident


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
            ours = [await measure(firsthand, environment) for _ in range(3)]
    ready, worked, resident = sorted(ours)[1]
    bare_ready, bare_worked, bare_resident = sorted(bare)[1]
    say(f"ready after {ready:.2f} s (target {READY_TARGET_SECONDS}; a bare Bolt app: {bare_ready:.2f} s)")
    say(f"of which a processor worked {worked:.2f} s (a bare Bolt app: {bare_worked:.2f} s)")
    say(f"idle at {resident:.0f} MB (target {MEMORY_TARGET_MB}; a bare Bolt app: {bare_resident:.0f} MB)")
    conclude(
        {
            "ready_seconds": round(ready, 2),
            "bare_ready_seconds": round(bare_ready, 2),
            "ready_processor_seconds": round(worked, 2),
            "bare_ready_processor_seconds": round(bare_worked, 2),
            "idle_mb": round(resident),
            "bare_idle_mb": round(bare_resident),
        }
    )


if __name__ == "__main__":
    asyncio.run(main())
