"""Whatever is sent to whichever method, verb or page: an error in words, never a stack trace."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest

from playground.acting.verbs import VERBS
from playground.api.endpoint import METHODS
from playground.client import Playground
from playground.controlling import PATIENCE_SECONDS, control_session, plain_http
from playground.setup import Setup, Tuning
from tests.playground.conftest import granting, id_of

HASTY = Setup(
    manifest=granting(
        *("chat:write.customize", "channels:manage", "files:read", "files:write", "pins:read"),
        *("team:read", "users:read.email", "openid"),
    ),
    tuning=Tuning(rates=False, ack_seconds=0.01, retry_seconds=()),
)
ARGUMENTS = (
    *("channel", "channels", "channel_id", "ts", "thread_ts", "text", "blocks", "attachments", "metadata"),
    *("markdown_text", "users", "user", "user_id", "limit", "cursor", "oldest", "latest", "types", "view"),
    *("view_id", "hash", "trigger_id", "external_id", "name", "timestamp", "file", "files", "filename"),
    *("length", "alt_txt", "count", "page", "post_at", "scheduled_message_id", "email", "bot", "team"),
    *("team_id", "username", "icon_emoji", "message_ts", "client_id", "client_secret", "code"),
    *("grant_type", "refresh_token", "redirect_uri", "initial_comment", "inclusive"),
)
DEEDS = (
    *("channel", "ts", "text", "command", "action_id", "block_id", "chosen", "values", "view", "value"),
    *("callback_id", "tab", "name", "who", "with", "files", "thread_ts", "add", "private"),
)
HALF = json.loads('"half a smile: \\ud83d"')
ODD: list[Any] = [None, 5, -1.5, True, [], [[]], [5], {}, {"a": {"b": 1}}, "", "x", "²", "-1", HALF, "9" * 40]


@pytest.mark.parametrize("odd", ODD, ids=repr)
async def test_no_argument_breaks_a_method(odd: Any) -> None:
    async with Playground.start(HASTY) as world, control_session(PATIENCE_SECONDS) as http:
        real = {"channel": await id_of(world, "pilot"), "user": await id_of(world, "ana")}
        for method in sorted(set(METHODS) - {"auth.revoke", "apps.uninstall", "conversations.leave"}):
            token = world.app_token if METHODS[method].asker == "app" else world.bot_token
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            for base in ({}, real):
                content = json.dumps({**dict.fromkeys(ARGUMENTS, odd), **base})
                async with http.post(world.api_url + method, data=content, headers=headers) as answer:
                    said = await answer.text()
                assert answer.status < 500, (method, said)
                assert isinstance(json.loads(said)["ok"], bool)
        await the_page_is_drawn(world, http, real["channel"])


@pytest.mark.parametrize("odd", ODD, ids=repr)
async def test_no_argument_breaks_a_verb(odd: Any) -> None:
    async with Playground.start(HASTY) as world, control_session(PATIENCE_SECONDS) as http:
        for verb in sorted(VERBS):
            for base in ({}, {"channel": "pilot"}):
                content = json.dumps({**dict.fromkeys(DEEDS, odd), "as": "ben", **base})
                async with http.post(f"{world.url}/control/act/{verb}", data=content) as answer:
                    assert answer.status < 500, (verb, await answer.text())
        await the_page_is_drawn(world, http, await id_of(world, "pilot"))


@pytest.mark.parametrize("form", ["text", "parsed"])
async def test_what_is_nested_too_deeply_is_no_json(world: Playground, form: str) -> None:
    deep = "[" * 500 + '"\\u0041"' + "]" * 500
    headers = {"Authorization": f"Bearer {world.bot_token}", "Content-Type": "application/json"}
    blocks = json.dumps(deep) if form == "text" else deep
    content = f'{{"channel": "{await id_of(world, "pilot")}", "blocks": {blocks}}}'
    async with plain_http() as http:
        answer = await http.post(f"{world.api_url}chat.postMessage", content=content, headers=headers)
    assert answer.json()["error"] == ("invalid_blocks_format" if form == "text" else "invalid_json")


async def the_page_is_drawn(world: Playground, http: aiohttp.ClientSession, channel: str) -> None:
    where = {"as": "ana", "channel": channel}
    for part in ("messages", "sidebar", "top", "home", "modal"):
        async with http.get(f"{world.url}/page/{part}", params=where) as answer:
            assert answer.status == 200, (part, await answer.text())
