"""Slack's other clients drive the playground: slack_sdk without asyncio, and Bolt for JavaScript from npm."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground.client import Playground
from tests.playground.conftest import BRISK, granting, id_of

APP = Path(__file__).parents[2] / "tools" / "bolt_js" / "app.cjs"
PACKAGES = ("@slack/bolt@4", "@slack/web-api@7")
CACHE = Path(tempfile.gettempdir()) / "firsthand-bolt-js"
SECONDS = 60.0


async def test_slack_sdk_works_without_asyncio_too() -> None:
    async with Playground.start(BRISK, manifest=granting("files:read", "files:write")) as world:
        pilot = await id_of(world, "pilot")

        def drive() -> None:
            slack = WebClient(token=world.bot_token, base_url=world.api_url)
            stamps = [slack.chat_postMessage(channel=pilot, text=str(n))["ts"] for n in range(3)]
            pages = [len(page["messages"]) for page in slack.conversations_history(channel=pilot, limit=2)]
            assert pages == [2, 1]
            slack.chat_update(channel=pilot, ts=stamps[0], text="changed")
            file = slack.files_upload_v2(channel=pilot, content="x", filename="x.txt", title="X")["file"]
            assert slack.files_info(file=file["id"])["file"]["title"] == "X"
            with pytest.raises(SlackApiError, match="channel_not_found"):
                slack.chat_postMessage(channel="C0", text="?")

        await asyncio.to_thread(drive)


def not_tried(why: str) -> None:
    warnings.warn(f"BOLT FOR JAVASCRIPT IS NOT TRIED HERE: {why}.", stacklevel=2)
    pytest.skip(f"Bolt for JavaScript is not tried: {why}")


async def finished(*command: str) -> int:
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        async with asyncio.timeout(SECONDS):
            return await process.wait()
    except TimeoutError:
        process.kill()
        return await process.wait() or 1


async def packages() -> Path:
    """The folder of Slack's npm packages, installed once a machine."""
    folder = CACHE / "node_modules"
    if shutil.which("node") is None or shutil.which("npm") is None:
        not_tried("there is no node or npm")
    if not (folder / "@slack" / "bolt" / "package.json").exists():
        quiet = ("--no-audit", "--no-fund", "--ignore-scripts")
        if await finished("npm", "install", *quiet, "--prefix", str(CACHE), *PACKAGES):
            not_tried("npm could not install Slack's packages")
    return folder


@asynccontextmanager
async def in_node(world: Playground, channel: str) -> AsyncIterator[asyncio.StreamReader]:
    environment = {
        **os.environ,
        "NODE_PATH": str(await packages()),
        "SLACK_API_URL": world.api_url,
        "SLACK_BOT_TOKEN": world.bot_token,
        "SLACK_APP_TOKEN": world.app_token,
        "SLACK_CHANNEL": channel,
    }
    process = await asyncio.create_subprocess_exec(
        "node", str(APP), stdout=asyncio.subprocess.PIPE, env=environment
    )
    try:
        assert process.stdout is not None
        yield process.stdout
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_bolt_for_javascript_tells_a_story() -> None:
    async with Playground.start(BRISK) as world:
        pilot = await id_of(world, "pilot")
        async with in_node(world, pilot) as told:

            async def line() -> Any:
                async with asyncio.timeout(SECONDS):
                    return json.loads(await told.readline())

            assert await line() == {
                "user_id": world.bot_user_id,
                "pages": [2, 1],
                "refusal": "channel_not_found",
                "is_platform_error": True,
            }
            assert await line() == {"ready": True}
            ana = world.person("ana")
            await ana.command("/try", "pilot")
            modal = await ana.modal("Tell")
            assert (await modal.submit({"name": "Ni"}))["errors"] == {"name": "Use three letters or more."}
            assert (await modal.submit({"name": "Nia"}))["ok"]
            story = await world.channel("pilot").wait_for("*Nia*")
            await ana.click(story, "like")
            assert await line() == {"liked": "s1"}
            await world.channel("pilot").wait_for("Noted", as_="ana")
            await ana.say("Hello from Ana")
            assert await line() == {"heard": "Hello from Ana"}
