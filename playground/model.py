"""The things a workspace holds, as plain records; `faces` draws them the way Slack's JSON does."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
Kind = Literal["public", "private", "im", "mpim"]


@dataclass(slots=True)
class User:
    """A person or the app's bot. `tz` is an IANA name, `colour` a CSS colour, `emoji` drawn as the avatar.

    `handle` is typed after an @, `name` is the full name, `display_name` what somebody chose to be called.
    """

    id: str
    handle: str
    name: str
    title: str = ""
    tz: str = "Europe/London"
    locale: str = "en-GB"
    is_admin: bool = False
    is_owner: bool = False
    is_guest: bool = False
    is_bot: bool = False
    bot_id: str = ""
    colour: str = "#4a154b"
    emoji: str = ""
    email: str = ""
    deleted: bool = False
    display_name: str = ""

    @property
    def shown(self) -> str:
        """The name that others see: the display name, or the full name of somebody who chose none."""
        return self.display_name or self.name


@dataclass(slots=True)
class Message:
    """A message as it stands. `ephemeral_to` is the one person who sees it; `reactions` name → user ids."""

    channel_id: str
    ts: str
    user_id: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    subtype: str | None = None
    bot_id: str = ""
    username: str = ""
    icons: Json = field(default_factory=dict)
    edited_ts: str | None = None
    ephemeral_to: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[Json] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pin:
    """Who pinned a message, and when (seconds since 1970 by the workspace's clock)."""

    user_id: str
    at: int


@dataclass(slots=True)
class Channel:
    """A conversation. `order` holds top-level timestamps, oldest first; `threads` root → replies.

    `members` keeps the order of joining. `ephemerals` user id → what only that person sees. `touched` says
    with which change a message last changed, `redrawn` when all of the conversation may look different.
    """

    id: str
    name: str
    kind: Kind
    created: int
    team_id: str = ""
    creator: str = ""
    topic: str = ""
    members: dict[str, None] = field(default_factory=dict)
    is_archived: bool = False
    is_shared: bool = False
    messages: dict[str, Message] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    threads: dict[str, list[str]] = field(default_factory=dict)
    ephemerals: dict[str, list[Message]] = field(default_factory=dict)
    pins: dict[str, Pin] = field(default_factory=dict)
    touched: dict[str, int] = field(default_factory=dict)
    redrawn: int = 0

    def add(self, message: Message) -> None:
        """Keep `message` as the newest of the channel, or of its thread."""
        self.messages[message.ts] = message
        if message.thread_ts and message.thread_ts != message.ts:
            self.threads.setdefault(message.thread_ts, []).append(message.ts)
        else:
            self.order.append(message.ts)

    def drop(self, ts: str) -> Message | None:
        """Forget the message with that timestamp; None when there was none."""
        message = self.messages.pop(ts, None)
        if message is None:
            return None
        threaded = message.thread_ts and message.thread_ts != ts
        line = self.threads.get(message.thread_ts or "", []) if threaded else self.order
        at = bisect_left(line, ts)
        if at < len(line) and line[at] == ts:
            del line[at]
        self.pins.pop(ts, None)
        return message


@dataclass(slots=True)
class View:
    """A modal or App Home as the person sees it; `body` is what the app sent, `values` what its inputs hold.

    `notice` is what Slack itself says in the modal ("We had some trouble connecting…"), `errors` block id →
    words, `opened_from` the channel it was opened from, if any.
    """

    id: str
    user_id: str
    body: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    values: dict[str, dict[str, Json]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    notice: str = ""
    opened_from: str = ""

    @property
    def is_home(self) -> bool:
        """Whether this is somebody's App Home rather than a modal."""
        return self.body.get("type") == "home"


@dataclass(slots=True)
class File:
    """A file somebody uploaded. `kind` is Slack's filetype (`text`, `png`…), `shares` channel id → messages.

    `size` is what was announced; `data` is filled by the upload. `deleted` leaves only a tombstone.
    `readers` may open it though it was shared nowhere: the app that got it from a modal.
    """

    id: str
    user_id: str
    name: str
    title: str
    mimetype: str
    kind: str
    pretty: str
    created: int
    size: int
    data: bytes = b""
    alt_text: str = ""
    is_whole: bool = False
    deleted: bool = False
    readers: list[str] = field(default_factory=list)
    shares: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A message that waits for `post_at` (seconds since 1970 by the workspace's clock); `args` as sent."""

    id: str
    channel_id: str
    post_at: int
    created: int
    args: Json


@dataclass(slots=True)
class Code:
    """What somebody agreed to on the consent page, until the app exchanges it for tokens (once).

    `until` is in real seconds. `team_id` is empty for a whole organisation; `nonce` belongs to a sign-in.
    """

    value: str
    user_id: str
    redirect_uri: str
    bot_scopes: frozenset[str]
    user_scopes: frozenset[str]
    until: float
    team_id: str = ""
    nonce: str = ""
    is_used: bool = False


@dataclass(slots=True)
class ReplyAddress:
    """A response_url: who and where it answers, until when (real seconds), and how many uses are left.

    `ts` is the message it belongs to, if any; `is_ephemeral` says that only `user_id` sees that message.
    """

    channel_id: str
    user_id: str
    until: float
    ts: str = ""
    is_ephemeral: bool = False
    left: int = 5


@dataclass(frozen=True, slots=True)
class Change:
    """Something people may see has changed; `number` only grows.

    Kinds: message, edited, deleted, ephemeral, reaction, channel, member, modal, home, clock, app, user,
    read, file, token, scheduled.
    """

    number: int
    kind: str
    channel_id: str = ""
    user_id: str = ""
    ts: str = ""
