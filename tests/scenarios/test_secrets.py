"""A whole run at the most talkative level, with failures in it: no secret in the log or in the database."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bot.settings import Settings
from playground.client import Playground
from playground.controlling import plain_http
from playground.setup import Setup, Tuning
from storage.database import open_database
from storage.encryption import Keyring, new_key
from storage.installations import InstallationStore
from tests.scenarios.conftest import free_port
from tests.scenarios.installing import begun, manifest_for, words
from tests.scenarios.test_journey import QUOTE, write_up

SAID = "the-words-of-a-customer"
LOOKS_LIKE_A_TOKEN = re.compile(r"xox[a-z][.-]|xapp-")


@asynccontextmanager
async def process(environment: dict[str, str], log: Path) -> AsyncIterator[None]:
    """The bot as people start it, everything it says in a file."""
    with log.open("wb") as file:
        running = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            env={**os.environ, "FIRSTHAND_LOG_LEVEL": "DEBUG", **environment},
            stdout=file,
            stderr=file,
        )
        try:
            yield
        finally:
            running.send_signal(signal.SIGTERM)
            async with asyncio.timeout(20):
                assert await running.wait() == 0


async def trouble(world: Playground, person: str = "ben") -> None:
    """Things that people do and things that go wrong, each of which is logged."""
    for method, error in (("views.open", "internal_error"), ("users.info", "missing_scope")):
        await world.faults.add(method, "refuse", error=error)
    await world.person(person).command(f"/interview {SAID}", channel="general")
    await world.person(person).open_home()
    await world.person(person).home("What this is", seconds=20)
    await world.faults.clear()


def nothing_in(log: Path, folder: Path, secrets: list[str]) -> None:
    """No secret stands in the log, and none in any file of the database."""
    told = log.read_text()
    assert "Firsthand is ready" in told
    assert "a request failed" in told, "there was trouble to be told of"
    assert not LOOKS_LIKE_A_TOKEN.search(told), LOOKS_LIKE_A_TOKEN.search(told)
    assert SAID not in told
    for secret in secrets:
        assert len(secret) > 8
        assert secret not in told
    stored = b"".join(file.read_bytes() for file in folder.glob("firsthand.sqlite3*"))
    assert stored
    for secret in secrets:
        assert secret.encode() not in stored


async def test_many_workspaces(
    setup: Setup, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, key, log = free_port(), new_key(), tmp_path / "log"
    address = f"http://127.0.0.1:{port}"
    started = replace(
        setup,
        start=None,
        manifest=manifest_for(address),
        mode="http",
        request_url=f"{address}/slack/events",
        installed=False,
        tuning=Tuning(rates=False, token_seconds=3600),
    )
    async with Playground.start(started) as world:
        environment = _many(world, port) | {"DATABASE_URL": database_url, "FIRSTHAND_KEYS": key}
        secrets = [world.client_secret, world.signing_secret, key]
        async with process(environment, log), plain_http(base_url=address) as http:
            await _answers(http, log)
            cookie, query = await begun(http)
            back = await world.consent("ana", query)
            await http.get(f"{back[:-3]}xyz", headers={"cookie": cookie})
            cookie, query = await begun(http)
            back = await world.consent("ana", query)
            page = await http.get(back, headers={"cookie": cookie})
            assert "Firsthand is in" in words(page)
            secrets += await _tokens(database_url, key, world)
            await trouble(world)
            async with asyncio.timeout(30):  # the tokens are renewed meanwhile
                while set(renewed := await _tokens(database_url, key, world)) <= set(secrets):
                    await asyncio.sleep(0.1)
            secrets += renewed
    nothing_in(log, tmp_path, secrets)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    shown = repr(Settings(_env_file=None)) + repr(Keyring([key]))
    assert not [secret for secret in secrets if secret in shown]


async def test_one_workspace(setup: Setup, database_url: str, tmp_path: Path) -> None:
    port, key, log = free_port(), new_key(), tmp_path / "log"
    async with Playground.start(replace(setup, start=None)) as world:
        environment = {
            "SLACK_BOT_TOKEN": world.bot_token,
            "SLACK_APP_TOKEN": world.app_token,
            "SLACK_API_URL": world.api_url,
            "FIRSTHAND_PORT": str(port),
            "DATABASE_URL": database_url,
            "FIRSTHAND_KEYS": key,
            "FIRSTHAND_LOG_FORMAT": "json",
        }
        async with process(environment, log):
            await world.wait_for_app(seconds=30)
            async with plain_http(base_url=f"http://127.0.0.1:{port}") as http:
                assert (await http.get("/readyz")).json() == {"ok": True, "database": "ok"}
                assert (await http.post("/slack/events")).status_code in {404, 405}, "no secret, no HTTP door"
            await trouble(world)
            ana = world.person("ana")
            await write_up(ana)
            await (await ana.modal()).submit()
            await ana.command("/stories mine", channel="pilot")
            await ana.click((await ana.ephemerals("pilot"))[-1], "story_withdraw")
        secrets = [world.bot_token, world.app_token, key]
    nothing_in(log, tmp_path, secrets)
    told = [json.loads(line) for line in log.read_text().splitlines()]
    failed = [one for one in told if "a request failed" in one["message"]]
    assert failed
    assert all(one["workspace"] == world.team_id and one["request"] for one in failed)
    assert named_in(log.read_text(), [person.name for person in setup.people]) == []


def named_in(told: str, colleagues: list[str]) -> list[str]:
    """Who is named, and what is told of that a customer said or somebody wrote about them."""
    assert len(colleagues) > 1
    of_a_customer = [
        "Nia",
        "Prothero",
        "undertaker",
        QUOTE[:20],
        "prints every",
        "papers ready",
        "not my name",
    ]
    return [word for word in [*of_a_customer, *colleagues] if word in told]


def _many(world: Playground, port: int) -> dict[str, str]:
    return {
        "SLACK_CLIENT_ID": world.client_id,
        "SLACK_CLIENT_SECRET": world.client_secret,
        "SLACK_SIGNING_SECRET": world.signing_secret,
        "SLACK_API_URL": world.api_url,
        "FIRSTHAND_ADDRESS": f"http://127.0.0.1:{port}",
        "FIRSTHAND_PORT": str(port),
    }


async def _tokens(url: str, key: str, world: Playground) -> list[str]:
    database = open_database(url, Keyring([key]))
    bot = await InstallationStore(world.client_id, database).async_find_bot(
        enterprise_id=None, team_id=world.team_id
    )
    await database.close()
    assert bot is not None
    return [bot.bot_token, bot.bot_refresh_token or ""]


async def _answers(http: httpx.AsyncClient, log: Path) -> None:
    """Wait until the process takes requests: its port is open before."""
    async with asyncio.timeout(60):
        while True:
            with suppress(httpx.ConnectError):
                if (await http.get("/readyz")).status_code == 200:
                    return
            await asyncio.sleep(0.05)
