"""A small Bolt app that asks for a name in a modal, posts it and counts likes."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from tests.playground.conftest import Wire

TRANSPORTS = pytest.mark.parametrize("transport", ["socket", "http"])


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def modal(*blocks: dict[str, Any], title: str = "Tell", **more: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "tell",
        "title": plain(title),
        "submit": plain("Send"),
        "blocks": list(blocks),
        **more,
    }


def asks(block_id: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    element = {"action_id": "x", **element}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id.title()),
        "element": element,
        **more,
    }


NAME = asks("name", {"type": "plain_text_input"})
NOTES = asks("notes", {"type": "plain_text_input", "multiline": True}, optional=True)
BUTTON = {"type": "button", "action_id": "like", "text": plain("Made me think"), "value": "s1"}


def wired(heard: list[Any], view: dict[str, Any]) -> Wire:
    """An app that opens `view` on /try, wants a name of three letters, posts it, and counts likes."""

    def wire(app: AsyncApp) -> None:
        async def opened(ack: Any, body: Any, client: Any) -> None:
            await ack()
            heard.append(body)
            await client.views_open(trigger_id=body["trigger_id"], view=view)

        async def told(ack: Any, body: Any, client: Any) -> None:
            heard.append(body)
            name = body["view"]["state"]["values"]["name"]["x"]["value"]
            if len(name) < 3:
                await ack(response_action="errors", errors={"name": "Use three letters or more."})
                return
            await ack()
            blocks = [
                {"type": "section", "text": {"type": "mrkdwn", "text": f"*{name}*"}, "accessory": BUTTON}
            ]
            await client.chat_postMessage(channel=body["view"]["private_metadata"], text=name, blocks=blocks)

        async def liked(ack: Any, body: Any, respond: Any) -> None:
            await ack()
            heard.append(body)
            await respond(text="Noted", replace_original=False)

        app.command("/try")(opened)
        app.view("tell")(told)
        app.action("like")(liked)

    return wire
