"""What a tracker offers so that an avatar can comment in it: one file for each, and one line in `known`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from stories.trackers import Event, TrackedItem
from stories.values import dataclass

if TYPE_CHECKING:
    from bot.guarded_client import GuardedClient


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request as the tracker sent it: header names in small letters, the body as it came."""

    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where items are: the tracker's address ("https://github.com") and the place in it ("acme/app")."""

    site: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """A place as it is now: what it is called, what it stays known by, and whether all the world reads it."""

    name: str
    key: str
    public: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How people are asked for a place, with an example, and a token, and where the webhook is set up.

    `webhook` is mrkdwn.
    """

    place: str
    example: str
    token: str
    webhook: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What speaks to a tracker: through which client, about which place, with whose token."""

    client: GuardedClient
    place: Place
    token: str


class Tracker(Protocol):
    """A tracker. Every `async` method may raise PutOff, ToMend, and what the guarded client raises."""

    kind: str
    title: str

    def said(self) -> Said:
        """What people are asked for when they switch it on, and how."""
        ...

    def place(self, typed: str) -> Place:
        """The place that somebody typed. Raises UserError, saying how one looks."""
        ...

    def address(self, place: Place, ref: str) -> str:
        """Where people see an item in their browser."""
        ...

    def is_signed(self, call: Call, secret: str) -> bool:
        """Whether somebody who knows the secret sent exactly this body; compared in constant time."""
        ...

    def name_of(self, call: Call) -> str:
        """What tells this call from others, the same when it is sent again; "" where nothing does."""
        ...

    def read(self, call: Call, place_key: str) -> Told | None:
        """What a call tells of that place; None for what is no business of ours. Raises Unreadable."""
        ...

    async def readers(self, line: Line) -> Readers:
        """The place as it is now."""
        ...

    async def account(self, line: Line) -> str:
        """Whose name stands on what this token writes."""
        ...

    async def outsiders(self, line: Line) -> bool:
        """Whether people from outside read along; asked when somebody switches it on."""
        ...

    async def item(self, line: Line, ref: str) -> TrackedItem:
        """An item as it is now, wherever it moved. Raises ItemGone, and OutOfSight when nobody can tell."""
        ...

    async def comment(self, line: Line, ref: str, text: str) -> str:
        """Write a comment, once; its id. Raises NotTaken, ItemGone and OutOfSight."""
        ...

    async def edit_comment(self, line: Line, ref: str, comment_id: str, text: str) -> None:
        """Replace a comment's text. Raises CommentGone."""
        ...

    async def delete_comment(self, line: Line, ref: str, comment_id: str) -> None:
        """Delete a comment. Raises CommentGone."""
        ...

    async def comments(self, line: Line, ref: str, since: datetime | None) -> Mapping[str, str]:
        """The texts of an item's comments by their ids: all, or at least those changed since then."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a call tells: the event, and what the place is called now ("" where it does not say)."""

    event: Event
    place: str


class Unreadable(Exception):
    """A call in another shape than the tracker's documentation says, in words."""


class PutOff(Exception):
    """The tracker asks to be left alone for `wait`."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"left alone for {wait}")
        self.wait = wait


class ToMend(Exception):
    """Nothing goes there until somebody mends it: a refused token, a missing right. In words."""


class NotTaken(Exception):
    """The tracker does not take this comment and never will; in words."""


class ItemGone(Exception):
    """The item is deleted, with all that stood there."""


class OutOfSight(Exception):
    """The item is not there for us: deleted, or moved to where our token does not reach."""


class CommentGone(Exception):
    """There is no such comment where it was."""
