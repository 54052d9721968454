"""What follows an event: its write-up, thanks to whoever came, a recording."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import interviewing
from bot.desk import Desk
from bot.interview_notes import lay_in
from bot.listeners import stage_windows as window
from bot.listeners.clicks import open_view, workspace_of
from bot.listeners.interview_showing import put, show
from bot.messages.blocks import values_of
from bot.messages.reacting import done_modal
from bot.messages.stage_forms import recording_modal
from bot.settings import Settings
from bot.stage import ids as stage_ids
from bot.stage import notes, recording, writing
from bot.stage.showing import shown
from bot.visitors import visitor
from storage import events
from stories.errors import UserError
from stories.language import _
from stories.stage.events import Event
from stories.text import clean


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the buttons that stand under an event once it has begun."""
    app.action(stage_ids.STAGE_WRITE_UP)(write_up)
    app.action(stage_ids.STAGE_THANKED)(thanked)
    app.action(stage_ids.STAGE_RECORDING)(ask_recording)
    app.view(stage_ids.STAGE_RECORDING_VIEW)(keep_recording)
    app.action(stage_ids.STAGE_UNRECORD)(take_recording_down)


async def write_up(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """Open the write-up with who, when, how, and one's notes filled in."""
    who = await visitor(desk, context)
    async with desk.begin() as session:
        draft_id = await writing.begin(session, who.workspace_id, _event_id(body), who.user_id, who.now)
        await lay_in(session, who, draft_id)
        view = await interviewing.go_on(session, who, draft_id)
    await ack()
    await show(client, body, view)


async def thanked(ack: AsyncAck, body: dict[str, Any], desk: Desk) -> None:
    """Note that its host has thanked whoever came."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    async with desk.begin() as session:
        event = await events.get(session, workspace_id, _event_id(body), hold=True)
        if event is None or event.host_id != user_id:
            raise UserError(window.gone())
        if event.thanked_at is None:
            event = replace(event, thanked_at=desk.now())
            await events.save(session, workspace_id, event)
            await notes.follow(session, workspace_id, event, [user_id], desk.now())
    await ack()
    desk.wake_outbox()


async def ask_recording(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Ask where it can be watched, and whether they agreed."""
    event = await _own(desk, client, body, _event_id(body))
    async with desk.read() as session:
        seen = await shown(session, workspace_of(body), event, desk.now())
    if not seen.shown:
        raise UserError(window.gone())
    await open_view(client, body, recording_modal(seen))
    await ack()


async def keep_recording(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Show it, now that they agreed."""
    values = values_of(view)
    known = await _own(desk, client, body, int(view["private_metadata"]))
    async with desk.begin() as session:
        event = await _held(session, body, known.id)
        await recording.show(
            session,
            workspace_of(body),
            event,
            values.get("recording") or "",
            agreed="yes" in (values.get("agreed") or ()),
            words=clean(values.get("words") or ""),
            by=str(body["user"]["id"]),
            now=desk.now(),
        )
    desk.wake_outbox()
    said = _("It stands in the announcement and in the tickets, for as long as they agree.")
    await ack(response_action="update", view=done_modal(_("A recording"), said))


async def take_recording_down(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Forget the link."""
    known = await _own(desk, client, body, _event_id(body))
    async with desk.begin() as session:
        event = await _held(session, body, known.id)
        by = str(body["user"]["id"])
        await recording.take_down(session, workspace_of(body), event, by=by, now=desk.now())
    desk.wake_outbox()
    said = _("It is gone from every message.")
    await put(client, body, done_modal(_("A recording"), said))
    await ack()


async def _own(desk: Desk, client: AsyncWebClient, body: dict[str, Any], event_id: int) -> Event:
    """An event that this person may change, once it has begun. Raises UserError for anybody else."""
    workspace_id = workspace_of(body)
    actor = await window.actor_of(desk, client, workspace_id, str(body["user"]["id"]))
    async with desk.read() as session:
        event = await events.get(session, workspace_id, event_id)
    if event is None or not window.may_run(actor, event):
        raise UserError(window.gone())
    return event


async def _held(session: Any, body: dict[str, Any], event_id: int) -> Event:
    event = await events.get(session, workspace_of(body), event_id, hold=True)
    if event is None:
        raise UserError(window.gone())
    return event


def _event_id(body: dict[str, Any]) -> int:
    return int(body["actions"][0]["value"])
