"""The sidebar and the directory: which conversations somebody has, and what in them is unread."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from playground.model import Channel, User
from playground.page.present import Avatar, avatar_of, channel_title
from playground.page.words import _
from playground.workspace import Workspace

INVITE = "/invite"
"""Slack's own command, which the page carries out itself."""
_PINGS = re.compile(r"<!(?:here|channel|everyone)")


@dataclass(frozen=True)
class Row:
    """One line of the sidebar. `unread` is bold; `count` a badge, for mentions and direct messages."""

    id: str
    name: str
    kind: str
    unread: bool
    count: int
    joined: bool
    avatar: Avatar | None = None
    archived: bool = False


@dataclass(frozen=True)
class Sidebar:
    """The sidebar's three lists, in the order they are shown."""

    channels: tuple[Row, ...]
    direct: tuple[Row, ...]
    apps: tuple[Row, ...]


def _unread(workspace: Workspace, channel: Channel, viewer: User) -> list[str]:
    mark = float(workspace.read_marks.get((viewer.id, channel.id), "0"))
    unread: list[str] = []
    for ts in reversed(channel.order):
        if float(ts) <= mark or len(unread) >= 100:
            break
        if channel.messages[ts].user_id != viewer.id:
            unread.append(ts)
    return unread


def _row(workspace: Workspace, channel: Channel, viewer: User) -> Row:
    joined = viewer.id in channel.members
    unread = _unread(workspace, channel, viewer) if joined else []
    direct = channel.kind in ("im", "mpim")
    texts = [channel.messages[ts].text for ts in unread]
    pings = [text for text in texts if direct or f"<@{viewer.id}" in text or _PINGS.search(text)]
    return Row(
        id=channel.id,
        name=channel_title(workspace, channel, viewer),
        kind=channel.kind,
        unread=bool(unread),
        count=len(pings),
        joined=joined,
        avatar=_face(workspace, channel, viewer) if direct else None,
        archived=channel.is_archived,
    )


def _face(workspace: Workspace, channel: Channel, viewer: User) -> Avatar:
    others = [workspace.users[key] for key in channel.members if key != viewer.id and key in workspace.users]
    return avatar_of(workspace, (others or [viewer])[0])


def sidebar(workspace: Workspace, viewer: User) -> Sidebar:
    """Return what a person's sidebar lists: channels by name, people, the app."""
    bot = workspace.bot()
    channels, direct = [], []
    for channel in workspace.visible_to(viewer.id):
        if channel.kind in ("public", "private"):
            if not channel.is_archived:
                channels.append(_row(workspace, channel, viewer))
        elif bot.id not in channel.members:
            direct.append(_row(workspace, channel, viewer))
    talked = {key for pair in workspace.dms if viewer.id in pair and len(pair) == 2 for key in pair}
    others = [u for u in workspace.users.values() if not u.is_bot and not u.deleted and u.id != viewer.id]
    direct += [
        Row(user.id, user.shown, "user", False, 0, False, avatar_of(workspace, user))
        for user in others
        if user.id not in talked
    ]
    channels.sort(key=lambda row: (not row.joined, row.name))
    direct.sort(key=lambda row: row.name)
    apps = (app_row(workspace, viewer),) if workspace.app.installed else ()
    return Sidebar(tuple(channels), tuple(direct), apps)


def app_row(workspace: Workspace, viewer: User) -> Row:
    """Return the app's own line: its conversation with somebody, which need not exist yet."""
    bot = workspace.bot()
    existing = workspace.dms.get(frozenset((viewer.id, bot.id)))
    unread = _unread(workspace, workspace.channels[existing], viewer) if existing else []
    return Row(bot.id, workspace.app.name, "app", bool(unread), len(unread), True, avatar_of(workspace, bot))


def first_channel(workspace: Workspace, viewer: User) -> str:
    """Return the conversation to open first: the one written in last, else one the app is in, else any.

    Of several that were written in within a minute, as at nine in the morning, the first in the list.
    """
    own = [
        c for c in workspace.visible_to(viewer.id) if viewer.id in c.members and not c.is_archived and c.name
    ]
    written = [channel for channel in own if channel.order]
    if written:
        return max(written, key=lambda channel: float(channel.order[-1]) // 60).id
    with_app = [channel for channel in own if workspace.app.user_id in channel.members]
    return (with_app or own)[0].id if own else ""


def directory(workspace: Workspace, viewer: User) -> dict[str, Any]:
    """Return what the composer and the pickers complete from: people, conversations, commands, shortcuts."""
    people = [
        {
            "id": user.id,
            "name": user.shown,
            "full": user.name if user.display_name else "",
            "handle": user.handle,
            "bot": user.is_bot,
        }
        for user in workspace.users.values()
        if not user.deleted
    ]
    rooms = [
        {"id": channel.id, "name": channel_title(workspace, channel, viewer), "kind": channel.kind}
        for channel in workspace.visible_to(viewer.id)
        if not channel.is_archived
    ]
    commands = [
        {
            "name": name,
            "about": str(entry.get("description", "")),
            "hint": str(entry.get("usage_hint", "")),
        }
        for name, entry in workspace.app.commands.items()
    ]
    invite = {"name": INVITE, "about": _("Bring a colleague or an app in here"), "hint": "@name"}
    shortcuts = [
        {key: str(entry.get(key, "")) for key in ("name", "type", "callback_id", "description")}
        for entry in workspace.app.shortcuts
    ]
    return {"people": people, "rooms": rooms, "commands": [*commands, invite], "shortcuts": shortcuts}
