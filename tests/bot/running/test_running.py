"""The bot as a process: what it loads, and what it says where it cannot start."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from bot.commands.run import run
from bot.health import Health
from bot.running import running
from bot.settings import Settings, SettingsError, StartError
from bot.starting import Start
from playground.client import Playground
from tests.conftest import SetClock
from tests.scenarios.conftest import free_port

NOT_AT_A_START = {
    *("demo", "playground", "numpy", "wordllama", "onnxruntime"),
    # What takes megabytes, and is loaded by whoever needs it.
    *("alembic", "charset_normalizer", "holidays", "sentencex", "websockets"),
    # What only a copy with an address for browsers, or somebody at a terminal, asks for.
    *("bot.centre.endpoint", "bot.customer_link.endpoint", "bot.commands.doctor", "bot.commands.setup"),
}
EVERYTHING = f"""
import sys, bot.commands.run, bot.commands.migrate, bot.commands.interviews, bot.running
from importlib import import_module
def ours():
    return sum(name.split(".")[0] in ("bot", "stories", "storage") for name in sys.modules)
first = ours()
for name in (*bot.running.FACE, *bot.running.WORK):
    import_module(name)
print(sorted({NOT_AT_A_START!r} & sys.modules.keys()), first, ours(), flush=True)
from bot.__main__ import run_main
run_main()
"""
"""Loads what a start loads; prints what it should not have, and how many modules of ours it took. Starts."""


def test_a_start_knows_no_demo_no_playground_and_no_extra_and_says_that_the_database_was_not_migrated(
    tmp_path: Path,
) -> None:
    database = {"DATABASE_URL": f"sqlite:///{tmp_path}/new.sqlite3"}
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "FIRSTHAND_PORT": "0"}
    command, given = [sys.executable, "-c", EVERYTHING, "run"], {**os.environ, **tokens, **database}
    found = subprocess.run(command, env=given, capture_output=True, text=True, timeout=100, check=False)
    known, first, all_of_it = found.stdout.strip().rsplit(maxsplit=2)
    assert known == "[]"
    assert int(first) <= 160, "the port answers before these many of our modules are read, and no more"
    assert int(all_of_it) <= 1_050, "each costs a start a millisecond: what is seldom needed can be read then"
    assert found.returncode == 2
    assert "firsthand migrate" in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"SLACK_APP_TOKEN": ""}, "SLACK_SIGNING_SECRET"),
        ({"SLACK_BOT_TOKEN": "xoxp-1"}, "must begin with xoxb-"),
        ({"FIRSTHAND_KEYS": "none of ours"}, "FIRSTHAND_KEYS is not usable"),
    ],
)
def test_wrong_settings_are_said_before_anything_is_made(
    given: dict[str, str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    right = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "DATABASE_URL": "",
        "FIRSTHAND_KEYS": "",
    }
    for name, value in {**right, **given}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=said):
        CliRunner().invoke(run, ["--migrate"], catch_exceptions=False)
    assert list(tmp_path.iterdir()) == []


async def test_what_slack_refuses_is_said_at_the_start(settings: Settings, clock: SetClock) -> None:
    async with Playground.start() as world:
        stranger = settings.model_copy(update={"slack_api_url": world.api_url, "firsthand_port": free_port()})
        with pytest.raises(StartError, match=r"SLACK_BOT_TOKEN \(invalid_auth\)"):
            await _starts(stranger, clock)
        tokens = {"slack_bot_token": SecretStr(world.bot_token), "slack_app_token": SecretStr("xapp-1")}
        known = stranger.model_copy(update=tokens)
        with pytest.raises(StartError, match=r"SLACK_APP_TOKEN \(invalid_auth\).*connections:write"):
            await _starts(known, clock)
        whole = known.model_copy(update={"slack_app_token": SecretStr(world.app_token)})
        await world.faults.add("apps.connections.open", "refuse", error="internal_error")
        await world.faults.add("apps.connections.open", "refuse", error="socket_mode_not_enabled")
        with pytest.raises(StartError, match=r"\(socket_mode_not_enabled\)\. Switch Socket Mode on"):
            await _starts(whole, clock, Start(Health(), asyncio.Event(), (0.01,)))
        assert await world.calls("apps.connections.open") == 3, "Slack's own trouble was waited out"


async def _starts(settings: Settings, clock: SetClock, start: Start | None = None) -> None:
    async with running(settings, clock, start=start):
        raise AssertionError("it started")


async def test_a_port_that_is_taken_is_said_at_the_start(settings: Settings, clock: SetClock) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        async with Playground.start() as world:
            astray = settings.model_copy(
                update={
                    "slack_api_url": world.api_url,
                    "slack_bot_token": SecretStr(world.bot_token),
                    "slack_app_token": SecretStr(world.app_token),
                    "firsthand_port": taken.getsockname()[1],
                }
            )
            with pytest.raises(StartError, match="FIRSTHAND_PORT"):
                async with running(astray, clock):
                    raise AssertionError("it started")
