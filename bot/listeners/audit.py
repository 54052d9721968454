"""The audit log, for admins and privacy officers: page by page, in words."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import audit_file, ids
from bot.desk import Desk
from bot.failures import whisper
from bot.listeners.clicks import workspace_of
from bot.listeners.entitled import refuse_unless
from bot.messages.audit import PAGE, log_page
from bot.permissions import Act
from bot.settings import Settings
from storage import audit
from stories.language import _


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the pages of the log."""
    app.action(ids.AUDIT_NEWER)(turn_page)
    app.action(ids.AUDIT_OLDER)(turn_page)
    app.action(ids.AUDIT_FILE)(send_file)


async def page(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, *, skip: int = 0
) -> dict[str, Any]:
    """A page of the log, that only they see. Raises UserError for somebody who may not read it."""
    await refuse_unless(desk, client, workspace_id, user_id, Act.READ_AUDIT)
    async with desk.read() as session:
        found = await audit.latest(session, workspace_id, most=PAGE + 1, skip=skip)
    return log_page(found[:PAGE], skip=skip, more=len(found) > PAGE)


async def send_file(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Send the whole log as a file, in private."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await refuse_unless(desk, client, workspace_id, user_id, Act.READ_AUDIT)
    await ack()
    await audit_file.send(desk, client, workspace_id, to=user_id)
    await whisper(client, body, _("The log is in your private messages with me."))


async def turn_page(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, desk: Desk
) -> None:
    """Put another page in the place of the one that stands."""
    skip = int(body["actions"][0]["value"])
    payload = await page(desk, client, workspace_of(body), body["user"]["id"], skip=skip)
    await ack()
    await respond(response_type="ephemeral", replace_original=True, **payload)
