"""The bot as a process: ready, healthy, stopped in order; and with no way to the demo."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx

from playground.client import Playground
from tests.scenarios.conftest import free_port

EVERYTHING = (
    "import sys, bot.running, bot.commands.run, bot.commands.migrate, bot.commands.interviews;"
    "print(sorted(name for name in sys.modules if name.split('.')[0] in ('demo', 'playground')))"
)


def test_what_runs_in_a_real_workspace_knows_neither_demo_nor_playground() -> None:
    found = subprocess.run([sys.executable, "-c", EVERYTHING], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


async def test_a_process_is_ready_tells_its_health_and_stops_in_order(database_url: str) -> None:
    port = free_port()
    async with Playground.start() as world:
        environment = {
            **os.environ,
            "SLACK_BOT_TOKEN": world.bot_token,
            "SLACK_APP_TOKEN": world.app_token,
            "SLACK_API_URL": world.api_url,
            "DATABASE_URL": database_url,
            "FIRSTHAND_PORT": str(port),
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=environment, stderr=asyncio.subprocess.PIPE
        )
        await world.wait_for_app(seconds=30)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            async with asyncio.timeout(10):
                while not await _answers(client):
                    await asyncio.sleep(0.05)
            assert (await client.get("/readyz")).json() == {"ok": True, "database": "ok"}
            assert (await client.post("/slack/events")).status_code in {404, 405}, "no secret, no HTTP door"
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            assert await process.wait() == 0
        assert process.stderr
        log = (await process.stderr.read()).decode()
    assert "Firsthand is ready" in log
    assert "Firsthand has stopped" in log
    assert "xoxb" not in log
    assert "Traceback" not in log


async def _answers(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/healthz")).status_code == 200
    except httpx.ConnectError:
        return False


def start(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Start the bot where it cannot start."""
    command = [sys.executable, "-m", "bot", "run"]
    given = {**os.environ, "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", **environment}
    return subprocess.run(command, env=given, capture_output=True, text=True, timeout=30, check=False)


def test_a_database_that_was_not_migrated_is_said_at_the_start(tmp_path: Path) -> None:
    found = start({"DATABASE_URL": f"sqlite:///{tmp_path}/new.sqlite3"})
    assert found.returncode == 2
    assert "firsthand migrate" in found.stderr
    assert "Traceback" not in found.stderr


async def test_a_token_that_slack_refuses_is_said_at_the_start(database_url: str) -> None:
    async with Playground.start() as world:
        environment = {"DATABASE_URL": database_url, "SLACK_API_URL": world.api_url}
        found = await asyncio.to_thread(start, environment)
    assert found.returncode == 2
    assert "SLACK_BOT_TOKEN (invalid_auth)" in found.stderr
    assert "Traceback" not in found.stderr


async def test_a_port_that_is_taken_is_said_at_the_start(database_url: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        async with Playground.start() as world:
            environment = {
                "DATABASE_URL": database_url,
                "SLACK_API_URL": world.api_url,
                "SLACK_BOT_TOKEN": world.bot_token,
                "SLACK_APP_TOKEN": world.app_token,
                "FIRSTHAND_PORT": str(taken.getsockname()[1]),
            }
            found = await asyncio.to_thread(start, environment)
    assert found.returncode == 2
    assert "FIRSTHAND_PORT" in found.stderr
    assert "Traceback" not in found.stderr
