"""Saying things: messages, commands, reactions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playground.acting.outcome import Outcome
from playground.acting.payloads import DOMAIN, TOKEN, channel_name, room_of, somebody
from playground.acting.sharing import own_files
from playground.errors import PersonError, SlackError
from playground.model import Channel, Json, Message, ReplyAddress, User
from playground.org import is_let_in, team_of
from playground.pinning import pin, unpin
from playground.posting import Draft, edit, post, post_ephemeral, post_files, remove
from playground.text import kept, typed
from playground.transport.events import publish
from playground.transport.payloads import deliver
from playground.transport.replies import carry_out, reply_url
from playground.workspace import Workspace

MOST_TYPED = 12_000


def _mention(ws: Workspace, sign: str, name: str) -> str | None:
    if sign == "@":
        if name in ("here", "channel", "everyone"):
            return f"<!{name}>"
        user_id = ws.handles.get(name)
        return f"<@{user_id}>" if user_id else None
    channel_id = ws.names.get(name)
    return f"<#{channel_id}|{name}>" if channel_id else None


def _may_write(ws: Workspace, user: User, channel: Channel) -> None:
    if channel.is_archived:
        raise PersonError("You can't send messages in an archived channel.")
    if user.id not in channel.members:
        raise PersonError(f"Join #{channel.name} to write there.")
    if channel.kind == "im" and ws.app.user_id in channel.members and not ws.app.has_tab("messages_tab"):
        raise PersonError("Sending messages to this app has been turned off.")


async def send_message(
    ws: Workspace,
    user_id: str,
    channel_id: str,
    text: str,
    *,
    thread_ts: str | None = None,
    files: Sequence[str] = (),
) -> Outcome:
    """Say `text` (as typed: @names and #names become mentions) in a channel or thread, and show `files`.

    `files` are ids of what was uploaded before; with them the text may be empty.
    """
    user = somebody(ws, user_id)
    channel = room_of(ws, user_id, channel_id)
    _may_write(ws, user, channel)
    shown = own_files(ws, user_id, files)
    if not text.strip() and not shown:
        raise PersonError("Write something first.")
    if len(text) > MOST_TYPED:
        raise PersonError(f"Messages are limited to {MOST_TYPED:,} characters.")
    words = typed(text, lambda sign, name: _mention(ws, sign, name))
    draft = Draft(text=words, is_kept=True, thread_ts=thread_ts)
    message = post_files(ws, channel, user_id, draft, shown) if shown else post(ws, channel, user_id, draft)
    if f"<@{ws.app.user_id}>" in words and ws.app.user_id not in channel.members and channel.kind != "im":
        note = f"You mentioned <@{ws.app.user_id}>, but they're not in this channel."
        post_ephemeral(ws, channel, user_id, Draft(text=note, is_kept=True), by_slack=True)
    return Outcome(message=message)


async def edit_message(ws: Workspace, user_id: str, channel_id: str, ts: str, text: str) -> Outcome:
    """Change one's own message."""
    channel, message = _own(ws, user_id, channel_id, ts)
    words = typed(text, lambda sign, name: _mention(ws, sign, name))
    edit(ws, channel, message, Draft(text=words, is_kept=True))
    return Outcome(message=message)


async def delete_message(ws: Workspace, user_id: str, channel_id: str, ts: str) -> Outcome:
    """Take back one's own message; an admin may take back anybody's."""
    channel, message = _own(ws, user_id, channel_id, ts, admins=True)
    remove(ws, channel, message)
    return Outcome()


def _own(
    ws: Workspace, user_id: str, channel_id: str, ts: str, *, admins: bool = False
) -> tuple[Channel, Message]:
    user = somebody(ws, user_id)
    channel = room_of(ws, user_id, channel_id)
    message = channel.messages.get(ts)
    if message is None:
        raise PersonError("That message is no longer there.")
    if message.user_id != user_id and not (admins and user.is_admin):
        raise PersonError("You can change only what you wrote yourself.")
    return channel, message


async def run_command(ws: Workspace, user_id: str, channel_id: str, command: str, text: str = "") -> Outcome:
    """Type a slash command such as `/interview`; the app's answer appears in the channel.

    A command that no app has, or that gets no acknowledgement in time, is answered by Slackbot.
    """
    user = somebody(ws, user_id)
    channel = room_of(ws, user_id, channel_id)
    known = command in ws.app.commands and "commands" in ws.app.scopes and ws.app.installed
    if not known or not is_let_in(ws, team_of(ws, channel)):
        return _slackbot(ws, channel, user_id, f"`{command}` is not a valid command.")
    if channel.is_archived:
        raise PersonError("You can't use commands in an archived channel.")
    ack = await deliver(ws, "slash_commands", _command_payload(ws, user, channel, command, text))
    if not ack.ok:
        failed = "operation_timeout" if ack.reason == "timeout" else "dispatch_failed"
        return _slackbot(ws, channel, user_id, f'{command} failed with the error "{failed}"')
    return _answered(ws, channel, user_id, ack.body, command)


def _command_payload(ws: Workspace, user: User, channel: Channel, command: str, text: str) -> Json:
    escape = bool(ws.app.commands[command].get("should_escape"))
    words = typed(text, lambda sign, name: _mention(ws, sign, name)) if escape else kept(text)
    return {
        "token": TOKEN,
        "team_id": team_of(ws, channel),
        "team_domain": DOMAIN,
        "enterprise_id": ws.setup.enterprise_id or None,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.handle,
        "command": command,
        "text": words,
        "api_app_id": ws.app.id,
        "is_enterprise_install": "true" if ws.app.is_org else "false",
        "response_url": reply_url(ws, channel.id, user.id),
        "trigger_id": ws.triggers.issue(user.id, channel_id=channel.id),
    }


def _answered(ws: Workspace, channel: Channel, user_id: str, body: Any, command: str) -> Outcome:
    if isinstance(body, str):
        body = {"text": body}
    if not isinstance(body, dict) or not (body.get("text") or body.get("blocks") or body.get("attachments")):
        return Outcome()
    try:
        carry_out(ws, channel, ReplyAddress(channel.id, user_id, 0.0), body)
    except SlackError as error:
        return _slackbot(ws, channel, user_id, f'{command} failed with the error "{error.word}"')
    return Outcome()


def _slackbot(ws: Workspace, channel: Channel, user_id: str, words: str) -> Outcome:
    message = post_ephemeral(ws, channel, user_id, Draft(text=words, is_kept=True), by_slack=True)
    return Outcome(ok=False, notice=words, message=message)


async def react(
    ws: Workspace, user_id: str, channel_id: str, ts: str, name: str, *, add: bool = True
) -> Outcome:
    """Put an emoji (`thumbsup`, without colons) on a message, or take one's own away."""
    somebody(ws, user_id)
    channel = room_of(ws, user_id, channel_id)
    message = channel.messages.get(ts)
    if message is None:
        raise PersonError("That message is no longer there.")
    who = message.reactions.setdefault(name, [])
    if add == (user_id in who):
        return Outcome(message=message)
    if add:
        who.append(user_id)
    else:
        who.remove(user_id)
    if not who:
        del message.reactions[name]
    tell_reaction(ws, channel, message, user_id, name, add=add)
    return Outcome(message=message)


async def pin_message(ws: Workspace, user_id: str, channel_id: str, ts: str, *, add: bool = True) -> Outcome:
    """Pin a message to its conversation, or take the pin away, whoever put it there."""
    somebody(ws, user_id)
    channel = room_of(ws, user_id, channel_id)
    message = channel.messages.get(ts)
    if message is None:
        raise PersonError("That message is no longer there.")
    if user_id not in channel.members:
        raise PersonError(f"Join #{channel.name} to pin messages there.")
    try:
        (pin if add else unpin)(ws, channel, message, user_id)
    except SlackError as error:
        raise PersonError(f"That can't be done ({error.word}).") from error
    return Outcome(message=message)


def tell_reaction(
    ws: Workspace, channel: Channel, message: Message, user_id: str, name: str, *, add: bool
) -> None:
    """Show a reaction that came or went, and tell the app."""
    ws.notify("reaction", channel.id, user_id, message.ts)
    event = {
        "type": "reaction_added" if add else "reaction_removed",
        "user": user_id,
        "reaction": name,
        "item_user": message.user_id,
        "item": {"type": "message", "channel": channel.id, "ts": message.ts},
    }
    publish(ws, event, channel)
