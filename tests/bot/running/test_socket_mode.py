"""The line that Slack sends through: lost, refused, found again, and closed at any moment."""

from __future__ import annotations

import asyncio
import logging

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.health import Health
from bot.slack_refusals import away, refusal
from bot.socket_mode import PART, Line
from playground.client import Playground

OPEN = "apps.connections.open"


async def test_a_line_that_slack_opens_no_more_says_why_comes_back_and_can_be_closed_meanwhile(
    caplog: pytest.LogCaptureFixture,
) -> None:
    health = Health()
    async with Playground.start() as world:
        client = AsyncWebClient(world.bot_token, base_url=world.api_url)
        app = AsyncApp(client=client, signing_secret="unused")
        app.command("/late")(_acknowledged)
        line = Line(app, world.app_token, health, (0.01,))
        await line.open()
        await world.faults.add(OPEN, "refuse", times=0, error="invalid_auth")
        await world.sockets("refresh_requested")
        await world.until(lambda: _true(PART in health.ailing()), "word of the refusal")
        assert "SLACK_APP_TOKEN (invalid_auth). Make an app-level token" in health.ailing()[PART]
        await world.faults.clear()
        await world.until(lambda: _true(not health.ailing()), "the line again")
        assert await world.sockets() == 1
        await world.faults.add(OPEN, "status", times=0, status=503)
        await world.sockets("refresh_requested")
        await world.until(lambda: _true("HTTP 503" in health.ailing().get(PART, "")), "word of the trouble")
        async with asyncio.timeout(60):
            await line.close()
        await world.until(lambda: _true(not _tries()), "the end of all tries")
        await line.socket_mode_request_listeners[0](line, SocketModeRequest("slash_commands", "1", _LATE))  # type: ignore[call-arg, arg-type, misc]  # Slack's own are typed as a protocol
    told = [one for one in caplog.records if one.name == "bot.socket_mode"]
    assert {one.levelno for one in told} == {logging.ERROR, logging.WARNING}
    assert not [one for one in caplog.records if one.exc_info], "no traces"


_LATE = {"command": "/late", "team_id": "T1", "user_id": "U1", "channel_id": "C1"}


async def _acknowledged(ack: AsyncAck) -> None:
    await ack()


def _tries() -> list[str]:
    names = [getattr(one.get_coro(), "__qualname__", "") for one in asyncio.all_tasks()]
    return [name for name in names if "SocketModeClient" in name]


async def _true(fact: bool) -> bool:
    return fact


@pytest.mark.parametrize(
    ("status", "answer", "refused", "told"),
    [
        (200, {"ok": False, "error": "invalid_auth"}, "invalid_auth", "Slack answers “invalid_auth”."),
        (200, {"ok": False, "error": "fatal_error"}, "", "Slack answers “fatal_error”."),
        (429, {"ok": False, "error": "ratelimited"}, "", "Slack answers “ratelimited”."),
        (503, {"ok": False, "error": "internal_error"}, "", "Slack cannot be reached: HTTP 503."),
        (200, None, "", "Slack cannot be reached: HTTP 200."),
        (404, None, "404", "Slack cannot be reached: HTTP 404."),
    ],
)
def test_only_what_slack_refuses_for_good_is_a_refusal(
    status: int, answer: dict[str, object] | None, refused: str, told: str
) -> None:
    error = SlackApiError("no", {"status_code": status, "data": answer})  # type: ignore[no-untyped-call]  # Slack's own
    assert (refusal(error), away(error)) == (refused, told)
