"""What a copy is deployed with: the Procfile under a process manager, image, compose and systemd's unit."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from pathlib import Path
from typing import Any

import yaml

from bot.health import Health, health_routes
from playground.client import Playground
from storage import workspaces
from storage.database import open_database
from storage.deliveries import Post, plan
from storage.encryption import Keyring, new_key
from storage.versions import is_current
from tests.conftest import NOW
from tests.scenarios.conftest import free_port
from tests.test_house import PROJECT, ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
UNIT = (ROOT / "deploy" / "firsthand.service").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
PROCFILE = dict(line.split(": ") for line in (ROOT / "Procfile").read_text("utf-8").splitlines())
KEY = new_key()


async def managed(environment: dict[str, str], *names: str) -> asyncio.subprocess.Process:
    """These processes of the Procfile under honcho, which reads no settings of its own."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = (sys.executable, "-m", "honcho", "-e", os.devnull, "-d", str(ROOT), "start", *names)
    return await asyncio.create_subprocess_exec(
        *command,
        env={**os.environ, **environment, "PATH": path},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


async def said(process: asyncio.subprocess.Process) -> str:
    assert process.stdout
    async with asyncio.timeout(60):
        return (await process.stdout.read()).decode()


async def test_the_procfile_releases_serves_and_works_under_a_process_manager(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.sqlite3"
    async with Playground.start() as world:
        environment = {
            "SLACK_BOT_TOKEN": world.bot_token,
            "SLACK_APP_TOKEN": world.app_token,
            "SLACK_API_URL": world.api_url,
            "DATABASE_URL": url,
            "FIRSTHAND_KEYS": KEY,
            "FIRSTHAND_PORT": str(free_port()),
        }
        log = await said(await managed(environment, "release"))
        assert is_current(url), log
        database = open_database(url, Keyring([KEY]))
        async with database.begin() as session:
            await workspaces.ensure(session, world.team_id, name="", installed_by=None, now=NOW)
            post = Post(
                channel_id=world.person("ana").id, kind="notice", slot_key="w", payload={"text": "It waited."}
            )
            await plan(session, world.team_id, post, now=NOW)
        await database.close()
        process = await managed(environment, "web", "worker")
        await world.wait_for_app(seconds=60)

        async def posted() -> bool:
            return bool(await world.calls("chat.postMessage"))

        await world.until(posted, "the post that waited", seconds=60)
        process.send_signal(signal.SIGTERM)
        log = await said(process)
        assert await world.calls("chat.postMessage") == 1
    for name in ("web.1", "worker.1"):
        told = [line for line in log.splitlines() if name in line]
        assert any("Firsthand has stopped" in line for line in told), log
    assert "xoxb" not in log


def test_the_image_runs_as_nobody_special_from_locked_packages_with_a_health_check() -> None:
    last = DOCKERFILE.split("\nFROM ")[-1]
    assert re.search(r"^USER [1-9]\d+$", last, re.MULTILINE), (
        "a number: orchestrators check that it is not root"
    )
    assert "--require-hashes --requirement requirements/run.lock" in DOCKERFILE
    probed = re.search(r"HEALTHCHECK.*\n.*(/healthz)", last)
    assert probed
    assert probed[1] in [route.path for route in health_routes(Health())]
    assert "curl" not in DOCKERFILE
    copied = set(re.findall(r"^COPY (?!--from)(\w+) \1$", DOCKERFILE, re.MULTILINE))
    assert copied == {
        name.rstrip("*") for name in PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]
    }


def test_compose_starts_what_the_procfile_names_and_writes_nothing_but_the_database() -> None:
    services = COMPOSE["services"]
    for name, line in PROCFILE.items():
        assert ["firsthand", *services[name]["command"]] == line.split()
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
    assert all(port.startswith("127.0.0.1:") for port in services["web"]["ports"])
    assert services["worker"]["environment"]["FIRSTHAND_HEALTH_PORT"]
    secrets = [
        services["db"]["environment"]["POSTGRES_PASSWORD"],
        services["web"]["environment"]["FIRSTHAND_KEYS"],
    ]
    assert all(secret.startswith("${") and ":?" in secret for secret in secrets), "asked for, never a default"


def test_the_unit_migrates_before_it_runs_and_does_not_start_again_on_wrong_settings() -> None:
    assert re.search(r"^ExecStartPre=\S+/firsthand migrate$", UNIT, re.MULTILINE)
    assert re.search(r"^ExecStart=\S+/firsthand run$", UNIT, re.MULTILINE)
    assert "RestartPreventExitStatus=2" in UNIT
    assert "User=firsthand" in UNIT
