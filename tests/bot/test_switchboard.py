from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import pytest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.switchboard import Listener, Switchboard


async def anybody() -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_id="B1", bot_token="xoxb-1")


@pytest.fixture
def app() -> Switchboard:
    return Switchboard(signing_secret="secret", authorize=anybody)


async def send(app: Switchboard, **body: Any) -> int:
    said = {"team": {"id": "T1"}, "user": {"id": "U1"}, "api_app_id": "A1", **body}
    return (await app.async_dispatch(AsyncBoltRequest(body=json.dumps(said), mode="socket_mode"))).status


def click(action_id: str) -> dict[str, Any]:
    return {"type": "block_actions", "actions": [{"action_id": action_id, "type": "button", "block_id": "b"}]}


def submission(callback_id: str, kind: str = "view_submission") -> dict[str, Any]:
    return {"type": kind, "view": {"callback_id": callback_id, "type": "modal"}}


def hearing(heard: list[str], name: str) -> Listener:
    async def hear(ack: Any, body: dict[str, Any]) -> None:
        heard.append(f"{name} by {body['user']['id']}")
        await ack()

    return hear


async def test_each_kind_finds_its_own_listener_by_its_id(app: Switchboard) -> None:
    heard: list[str] = []
    for register in (app.action, app.view, app.shortcut, app.options):
        for called in ("one", "two"):
            register(called)(hearing(heard, f"{register.__name__} {called}"))
    assert await send(app, **click("two")) == 200
    assert await send(app, **submission("one")) == 200
    assert await send(app, type="shortcut", callback_id="two") == 200
    assert await send(app, type="message_action", callback_id="one") == 200
    assert await send(app, type="block_suggestion", action_id="one", block_id="b", value="x") == 200
    assert heard == [
        f"{one} by U1" for one in ("action two", "view one", "shortcut two", "shortcut one", "options one")
    ]


async def test_what_nobody_listens_to_is_not_found(app: Switchboard) -> None:
    app.action("one")(hearing([], "one"))
    app.view("one")(hearing([], "one"))
    assert await send(app, **click("three")) == 404
    assert await send(app, **submission("three")) == 404
    assert await send(app, **submission("one", "view_closed")) == 404
    assert await send(app, type="block_actions", actions=[{"type": "button"}]) == 404


async def test_an_acknowledgement_goes_out_when_it_is_given_and_stays_when_the_rest_fails(
    app: Switchboard,
) -> None:
    said, failed = asyncio.Event(), asyncio.Event()

    async def early(ack: Any, payload: dict[str, Any], request: Any) -> None:
        assert payload is request.body["view"]
        await ack(response_action="clear")
        await said.wait()
        raise LookupError("gone")

    async def note(error: Exception) -> None:
        assert str(error) == "gone"
        failed.set()

    app.view("one")(early)
    app.error(note)
    assert await send(app, **submission("one")) == 200
    said.set()
    await failed.wait()


async def test_what_is_never_acknowledged_is_not_waited_for_long(
    app: Switchboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.switchboard._ById.ack_timeout", 0)

    async def forget() -> None:
        await asyncio.Event().wait()

    app.view("one")(forget)
    assert await send(app, **submission("one")) == 404


async def test_patterns_and_conditions_are_asked_as_ever(app: Switchboard) -> None:
    heard: list[str] = []

    async def on_tuesdays(body: dict[str, Any]) -> bool:
        return bool(body.get("tuesday"))

    app.action(re.compile("^page:"))(hearing(heard, "pattern"))
    app.action("one", matchers=[on_tuesdays])(hearing(heard, "condition"))
    assert await send(app, **click("page:3")) == 200
    assert await send(app, **click("one")) == 404
    assert await send(app, **click("one"), tuesday=True) == 200
    assert heard == ["pattern by U1", "condition by U1"]


async def test_a_listener_that_fails_is_answered_by_the_apps_error_handler(app: Switchboard) -> None:
    failed: list[Exception] = []

    async def fail() -> None:
        raise LookupError("gone")

    async def note(error: Exception) -> None:
        failed.append(error)

    app.action("one")(fail)
    app.error(note)
    assert await send(app, **click("one")) == 500
    assert [str(error) for error in failed] == ["gone"]


def test_two_listeners_for_one_id_are_refused(app: Switchboard) -> None:
    app.view("one")(hearing([], "one"))
    with pytest.raises(ValueError, match="two listeners for the view 'one'"):
        app.view("one")(hearing([], "one"))


def test_a_token_in_the_environment_is_no_warning_and_others_are(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    client = AsyncWebClient("xoxb-1")
    Switchboard(signing_secret="secret", client=client)
    assert caplog.messages == []
    Switchboard(signing_secret="secret", client=client, authorize=anybody)
    assert ["authorize" in one for one in caplog.messages] == [True]
