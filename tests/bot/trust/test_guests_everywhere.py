"""A guest who types every command and presses every button there is sees nothing and changes nothing."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from bot import ids
from bot.app import create_app
from storage.schema import metadata
from tests.bot.stories.conftest import House
from tests.conftest import WORKSPACE

ACTIONS = sorted({value for name, value in vars(ids).items() if name.isupper() and isinstance(value, str)})
COMMANDS = {
    "/interview": ("", "help"),
    "/stories": ("", "mine", "random", "help", "reports", "search invoices", "invoices"),
    "/firsthand": ("people", "workspace", "audit", "waiting", "editors", "digest now", "settings", "status"),
}
SECRET = "flour on the screen"
UNCHANGED = {"people", "due_homes", "home_stories", "receipts", "deliveries", "rests"}
"""Tables in which it is noted that somebody came by, or was answered."""


async def _counts(house: House) -> dict[str, int]:
    names = [table.name for table in metadata.sorted_tables if table.name not in UNCHANGED]
    return {name: (await house.rows(f"SELECT count(*) FROM {name}"))[0][0] for name in names}


async def _send(app: AsyncApp, fields: dict[str, Any]) -> str:
    body, stamp = urlencode(fields), str(int(time.time()))
    signature = SignatureVerifier("secret").generate_signature(timestamp=stamp, body=body)
    headers: Any = {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": signature,
    }
    answer = await app.async_dispatch(AsyncBoltRequest(body=body, headers=headers))
    return answer.body or ""


def _payload(house: House, kind: str, **more: Any) -> dict[str, Any]:
    gus = house.person("gus").id
    return {
        "type": kind,
        "team": {"id": WORKSPACE},
        "user": {"id": gus, "team_id": WORKSPACE, "name": "gus"},
        "trigger_id": f"1.2.{uuid4().hex}",
        **more,
    }


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "published"])
async def test_no_command_shortcut_or_button_shows_or_changes_anything(house: House, kept: bool) -> None:
    story_id = await house.story(published=not kept)
    lobby = await house.channel_id("lobby")
    app = create_app(house.desk, process_before_response=True)
    before, said = await _counts(house), []
    asked = {
        "team_id": WORKSPACE,
        "user_id": house.person("gus").id,
        "channel_id": lobby,
        "trigger_id": f"1.2.{uuid4().hex}",
    }
    for command, words in COMMANDS.items():
        said += [await _send(app, {**asked, "command": command, "text": typed}) for typed in words]
    for shortcut in (ids.INTERVIEW_SHORTCUT, ids.STORY_FROM_MESSAGE):
        for kind in ("shortcut", "message_action"):
            sent = _payload(house, kind, callback_id=shortcut, channel={"id": lobby}, message={"text": "x"})
            said.append(await _send(app, {"payload": json.dumps(sent)}))
    for action in ACTIONS:
        if action in (ids.STORY_READ, ids.STORY_MENU):
            continue
        element = {"action_id": action, "block_id": "b", "type": "button", "value": str(story_id)}
        click = _payload(house, "block_actions", actions=[element], channel={"id": lobby})
        said.append(await _send(app, {"payload": json.dumps(click)}))
        view: dict[str, Any] = {
            "type": "modal",
            "callback_id": action,
            "id": "V1",
            "private_metadata": str(story_id),
        }
        view |= {"state": {"values": {}}, "blocks": []}
        sent = _payload(house, "view_submission", view=view)
        said.append(await _send(app, {"payload": json.dumps(sent)}))
    assert await _counts(house) == before
    assert not any(SECRET in answer for answer in said)
    shown = [modal.words() for modal in await house.person("gus").modals()]
    seen = [message.words() for message in await house.person("gus").ephemerals("lobby")]
    assert not any(SECRET in words for words in (*shown, *seen))
