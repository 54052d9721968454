"""A workspace kept in a file outlives the process, whatever ends it."""

from __future__ import annotations

import asyncio
import json
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.client import Playground
from playground.keeping import Keeper, KeepError
from tests.playground.conftest import BRISK, client_of, granting, id_of

AS_IN_THE_BACKGROUND = ("sh", "-c", 'trap "" INT; exec "$0" "$@"')
"""What a shell starts with `&` has Ctrl-C's signal ignored."""

HOME = {"type": "home", "blocks": [{"type": "divider"}]}


@asynccontextmanager
async def in_its_own_process(keep: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, dict[str, Any]]]:
    process = await asyncio.create_subprocess_exec(
        *(*AS_IN_THE_BACKGROUND, sys.executable, "-m", "playground"),
        *("--port", "0", "--json", "--keep", str(keep)),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        yield process, json.loads(await process.stdout.readline())
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def test_what_was_answered_is_there_after_the_process_was_killed(tmp_path: Path) -> None:
    file = tmp_path / "workspace.sqlite3"
    async with in_its_own_process(file) as (process, facts):
        slack = client_of_facts(facts)
        posted = [await slack.chat_postMessage(channel=facts["channel_id"], text=str(n)) for n in range(5)]
        process.send_signal(signal.SIGKILL)
    async with in_its_own_process(file) as (process, again):
        assert {**again, "url": ""} == {**facts, "url": ""}
        history = await client_of_facts(again).conversations_history(channel=facts["channel_id"])
        assert [m["ts"] for m in history["messages"]] == [answer["ts"] for answer in reversed(posted)]
        # Asked to end, it leaves nothing beside the file, even where a shell has the signal ignored.
        process.send_signal(signal.SIGINT)
        assert await process.wait() == 0
        assert not file.with_name(f"{file.name}-wal").exists()


def client_of_facts(facts: dict[str, Any]) -> AsyncWebClient:
    return AsyncWebClient(token=facts["bot_token"], base_url=f"{facts['url']}/api/")


async def test_all_that_people_and_the_app_left_is_found_again(tmp_path: Path) -> None:
    setup = replace(
        BRISK, keep=tmp_path / "kept", manifest=granting("files:read", "files:write", "pins:read")
    )
    async with Playground.start(setup) as world:
        slack, pilot = client_of(world), await id_of(world, "pilot")
        ana = world.person("ana")
        said = await ana.share_file("nia.md", b"# Nia", "pilot", text="Look")
        await ana.react(said, "eyes")
        gone = await slack.chat_postMessage(channel=pilot, text="Gone")
        await slack.chat_delete(channel=pilot, ts=gone["ts"])
        reply = await slack.chat_postMessage(
            channel=pilot, text="Reply", thread_ts=said.ts, metadata={"event_type": "x", "event_payload": {}}
        )
        await slack.pins_add(channel=pilot, timestamp=said.ts)
        await slack.views_publish(user_id=ana.id, view=HOME)
        await ana.do("create", name="later", private=True)
        await ana.do("archive", channel="general")
        await world.set_clock(datetime(2030, 1, 1, tzinfo=UTC))
    async with Playground.start(setup) as world:
        slack, ana = client_of(world), world.person("ana")
        (message,) = await world.channel("pilot").messages()
        assert (message.text, message.raw["reactions"][0]["name"]) == ("Look", "eyes")
        assert message.raw["latest_reply"] == reply["ts"]
        assert (await slack.pins_list(channel=pilot))["items"][0]["message"]["ts"] == said.ts
        assert (await slack.files_info(file=said.raw["files"][0]["id"]))["file"]["size"] == 5
        assert (await ana.home()).blocks[0]["type"] == "divider"
        assert (await ana.say("Hello", "later")).ts > reply["ts"]
        assert (await slack.conversations_info(channel=await id_of(world, "general")))["channel"][
            "is_archived"
        ]
        assert (await world.now()).year == 2030


async def test_an_installation_outlives_the_process_too(tmp_path: Path) -> None:
    setup = replace(BRISK, keep=tmp_path / "kept")
    async with Playground.start(setup) as world:
        token = world.bot_token
        await client_of(world).auth_revoke()
    async with Playground.start(setup) as world:
        assert world.bot_token == token
        assert (await world.person("ana").command("/try"))["ok"] is False


async def test_a_file_that_is_none_of_ours_or_in_use_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear all, this is no database, and it should stay as it is.\n" * 20)
    with pytest.raises(KeepError, match="letter can't be used"):
        async with Playground.start(replace(BRISK, keep=tmp_path / "letter")):
            pass
    setup = replace(BRISK, keep=tmp_path / "kept")
    async with Playground.start(setup):
        with pytest.raises(KeepError, match="locked"):
            async with Playground.start(setup):
                pass


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    new, older = tmp_path / "new.sqlite3", tmp_path / "older.sqlite3"
    Keeper(older).close()
    older.chmod(0o644)
    for file in (new, older):
        Keeper(file).close()
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_database_of_something_else_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "firsthand.sqlite3"
    with closing(sqlite3.connect(file)) as base:
        base.execute("CREATE TABLE stories (id INTEGER)")
    before = file.read_bytes()
    with pytest.raises(KeepError, match="a table 'stories'"):
        Keeper(file)
    assert file.read_bytes() == before
    with pytest.raises(KeepError, match="can't be used"):
        Keeper(tmp_path / "nowhere" / "a.sqlite3")
