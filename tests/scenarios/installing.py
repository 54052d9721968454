"""Workspaces that install the bot over OAuth: the bot over HTTP beside a playground it is not in yet."""

from __future__ import annotations

import json
import re
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
from pydantic import SecretStr
from slack_sdk.signature import SignatureVerifier
from sqlalchemy import text

from bot.desk import Desk
from bot.installing.installed import Installed
from bot.running import running
from bot.settings import Settings
from demo.clock import following
from demo.workspace import manifest
from playground.client import Playground
from playground.controlling import plain_http
from playground.setup import Setup
from tests.scenarios.conftest import free_port

PAGE = Path(__file__).parents[2] / "docs" / "installing.md"


def manifest_for(address: str) -> dict[str, Any]:
    """The app's manifest as docs/installing.md has it changed, with this address put in."""
    said = PAGE.read_text("utf-8")
    block = re.search(r"```json\n(.*?)```", said, re.DOTALL)
    assert block
    parts = json.loads(block[1].replace("https://firsthand.example.com", address))
    made = manifest()
    for command in made["features"]["slash_commands"]:
        command |= parts["features"]["slash_commands"]["each"]
    made["oauth_config"] |= parts["oauth_config"]
    events = parts["settings"].pop("event_subscriptions")
    made["settings"]["event_subscriptions"]["request_url"] = events["request_url"]
    made["settings"]["event_subscriptions"]["bot_events"] += events["bot_events"]["more"]
    made["settings"] |= parts["settings"]
    return made


@dataclass(frozen=True, slots=True)
class Town:
    """A playground, the bot beside it, and a browser without a memory for cookies."""

    world: Playground
    settings: Settings
    desk: Desk
    http: httpx.AsyncClient

    @property
    def installed(self) -> Installed:
        """How the bot speaks for workspaces here."""
        assert isinstance(self.desk.connections, Installed)
        return self.desk.connections

    async def begin(self) -> tuple[str, dict[str, str]]:
        """Open the page; the cookie it sets, and what the button asks of Slack."""
        return await begun(self.http)

    async def led_back(
        self, person: str = "ana", *, team: str | None = None, scope: str = "", allow: bool = True
    ) -> tuple[str, str]:
        """Answer Slack's question; the cookie, and where the browser is led to."""
        cookie, query = await self.begin()
        query |= {"scope": scope} if scope else {}
        return cookie, await self.world.consent(person, query, team=team, allow=allow)

    async def install(self, person: str = "ana", **how: Any) -> httpx.Response:
        """All of it; what stands on the page at the end."""
        cookie, back = await self.led_back(person, **how)
        return await self.http.get(back, headers={"cookie": cookie})

    async def slack_tells(self, event: Mapping[str, Any], **body: Any) -> int:
        """An event as Slack signs and sends it; the status of the answer."""
        told = {
            "type": "event_callback",
            "team_id": self.world.team_id,
            "event_id": "Ev1",
            "event_time": 1,
            "event": event,
            **body,
        }
        return await self.post(json.dumps(told))

    async def post(self, body: str) -> int:
        """A signed request."""
        stamp = str(int(time.time()))
        signature = SignatureVerifier(self.world.signing_secret).generate_signature(
            timestamp=stamp, body=body
        )
        assert signature
        answer = await self.http.post(
            "/slack/events",
            content=body.encode(),
            headers={
                "content-type": "application/json",
                "x-slack-request-timestamp": stamp,
                "x-slack-signature": signature,
            },
        )
        return answer.status_code

    async def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the bot's database holds."""
        async with self.desk.read() as session:
            return [tuple(row) for row in await session.execute(text(sql))]

    async def until(self, sql: str, expected: list[tuple[Any, ...]], what: str) -> None:
        """Wait until the bot's database says so."""

        async def look() -> bool:
            return await self.rows(sql) == expected

        await self.world.until(look, what, seconds=10)


@asynccontextmanager
async def town(setup: Setup, settings: Settings, *, rotating: bool = False) -> AsyncIterator[Town]:
    """A playground into which nobody has let the bot yet, and the bot at work for many workspaces."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    made = manifest_for(address)
    made["settings"]["token_rotation_enabled"] = rotating
    started = replace(
        setup, manifest=made, mode="http", request_url=f"{address}/slack/events", installed=False
    )
    async with Playground.start(started) as world:
        own = settings.model_copy(
            update={
                "slack_bot_token": None,
                "slack_client_id": world.client_id,
                "slack_client_secret": SecretStr(world.client_secret),
                "slack_signing_secret": SecretStr(world.signing_secret),
                "slack_api_url": world.api_url,
                "firsthand_address": address,
                "firsthand_port": port,
            }
        )
        async with (
            following(world.url) as clock,
            running(own, clock) as desk,
            plain_http(base_url=address, timeout=20) as http,
        ):
            yield Town(world, own, desk, http)


async def begun(http: httpx.AsyncClient) -> tuple[str, dict[str, str]]:
    """Open the page of an installation; the cookie it sets, and what its button asks of Slack."""
    page = await http.get("/slack/install")
    assert page.status_code == 200
    link = re.search(r'class="go" href="([^"]+)"', page.text)
    assert link
    query = dict(parse_qsl(urlsplit(unescape(link[1])).query))
    return page.headers["set-cookie"].split(";")[0], query


def words(page: httpx.Response) -> str:
    """What somebody reads on a page, its white space as a browser shows it."""
    seen = re.sub(r"<style>.*?</style>", "", page.text, flags=re.DOTALL)
    flowing = re.sub(r"</?bdi>", "", seen)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", flowing)).split())


def parameter(url: str, name: str) -> str:
    """One parameter of an address."""
    return parse_qs(urlsplit(url).query)[name][0]
