"""How users, channels, messages and views look in Slack's JSON."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from playground.model import Channel, Json, Message, User, View
from playground.state import merged
from playground.workspace import Workspace


def _profile(ws: Workspace, user: User) -> Json:
    first, _, last = user.name.partition(" ")
    profile: Json = {
        "title": user.title,
        "real_name": user.name,
        "real_name_normalized": user.name,
        "display_name": user.display_name,
        "display_name_normalized": user.display_name,
        "first_name": first,
        "last_name": last,
        "status_text": "",
        "status_emoji": "",
        "team": ws.team_id,
    }
    if "users:read.email" in ws.app.scopes and not user.is_bot:
        profile["email"] = user.email
    if user.is_bot:
        profile |= {"bot_id": user.bot_id, "api_app_id": ws.app.id}
    return profile


def user_json(ws: Workspace, user: User, *, with_locale: bool = False) -> Json:
    """A user as `users.info` gives it; `locale` only when asked for, as Slack does."""
    moment = ws.now().astimezone(ZoneInfo(user.tz))
    offset = moment.utcoffset()
    face: Json = {
        "id": user.id,
        "team_id": ws.team_id,
        "name": user.handle,
        "deleted": user.deleted,
        "color": user.colour.removeprefix("#"),
        "real_name": user.name,
        "tz": user.tz,
        "tz_label": moment.tzname() or user.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": _profile(ws, user),
        "is_admin": user.is_admin,
        "is_owner": user.is_owner,
        "is_primary_owner": False,
        "is_restricted": user.is_guest,
        "is_ultra_restricted": False,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": 0,
        "is_email_confirmed": True,
    }
    return face | {"locale": user.locale} if with_locale else face


def channel_json(ws: Workspace, channel: Channel, *, with_count: bool = False, locale: str = "") -> Json:
    """A conversation as `conversations.info` gives it to the app."""
    face: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.is_archived,
        "is_im": channel.kind == "im",
        "is_org_shared": False,
        "context_team_id": ws.team_id,
    }
    if locale:
        face["locale"] = locale
    if channel.kind == "im":
        other = [m for m in channel.members if m != ws.app.user_id] or list(channel.members)
        return face | {"user": other[0], "is_user_deleted": False, "priority": 0}
    if with_count:
        face["num_members"] = len(channel.members)
    return face | _named_channel(ws, channel)


def _named_channel(ws: Workspace, channel: Channel) -> Json:
    name = channel.name or "mpdm-" + "--".join(ws.users[m].handle for m in channel.members) + "-1"
    return {
        "name": name,
        "name_normalized": name,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "public",
        "is_general": channel.name == "general",
        "is_shared": channel.is_shared,
        "is_ext_shared": channel.is_shared,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "unlinked": 0,
        "creator": channel.creator,
        "is_member": ws.app.user_id in channel.members,
        "topic": {"value": channel.topic, "creator": channel.creator, "last_set": channel.created},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": [],
    }


def message_json(ws: Workspace, message: Message, *, with_metadata: bool = False) -> Json:
    """A message as `conversations.history` gives it; its metadata only when asked for."""
    face: Json = {"type": "message", "ts": message.ts, "text": message.text, "team": ws.team_id}
    if message.username:
        face |= {"subtype": "bot_message", "username": message.username, "icons": message.icons}
    else:
        face["user"] = message.user_id
    if message.subtype:
        face["subtype"] = message.subtype
    if message.bot_id:
        face |= {"bot_id": message.bot_id, "app_id": ws.app.id, "bot_profile": bot_profile(ws)}
    for key, value in (
        ("blocks", message.blocks),
        ("attachments", message.attachments),
        ("files", message.files),
        ("thread_ts", message.thread_ts),
    ):
        if value:
            face[key] = value
    if message.files:
        face |= {"upload": False, "display_as_bot": False}
    if message.edited_ts:
        face["edited"] = {"user": message.user_id, "ts": message.edited_ts}
    if message.reactions:
        face["reactions"] = reactions_json(message)
    if with_metadata and message.metadata:
        face["metadata"] = message.metadata
    return face | _thread(ws, message) | _pinned(ws, message)


def reactions_json(message: Message) -> list[Json]:
    """A message's reactions: name, who and how many."""
    return [{"name": n, "users": list(u), "count": len(u)} for n, u in message.reactions.items()]


def _pinned(ws: Workspace, message: Message) -> Json:
    channel = ws.channels.get(message.channel_id)
    pin = channel.pins.get(message.ts) if channel else None
    if pin is None:
        return {}
    info = {"channel": message.channel_id, "pinned_by": pin.user_id, "pinned_ts": pin.at}
    return {"pinned_to": [message.channel_id], "pinned_info": info}


def _thread(ws: Workspace, message: Message) -> Json:
    channel = ws.channels.get(message.channel_id)
    replies = channel.threads.get(message.ts, []) if channel else []
    if not replies or channel is None:
        return {}
    writers = list(dict.fromkeys(channel.messages[ts].user_id for ts in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(writers),
        "latest_reply": replies[-1],
        "reply_users": writers,
        "is_locked": False,
        "subscribed": False,
    }


def bot_profile(ws: Workspace) -> Json:
    """The app behind a message, as Slack adds it to what a bot posted."""
    return {
        "id": ws.app.bot_id,
        "deleted": False,
        "name": ws.app.name,
        "updated": 0,
        "app_id": ws.app.id,
        "user_id": ws.app.user_id,
        "icons": {},
        "team_id": ws.team_id,
    }


def view_json(ws: Workspace, view: View) -> Json:
    """A view as Slack gives it to the app, with what stands in its inputs."""
    body = view.body
    face: dict[str, Any] = {
        "id": view.id,
        "team_id": ws.team_id,
        "type": body["type"],
        "blocks": body["blocks"],
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "external_id": body.get("external_id", ""),
        "state": {"values": merged(body["blocks"], view.values, channel_id=view.opened_from)},
        "hash": view.hash,
        "title": body.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": body.get("clear_on_close", False),
        "notify_on_close": body.get("notify_on_close", False),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": ws.app.id,
        "app_installed_team_id": ws.team_id,
        "bot_id": ws.app.bot_id,
    }
    return face
