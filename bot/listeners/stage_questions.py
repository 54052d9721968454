"""Questions for an event: asked and voted on by colleagues, let in or left out by its host."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.listeners import stage_windows as window
from bot.listeners.clicks import open_view, refuse_guests, workspace_of
from bot.listeners.interview_showing import put
from bot.messages.blocks import values_of
from bot.settings import Settings
from bot.stage import asking
from bot.stage import ids as stage_ids
from stories.language import _
from stories.stage.events import Asked


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the window of questions."""
    app.action(stage_ids.STAGE_QUESTIONS)(show)
    app.view(stage_ids.STAGE_ASK_VIEW)(ask)
    app.action(stage_ids.STAGE_VOTE)(vote)
    app.action(stage_ids.STAGE_LET_IN)(let_in)
    app.action(stage_ids.STAGE_LEAVE_OUT)(leave_out)


async def show(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open what is asked."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    await refuse_guests(desk, client, workspace_id, user_id)
    event_id = int(body["actions"][0]["value"])
    await open_view(client, body, await window.questions_view(desk, workspace_id, user_id, event_id))
    await ack()


async def ask(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep a question; the window stays, with what became of it."""
    workspace_id, user_id, values = workspace_of(body), str(body["user"]["id"]), values_of(view)
    await refuse_guests(desk, client, workspace_id, user_id)
    event_id = int(view["private_metadata"])
    async with desk.begin() as session:
        asked = await asking.ask(
            session,
            workspace_id,
            event_id,
            user_id,
            values.get("question") or "",
            anonymous="yes" in (values.get("anonymous") or ()),
            now=desk.now(),
        )
    desk.wake_outbox()
    said = _("Kept. It is shown once the host has seen it.") if asked is Asked.WAITING else _("It is shown.")
    view = await window.questions_view(desk, workspace_id, user_id, event_id, notice=said)
    await ack(response_action="update", view=view)


async def vote(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Count a vote, or take it back."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    await refuse_guests(desk, client, workspace_id, user_id)
    async with desk.begin() as session:
        event = await asking.vote(session, workspace_id, _question(body), user_id, desk.now())
    await _again(desk, client, body, event.id)
    await ack()


async def let_in(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Show a question to all."""
    await _settle(ack, body, client, desk, Asked.SHOWN)


async def leave_out(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Show a question to nobody but whoever asked it."""
    await _settle(ack, body, client, desk, Asked.LEFT_OUT)


async def _settle(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk, asked: Asked
) -> None:
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    async with desk.begin() as session:
        event = await asking.settle(session, workspace_id, _question(body), user_id, asked, desk.now())
    desk.wake_outbox()
    await _again(desk, client, body, event.id)
    await ack()


async def _again(desk: Desk, client: AsyncWebClient, body: dict[str, Any], event_id: int) -> None:
    view = await window.questions_view(desk, workspace_of(body), str(body["user"]["id"]), event_id)
    await put(client, body, view)


def _question(body: dict[str, Any]) -> int:
    return int(body["actions"][0]["value"])
