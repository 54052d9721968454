"""One call of a method: its arguments, what its token may do, and the conversation it is about."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from playground.errors import SlackError
from playground.grants import Grant
from playground.model import Channel, Json, Message, User
from playground.org import check_team, team_of
from playground.workspace import Workspace

Asker = Literal["bot", "app", "user", "any", "nobody"]
_FAMILY = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
_YES = frozenset(("1", "true", "True", True, 1))


@dataclass(slots=True)
class Call:
    """What a handler gets. `args` are as sent: strings from a form, anything from JSON."""

    ws: Workspace
    args: dict[str, Any]
    grant: Grant
    base_url: str

    @property
    def token(self) -> str:
        """The token it was made with; empty for methods that take none."""
        return self.grant.token

    def text(self, name: str, missing: str = "invalid_arguments") -> str:
        """A required string; raises SlackError(missing)."""
        value = self.args.get(name)
        if not isinstance(value, str) or not value:
            raise SlackError(missing)
        return value

    def flag(self, name: str) -> bool:
        """A switch, off unless given as true or 1."""
        value = self.args.get(name)
        return isinstance(value, str | bool | int) and value in _YES

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number from 1 to `most`, larger ones cut to it; raises invalid_limit."""
        value = self.args.get(name)
        if value in (None, "", 0, "0"):
            return default
        try:
            return min(most, max(1, int(value)))
        except (TypeError, ValueError) as error:
            raise SlackError("invalid_limit") from error

    def need(self, *scopes: str) -> None:
        """Raise missing_scope unless one of these was granted."""
        granted = self.grant.scopes
        if not any(scope in granted for scope in scopes):
            said = {"needed": ",".join(scopes), "provided": ",".join(sorted(granted))}
            raise SlackError("missing_scope", said)

    def channel(self, act: str = "", *, joined: bool = False) -> Channel:
        """The conversation in `channel`, by id and never by name.

        `act` (`read`, `history`) asks for that scope of its kind; `joined` that the app is in it.
        Raises channel_not_found, missing_scope, not_in_channel.
        """
        ws = self.ws
        channel = ws.channels.get(self.text("channel", "channel_not_found"))
        if channel is None:
            raise SlackError("channel_not_found")
        check_team(ws, team_of(ws, channel))
        inside = ws.app.user_id in channel.members
        if channel.kind != "public" and not inside:
            raise SlackError("channel_not_found")
        if act:
            self.need(f"{_FAMILY[channel.kind]}:{act}")
        if joined and not inside:
            raise SlackError("not_in_channel")
        return channel

    def message(self, channel: Channel, name: str = "ts", missing: str = "message_not_found") -> Message:
        """The message at the timestamp in `name`; raises SlackError(missing)."""
        message = channel.messages.get(str(self.args.get(name) or ""))
        if message is None:
            raise SlackError(missing)
        return message

    def team(self) -> str:
        """The workspace asked about: an org-wide token has to name one. Raises missing_argument."""
        given = str(self.args.get("team_id") or "")
        if not self.ws.app.is_org:
            return self.ws.team_id
        if not given:
            raise SlackError("missing_argument")
        check_team(self.ws, given)
        return given

    def user(self, name: str = "user") -> User:
        """Somebody by id; raises user_not_found."""
        user = self.ws.users.get(str(self.args.get(name) or ""))
        if user is None:
            raise SlackError("user_not_found")
        return user

    def offset(self) -> int:
        """Where a page begins, from `cursor`; raises invalid_cursor."""
        value = self.cursor("next")
        if value and not value.isdigit():
            raise SlackError("invalid_cursor")
        return int(value or 0)

    def cursor(self, word: str) -> str:
        """What a cursor of that kind says, empty without one; raises invalid_cursor."""
        raw = self.args.get("cursor")
        if not raw:
            return ""
        try:
            kind, _, value = base64.b64decode(str(raw), validate=True).decode().partition(":")
        except (binascii.Error, ValueError) as error:
            raise SlackError("invalid_cursor") from error
        if kind != word or not value:
            raise SlackError("invalid_cursor")
        return value


Handler = Callable[[Call], Json]


@dataclass(frozen=True, slots=True)
class Method:
    """A method: who does it, which scopes (any one of them) and which token it needs."""

    do: Handler
    scopes: tuple[str, ...] = ()
    asker: Asker = "bot"


def cursor_for(word: str, value: object) -> str:
    """A cursor as Slack writes it: base64 of `word:value`."""
    return base64.b64encode(f"{word}:{value}".encode()).decode()


def paged(call: Call, entries: list[Any], default: int, most: int) -> tuple[list[Any], Json]:
    """One page of `entries` (`default` long, at most `most`), and the metadata that leads to the next."""
    start, size = call.offset(), call.number("limit", default, most)
    after = start + size
    more = cursor_for("next", after) if after < len(entries) else ""
    return entries[start:after], {"response_metadata": {"next_cursor": more}}
