"""What one person sees of the workspace, as plain values for the templates."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from playground.model import Channel, Message, User
from playground.page.dates import moment, slack_date
from playground.page.emoji import emoji_character
from playground.page.mrkdwn import unescape
from playground.page.reading import Reading
from playground.workspace import Workspace

#: Two messages of one author closer together than this share one heading, as in Slack.
GROUPED = timedelta(minutes=5)
_MARK = re.compile(r"<([@#!]?)([^<>|]+)(?:\|[^<>]*)?>")


@dataclass(frozen=True)
class Avatar:
    """How somebody is drawn: a picture's address, or an emoji or initials on a colour."""

    colour: str
    letters: str
    address: str = ""


@dataclass(frozen=True)
class Author:
    """Who a message is from as the reader sees it; `user_id` is empty where another name was put on it."""

    name: str
    avatar: Avatar
    is_app: bool
    user_id: str


@dataclass(frozen=True)
class Reaction:
    """One emoji under a message: who gave it, and whether the reader did."""

    name: str
    count: int
    mine: bool
    people: str


@dataclass(frozen=True)
class Item:
    """One message in a list, with all that its template needs."""

    message: Message
    author: Author
    time: str
    stamp: str
    day: str
    follows: bool
    is_new: bool
    ephemeral: bool
    replies: int
    last_reply: str
    reactions: tuple[Reaction, ...]
    pinned_by: str


def zone_of(user: User) -> ZoneInfo:
    """Return a person's time zone; UTC when it is unknown on this machine."""
    try:
        return ZoneInfo(user.tz)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def channel_title(workspace: Workspace, channel: Channel, viewer: User) -> str:
    """Return a conversation's name for somebody: the channel's own, or the other people's."""
    if channel.name:
        return channel.name
    others = [
        workspace.users[key].shown for key in channel.members if key != viewer.id and key in workspace.users
    ]
    return ", ".join(others) or viewer.shown


def reading_for(workspace: Workspace, viewer: User) -> Reading:
    """Return the reader's names, zone and language."""

    def user_name(key: str) -> str | None:
        user = workspace.users.get(key)
        return user.shown if user else None

    def channel_name(key: str) -> str | None:
        channel = workspace.channels.get(key)
        visible = channel is not None and (channel.kind == "public" or viewer.id in channel.members)
        return channel_title(workspace, channel, viewer) if channel is not None and visible else None

    return Reading(
        viewer_id=viewer.id,
        zone=zone_of(viewer),
        locale=viewer.locale.replace("-", "_") or "en_GB",
        now=workspace.now(),
        user_name=user_name,
        channel_name=channel_name,
    )


def avatar_of(workspace: Workspace, user: User) -> Avatar:
    """Return somebody's picture: their emoji, or their initials; the app's icon for the app."""
    icon = workspace.app.icon() if user.is_bot else user.emoji
    drawn = emoji_character(icon.strip(":")) or icon
    initials = "".join(part[0] for part in user.shown.split()[:2]).upper()
    return Avatar(user.colour, drawn or initials or "?")


def author_of(workspace: Workspace, message: Message) -> Author:
    """Return who a message is from: a custom name and icon when the app put them on it."""
    user = workspace.users.get(message.user_id)
    avatar = avatar_of(workspace, user) if user else Avatar("#616061", "?")
    icons = message.icons or {}
    if icons.get("emoji"):
        name = str(icons["emoji"]).strip(":")
        avatar = Avatar("#e8e4dc", emoji_character(name) or name[:1])
    address = str(icons.get("image_72") or icons.get("image_48") or icons.get("icon_url") or "")
    if address.startswith(("https://", "http://")):
        avatar = Avatar("#e8e4dc", "", address)
    is_app = bool(message.bot_id) or bool(user and user.is_bot)
    name = message.username or (user.shown if user else message.user_id)
    return Author(name, avatar, is_app, "" if message.username else message.user_id)


def _reactions(workspace: Workspace, message: Message, viewer: User) -> tuple[Reaction, ...]:
    def people(ids: list[str]) -> str:
        return ", ".join(workspace.users[key].shown for key in ids if key in workspace.users)

    return tuple(
        Reaction(name, len(ids), viewer.id in ids, people(ids))
        for name, ids in message.reactions.items()
        if ids
    )


def _pinned_by(workspace: Workspace, channel: Channel, message: Message) -> str:
    pin = channel.pins.get(message.ts)
    user = workspace.users.get(pin.user_id) if pin else None
    return user.shown if user else ""


def _same_breath(earlier: Message | None, message: Message) -> bool:
    if earlier is None or earlier.subtype != message.subtype:
        return False
    whose = (message.user_id, message.username, message.ephemeral_to)
    close = float(message.ts) - float(earlier.ts) < GROUPED.total_seconds()
    return close and (earlier.user_id, earlier.username, earlier.ephemeral_to) == whose


@lru_cache(maxsize=65_536)
def _times(ts: str, zone: tzinfo, locale: str) -> tuple[str, str]:
    """A message's time and full date: kept, as everybody in a zone reads the same of the same message."""
    reading = Reading(zone=zone, locale=locale)
    return slack_date(ts, "{time}", reading) or "", slack_date(ts, "{date_long} {time_secs}", reading) or ""


def _item(workspace: Workspace, viewer: User, reading: Reading, message: Message) -> Item:
    channel = workspace.channels[message.channel_id]
    replies = channel.threads.get(message.ts, []) if message.ephemeral_to is None else []
    time, stamp = _times(message.ts, reading.zone, reading.locale)
    return Item(
        message=message,
        author=author_of(workspace, message),
        time=time,
        stamp=stamp,
        day="",
        follows=False,
        is_new=False,
        ephemeral=message.ephemeral_to is not None,
        replies=len(replies),
        last_reply=(slack_date(replies[-1], "{date_short_pretty} {time}", reading) or "") if replies else "",
        reactions=_reactions(workspace, message, viewer),
        pinned_by=_pinned_by(workspace, channel, message),
    )


def _day(message: Message, reading: Reading) -> str:
    day = slack_date(message.ts, "{day_divider_pretty}", reading) or ""
    return day[:1].upper() + day[1:]


def listed(
    workspace: Workspace,
    viewer: User,
    messages: list[Message],
    *,
    new_after: str = "",
    days: bool = True,
    only: Container[str] | None = None,
) -> Iterator[Item]:
    """Yield messages as items: with day dividers, grouped by author, the first after `new_after` marked.

    With `only` just those of these timestamps, though all stand between each other.
    """
    reading = reading_for(workspace, viewer)
    earlier: Message | None = None
    marked = not new_after
    for message in messages:
        new_day = days and (earlier is None or _date(earlier, reading) != _date(message, reading))
        newer = not marked and float(message.ts) > float(new_after)
        is_new = newer and message.user_id != viewer.id and not message.ephemeral_to
        marked = marked or is_new
        if only is None or message.ts in only:
            follows = not new_day and not is_new and _same_breath(earlier, message)
            item = _item(workspace, viewer, reading, message)
            yield replace(item, day=_day(message, reading) if new_day else "", follows=follows, is_new=is_new)
        earlier = message


def as_typed(workspace: Workspace, text: str) -> str:
    """Return a message's text as a person would type it again: @handles, #names and bare addresses."""

    def name(mark: re.Match[str]) -> str:
        sign, target = mark[1], mark[2]
        if sign == "@":
            user = workspace.users.get(target)
            return f"@{user.handle if user else target}"
        if sign == "#":
            channel = workspace.channels.get(target)
            return f"#{channel.name if channel else target}"
        return f"@{target}" if sign == "!" else target

    return unescape(_MARK.sub(name, text))


def _date(message: Message, reading: Reading) -> object:
    when = moment(message.ts, reading)
    return when.date() if when else None
