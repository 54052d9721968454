"""Messages coming, changing and going: kept in the channel, shown to people, told to the app."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playground.dressing import dressed
from playground.errors import SlackError
from playground.faces import bot_profile, message_json
from playground.files import file_json, share
from playground.model import Channel, File, Json, Message
from playground.text import MAX_TEXT, kept
from playground.transport.events import CHANNEL_TYPES, publish
from playground.workspace import Workspace

_EPHEMERALS_KEPT = 50


@dataclass(slots=True)
class Draft:
    """What somebody wants to say; blocks as they were sent, text not yet escaped unless `is_kept`."""

    text: str = ""
    blocks: list[Any] = field(default_factory=list)
    attachments: list[Any] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    username: str = ""
    icons: Json = field(default_factory=dict)
    files: list[Json] = field(default_factory=list)
    is_kept: bool = False
    subtype: str | None = None


def _made(ws: Workspace, channel: Channel, user_id: str, draft: Draft) -> Message:
    text = draft.text if draft.is_kept else kept(draft.text[:MAX_TEXT], link=True)
    return Message(
        channel_id=channel.id,
        ts=ws.clock.stamp(),
        user_id=user_id,
        text=text,
        blocks=dressed(ws, draft.blocks),
        attachments=list(draft.attachments),
        metadata=draft.metadata,
        thread_ts=draft.thread_ts,
        bot_id=ws.app.bot_id if user_id == ws.app.user_id else "",
        username=draft.username,
        icons=draft.icons,
        files=draft.files,
        subtype=draft.subtype,
    )


def post(ws: Workspace, channel: Channel, user_id: str, draft: Draft) -> Message:
    """Put a message into a channel (or thread) for all to see, and tell the app what it subscribed to."""
    message = _made(ws, channel, user_id, draft)
    put(ws, channel, message)
    return message


def put(ws: Workspace, channel: Channel, message: Message) -> None:
    """Let a message that is made stand in its channel, and tell the app."""
    user_id = message.user_id
    channel.add(message)
    ws.notify("message", channel.id, user_id, message.ts)
    publish(ws, message_event(ws, channel, message), channel)
    mention = f"<@{ws.app.user_id}"
    if mention in message.text and user_id != ws.app.user_id and channel.kind != "im":
        mentioned = message_event(ws, channel, message) | {"type": "app_mention"}
        # Slack's page: a mention says neither what kind of conversation it is in, nor a subtype.
        publish(ws, {k: v for k, v in mentioned.items() if k not in ("channel_type", "subtype")}, channel)


def post_files(ws: Workspace, channel: Channel, user_id: str, draft: Draft, files: list[File]) -> Message:
    """Say something that shows files: a `file_share` message, and `file_shared` for each."""
    draft.subtype = "file_share"
    message = _made(ws, channel, user_id, draft)
    for file in files:
        share(ws, file, channel, message.ts)
    # Drawn only now: a file object names the messages that show it.
    message.files = [file_json(ws, file) for file in files]
    put(ws, channel, message)
    for file in files:
        fact = {"file_id": file.id, "user_id": user_id, "file": {"id": file.id}, "channel_id": channel.id}
        publish(ws, {"type": "file_shared", **fact}, channel)
    return message


def post_ephemeral(
    ws: Workspace, channel: Channel, to: str, draft: Draft, *, by_slack: bool = False
) -> Message:
    """Show a message to one person only; a few dozen of the latest are kept while they look."""
    message = _made(ws, channel, "USLACKBOT" if by_slack else ws.app.user_id, draft)
    message.ephemeral_to = to
    if by_slack:
        message.bot_id, message.username = "", "Slackbot"
    line = channel.ephemerals.setdefault(to, [])
    line.append(message)
    del line[:-_EPHEMERALS_KEPT]
    ws.notify("ephemeral", channel.id, to, message.ts)
    return message


def find_ephemeral(channel: Channel, user_id: str, ts: str) -> Message | None:
    """An ephemeral message still on that person's screen, or None."""
    return next((m for m in channel.ephemerals.get(user_id, ()) if m.ts == ts), None)


def drop_ephemeral(ws: Workspace, channel: Channel, message: Message) -> None:
    """Take an ephemeral message off the one screen it was on."""
    line = channel.ephemerals.get(message.ephemeral_to or "", [])
    if message in line:
        line.remove(message)
        channel.redrawn = ws.changes + 1
    ws.notify("ephemeral", channel.id, message.ephemeral_to or "", message.ts)


def edit(
    ws: Workspace, channel: Channel, message: Message, draft: Draft, *, keep_blocks: bool = False
) -> None:
    """Change a message in place: text without blocks drops the old blocks, unless `keep_blocks`.

    Metadata stays when the draft brings none. An edit is marked only on what a person wrote or an app changed
    in its text, as Slack marks it.
    """
    before = message_json(ws, message)
    message.text = draft.text if draft.is_kept else kept(draft.text, link=True)
    if not keep_blocks:
        message.blocks = dressed(ws, draft.blocks)
        message.attachments = list(draft.attachments)
    if draft.metadata is not None:
        message.metadata = draft.metadata
    if message.ephemeral_to:
        ws.notify("ephemeral", channel.id, message.ephemeral_to, message.ts)
        return
    message.edited_ts = ws.clock.stamp()
    ws.notify("edited", channel.id, message.user_id, message.ts)
    changed = {"message": message_json(ws, message), "previous_message": before}
    publish(ws, _hidden(ws, channel, "message_changed") | changed, channel)


def remove(ws: Workspace, channel: Channel, message: Message) -> None:
    """Take a message away for everybody."""
    before = message_json(ws, message)
    if channel.drop(message.ts) is None:
        raise SlackError("message_not_found")
    ws.notify("deleted", channel.id, message.user_id, message.ts)
    if message.thread_ts and message.thread_ts != message.ts:
        ws.notify("edited", channel.id, message.user_id, message.thread_ts)
    gone = {"deleted_ts": message.ts, "previous_message": before}
    publish(ws, _hidden(ws, channel, "message_deleted") | gone, channel)


def message_event(ws: Workspace, channel: Channel, message: Message) -> Json:
    """The `message` event for something newly said."""
    event: Json = {
        "type": "message",
        "channel": channel.id,
        "channel_type": CHANNEL_TYPES[channel.kind],
        "user": message.user_id,
        "text": message.text,
        "ts": message.ts,
        "event_ts": message.ts,
        "team": ws.team_id,
    }
    root = channel.messages.get(message.thread_ts or "")
    for key, value in (
        ("thread_ts", message.thread_ts),
        ("parent_user_id", root.user_id if root is not None and root is not message else ""),
        ("blocks", message.blocks),
        ("attachments", message.attachments),
        ("files", message.files),
        ("subtype", message.subtype),
    ):
        if value:
            event[key] = value
    if message.files:
        event |= {"upload": False, "display_as_bot": False}
    if message.bot_id:
        event |= {"bot_id": message.bot_id, "app_id": ws.app.id, "bot_profile": bot_profile(ws)}
    if message.username:
        # What an app says under another name has, as in history, no user.
        del event["user"]
        event |= {"subtype": "bot_message", "username": message.username, "icons": message.icons}
    return event


def _hidden(ws: Workspace, channel: Channel, subtype: str) -> Json:
    ts = ws.clock.stamp()
    return {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "channel": channel.id,
        "channel_type": CHANNEL_TYPES[channel.kind],
        "ts": ts,
        "event_ts": ts,
    }
