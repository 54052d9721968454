"""Who is answered, what a removal means for a single token, and how many may begin at once."""

from __future__ import annotations

import json
import time
from urllib.parse import urlencode

import pytest
from pydantic import SecretStr
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier
from sqlalchemy import text

from bot.app import create_app
from bot.connections import OneWorkspace
from bot.desk import Desk
from bot.installing.flow import Door
from bot.settings import Settings
from playground.client import Playground
from playground.setup import Setup, Tuning
from storage.database import Database
from tests.bot.installing.conftest import Seconds
from tests.conftest import WORKSPACE, SetClock


def test_a_door_lets_in_so_many_a_minute() -> None:
    seconds = Seconds()
    door = Door(3, seconds)
    assert [door.lets_in() for _ in range(5)] == [True, True, True, False, False]
    seconds.now = 59.9
    assert not door.lets_in()
    seconds.now = 60.0
    assert [door.lets_in() for _ in range(4)] == [True, True, True, False]


async def sent(app: AsyncApp, body: str, kind: str) -> int:
    """A signed request; its status."""
    stamp = str(int(time.time()))
    signature = SignatureVerifier("secret").generate_signature(timestamp=stamp, body=body)
    assert signature
    headers: dict[str, str | list[str]] = {
        "content-type": kind,
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": signature,
    }
    return (await app.async_dispatch(AsyncBoltRequest(body=body, headers=headers))).status  # type: ignore[arg-type]  # a dict is a mapping


async def test_a_click_from_another_company_is_answered_with_nothing(
    settings: Settings, database: Database, clock: SetClock
) -> None:
    setup = Setup(team_id=WORKSPACE, tuning=Tuning(rates=False))
    async with Playground.start(setup) as world:
        own = settings.model_copy(
            update={"slack_bot_token": SecretStr(world.bot_token), "slack_api_url": world.api_url}
        )
        connection = OneWorkspace(own)
        connection.speaks_for(WORKSPACE)
        app = create_app(Desk(own, database, clock, connection), process_before_response=True)
        click = {
            "type": "block_actions",
            "team": {"id": "T0ELSEWHERE"},
            "user": {"id": "U0STRANGER", "team_id": "T0ELSEWHERE"},
            "actions": [
                {"action_id": "story_react_thought", "block_id": "b", "type": "button", "value": "1"}
            ],
        }
        body = urlencode({"payload": json.dumps(click)})
        assert await sent(app, body, "application/x-www-form-urlencoded") == 200
        async with database.read() as session:
            known = (await session.execute(text("SELECT id FROM workspaces"))).scalars()
            assert list(known) == [WORKSPACE], "nothing is kept of a company that is not ours"


async def test_a_removal_with_a_single_token_is_the_operators_to_mend(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    connection = desk.connections
    assert isinstance(connection, OneWorkspace)
    connection.speaks_for(WORKSPACE)
    app = create_app(desk, process_before_response=True)
    for event in ({"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["U1"]}}):
        told = {"type": "event_callback", "team_id": WORKSPACE, "event_id": event["type"], "event": event}
        assert await sent(app, json.dumps(told), "application/json") == 200
    assert caplog.text.count("Slack refuses SLACK_BOT_TOKEN") == 1
    assert await connection.workspaces() == ()
