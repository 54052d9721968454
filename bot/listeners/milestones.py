"""Milestones: a message gets its project's emoji, or *Mark a milestone* in its menu."""

from __future__ import annotations

import json
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import ids
from bot.avatars import milestone_words
from bot.avatars.milestones import Marked, mark, take_back
from bot.desk import Desk
from bot.listeners.clicks import refuse_guests, workspace_of
from bot.messages.blocks import context as quiet_line
from bot.messages.blocks import escaped, values_of
from bot.messages.milestones import mark_view
from bot.nps.showing import whisper_to
from bot.settings import Settings
from storage import milestones, projects
from stories.avatars.milestones import USUAL_WEEKS, Kind, weeks_of
from stories.errors import UserError
from stories.language import _

NONE = "none"


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to emoji that come and go, to the menu of messages, and to the buttons of comments."""
    app.event("reaction_added")(marked_with_emoji)
    app.event("reaction_removed")(emoji_taken_back)
    app.shortcut(ids.MARK_A_MILESTONE)(ask)
    app.view(ids.MILESTONE_VIEW)(marked_in_window)
    app.action(ids.MILESTONE_TAKE_BACK)(no_milestone)
    app.action(ids.MILESTONE_STOP)(stop)


async def marked_with_emoji(
    event: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """Somebody put an emoji on a message: most are no mark, and nothing is kept of those."""
    item, workspace_id, user_id = event.get("item") or {}, context.team_id or "", str(event.get("user") or "")
    if item.get("type") != "message" or not await _project_marked(desk, workspace_id, event):
        return
    channel_id, ts = str(item["channel"]), str(item["ts"])
    if (await desk.colleagues.get(client, workspace_id, user_id)).bot:
        return
    thread_ts = await _thread_of(client, channel_id, ts)
    marked = Marked(
        workspace_id=workspace_id,
        channel_id=channel_id,
        user_id=user_id,
        message_ts=ts,
        thread_ts=thread_ts,
        kind=Kind.MILESTONE,
        weeks=USUAL_WEEKS,
    )
    try:
        await refuse_guests(desk, client, workspace_id, user_id)
        await mark(desk, client, marked)
    except UserError as error:
        said = {"text": escaped(error.message), "blocks": [quiet_line(escaped(error.message))]}
        await whisper_to(client, channel_id, user_id, said, thread_ts)


async def emoji_taken_back(event: dict[str, Any], context: AsyncBoltContext, desk: Desk) -> None:
    """Whoever marked a milestone takes their emoji away: it is none any more."""
    item, workspace_id = event.get("item") or {}, context.team_id or ""
    project_id = await _project_marked(desk, workspace_id, event)
    if project_id is None or item.get("type") != "message":
        return
    async with desk.begin() as session:
        found = await milestones.of_message(session, workspace_id, project_id, str(item["ts"]))
        if found is None or found.marked_by != event.get("user"):
            return
        await take_back(session, workspace_id, found.id, now=desk.now())
    desk.wake_outbox()


async def ask(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Ask what the message is, and when to look back."""
    await refuse_guests(desk, client, workspace_of(body), body["user"]["id"])
    message, channel_id = body["message"], str(body["channel"]["id"])
    async with desk.read() as session:
        project = await projects.of_channel(session, workspace_of(body), channel_id)
    if project is None:
        said = _("This channel has no project yet. {command} sets one up, and its avatar comments then.")
        raise UserError(said.format(command=desk.settings.firsthand_why_command))
    ts = str(message["ts"])
    view = mark_view(channel_id, ts, str(message.get("thread_ts") or ts))
    await client.views_open(trigger_id=body["trigger_id"], view=view)
    await ack()


async def marked_in_window(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Mark it as what somebody chose."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    await refuse_guests(desk, client, workspace_id, user_id)
    about, values = json.loads(body["view"]["private_metadata"]), values_of(body["view"])
    chosen = values.get("weeks") or NONE
    marked = Marked(
        workspace_id=workspace_id,
        channel_id=about["channel"],
        user_id=user_id,
        message_ts=about["ts"],
        thread_ts=about["thread"],
        kind=Kind(values["kind"]),
        weeks=() if chosen == NONE else weeks_of(chosen),
    )
    await mark(desk, client, marked)
    await ack()


async def no_milestone(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """*That’s no milestone*: the comment goes, and nobody looks back."""
    workspace_id = workspace_of(body)
    await refuse_guests(desk, client, workspace_id, body["user"]["id"])
    async with desk.begin() as session:
        await take_back(session, workspace_id, int(body["actions"][0]["value"]), now=desk.now())
    desk.wake_outbox()
    await ack()


async def stop(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """*Don’t look back at this again*: said back where it was clicked, and the comment follows."""
    workspace_id, milestone_id = workspace_of(body), int(body["actions"][0]["value"])
    await refuse_guests(desk, client, workspace_id, body["user"]["id"])
    async with desk.begin() as session:
        await milestones.stop_looking(session, workspace_id, milestone_id)
        await milestone_words.follow(session, workspace_id, milestone_id, now=desk.now())
    desk.wake_outbox()
    await ack()


async def _project_marked(desk: Desk, workspace_id: str, event: dict[str, Any]) -> int | None:
    """The project whose milestones this emoji marks in that channel."""
    channel_id = str((event.get("item") or {}).get("channel") or "")
    emoji = f":{str(event.get('reaction') or '').partition('::')[0]}:"
    async with desk.read() as session:
        return await milestones.marked_by(session, workspace_id, channel_id, emoji)


async def _thread_of(client: AsyncWebClient, channel_id: str, ts: str) -> str:
    """The thread that a message belongs to; its own where it begins none. Its text is not looked at."""
    try:
        message = (await client.reactions_get(channel=channel_id, timestamp=ts))["message"]
    except SlackApiError:
        return ts
    return str(message.get("thread_ts") or ts)
