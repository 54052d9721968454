"""Editors at the stories that wait for them."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import ids, moderation
from bot.desk import Desk
from bot.failures import whisper
from bot.listeners.clicks import open_view, workspace_of
from bot.listeners.entitled import refuse_unless
from bot.messages import moderation as words
from bot.messages.blocks import values_of
from bot.messages.reacting import done_modal
from bot.permissions import Act
from bot.settings import Settings
from storage import moderation as kept
from stories.errors import UserError
from stories.language import _
from stories.text import clean


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to editors who decide."""
    app.action(ids.WAITING_YES)(approve)
    app.action(ids.WAITING_BACK)(ask_why)
    app.view(ids.WAITING_BACK_VIEW)(send_back)
    app.action(ids.WAITING_OPEN)(open_queue)
    app.action(ids.WAITING_EARLIER)(turn_page)
    app.action(ids.WAITING_LATER)(turn_page)


async def page(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, *, skip: int = 0
) -> dict[str, Any]:
    """A page of the stories that wait for an editor. Raises UserError for somebody who is none."""
    await refuse_unless(desk, client, workspace_id, user_id, Act.APPROVE)
    async with desk.read() as session:
        found = await kept.waiting(session, workspace_id, kept.EDITOR, most=words.PAGE + 1, skip=skip)
    return words.queue(found[: words.PAGE], skip=skip, more=len(found) > words.PAGE)


async def turn_page(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, desk: Desk
) -> None:
    """Put another page in the place of the one that stands."""
    skip = int(body["actions"][0]["value"])
    payload = await page(desk, client, workspace_of(body), body["user"]["id"], skip=skip)
    await ack()
    await respond(response_type="ephemeral", replace_original=True, **payload)


async def open_queue(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, desk: Desk
) -> None:
    """Show all that waits, under the note that says so."""
    payload = await page(desk, client, workspace_of(body), body["user"]["id"])
    await ack()
    await respond(response_type="ephemeral", replace_original=False, **payload)


async def approve(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """An editor's yes."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await refuse_unless(desk, client, workspace_id, user_id, Act.APPROVE)
    story_id = int(body["actions"][0]["value"])
    async with desk.begin() as session:
        said = await moderation.approve(session, workspace_id, story_id, by=user_id, now=desk.now())
    await ack()
    desk.wake_outbox()
    await whisper(client, body, said)


async def ask_why(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Ask an editor what is to be changed."""
    await refuse_unless(desk, client, workspace_of(body), body["user"]["id"], Act.APPROVE)
    await open_view(client, body, words.send_back_modal(int(body["actions"][0]["value"])))
    await ack()


async def send_back(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """An editor's no, with the reason."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await refuse_unless(desk, client, workspace_id, user_id, Act.APPROVE)
    reason = clean(values_of(view)["reason"] or "")
    if not reason:
        raise UserError(_("Please say what should change, in a sentence."), field="reason")
    async with desk.begin() as session:
        await moderation.send_back(
            session,
            workspace_id,
            int(view["private_metadata"]),
            reason=reason,
            by=user_id,
            now=desk.now(),
        )
    desk.wake_outbox()
    await ack(response_action="update", view=done_modal(_("Sent back"), _("Its author hears why.")))
