"""Putting a view of the write-up before somebody: in the window they have open, or in a new one."""

from __future__ import annotations

from typing import Any

from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.failures import EXPIRED
from bot.messages.blocks import Block
from bot.messages.interview import too_late
from bot.messages.interview_frame import Place


def is_in_modal(body: dict[str, Any]) -> bool:
    """Whether somebody clicked in an open window rather than in a message or App Home."""
    return bool((body.get("view") or {}).get("type") == "modal")


async def put(client: AsyncWebClient, body: dict[str, Any], view: Block) -> None:
    """Show a view in the window in which somebody clicked; nothing when they have closed it meanwhile."""
    try:
        await client.views_update(view_id=body["view"]["id"], view=view)
    except SlackApiError as error:
        if error.response.get("error") != "not_found":
            raise


async def show(
    client: AsyncWebClient, body: dict[str, Any], view: Block, respond: AsyncRespond | None = None
) -> None:
    """Open a window. When the trigger has run out, a button with a fresh one goes where the person is.

    `respond` answers where a command was typed; otherwise it is a private message.
    """
    if is_in_modal(body):
        await put(client, body, view)
        return
    try:
        await client.views_open(trigger_id=body["trigger_id"], view=view)
    except SlackApiError as error:
        if error.response.get("error") not in EXPIRED:
            raise
        late = too_late(Place.of(view).draft_id if view.get("private_metadata") else None)
        if respond is not None and "command" in body:
            await respond(**late, response_type="ephemeral")
        else:
            await client.chat_postMessage(channel=_person(body), **late)


def _person(body: dict[str, Any]) -> str:
    return str(body["user"]["id"] if "user" in body else body["user_id"])
