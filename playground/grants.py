"""Tokens and what each may do: given at install, rotated, revoked.

https://docs.slack.dev/authentication/tokens and https://docs.slack.dev/authentication/using-token-rotation
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random
from typing import Literal

from playground.errors import SlackError

TokenKind = Literal["bot", "user", "app"]
_HEX = "0123456789abcdef"
_PREFIXES = {"bot": "xoxb", "user": "xoxp", "app": "xapp"}


@dataclass(slots=True)
class Grant:
    """What a token stands for. `user_id` is who acts with it, `until` real seconds when it ends (0: never).

    `refresh` is the token that brings the next one. `state` is why it no longer works, in Slack's word.
    """

    token: str
    kind: TokenKind
    scopes: frozenset[str]
    user_id: str
    until: float = 0.0
    refresh: str = ""
    state: str = ""
    is_exchanged: bool = False


class Grants:
    """All tokens of the one app. `now` answers real seconds, `seconds` is how long a rotated token lives."""

    def __init__(self, random: Random, seconds: float, now: Callable[[], float]) -> None:
        self._random = random
        self._now = now
        self.seconds = seconds
        self.all: dict[str, Grant] = {}
        self._refreshing: dict[str, str] = {}

    def put(self, grant: Grant) -> Grant:
        """Let a token count from now on."""
        self.all[grant.token] = grant
        if grant.refresh:
            self._refreshing[grant.refresh] = grant.token
        return grant

    def check(self, token: str) -> Grant:
        """What the token stands for; raises not_authed, invalid_auth, token_expired, token_revoked…"""
        if not token:
            raise SlackError("not_authed")
        grant = self.all.get(token)
        if grant is None:
            raise SlackError("invalid_auth")
        if grant.state:
            raise SlackError(grant.state)
        if grant.until and grant.until < self._now():
            raise SlackError("token_expired")
        return grant

    def issue(self, kind: TokenKind, scopes: Iterable[str], user_id: str, *, rotating: bool = False) -> Grant:
        """A new token; a rotating one ends after twelve hours and has a refresh token beside it."""
        token = f"{_PREFIXES[kind]}-{self._hex(12)}-{self._hex(24)}"
        if rotating:
            token = f"xoxe.{_PREFIXES[kind]}-1-{self._hex(60)}"
        until = self._now() + self.seconds if rotating else 0.0
        refresh = f"xoxe-1-{self._hex(60)}" if rotating else ""
        return self.put(Grant(token, kind, frozenset(scopes), user_id, until, refresh))

    def rotate(self, refresh: str) -> Grant:
        """Exchange a refresh token, once, for the next pair; raises invalid_refresh_token.

        The token that came with it works on until it ends, as at Slack.
        """
        token = self._refreshing.pop(refresh, "")
        old = self.all.get(token)
        if old is None or old.state:
            raise SlackError("invalid_refresh_token")
        old.refresh = ""
        return self.issue(old.kind, old.scopes, old.user_id, rotating=True)

    def exchange(self, token: str) -> Grant:
        """A lasting token for a rotating pair; raises invalid_token, token_already_exchanged…"""
        old = self.all.get(token)
        if old is None or old.until or old.kind == "app":
            raise SlackError("invalid_token")
        if old.is_exchanged:
            raise SlackError("token_already_exchanged")
        if old.state:
            raise SlackError("authorization_not_found")
        old.is_exchanged = True
        return self.issue(old.kind, old.scopes, old.user_id, rotating=True)

    def end(self, which: Iterable[Grant], state: str) -> None:
        """Let these tokens, and those that would bring the next ones, work no more."""
        for grant in which:
            grant.state = state
            self._refreshing.pop(grant.refresh, None)
            grant.refresh = ""

    def living(self, kind: TokenKind) -> list[Grant]:
        """The tokens of that kind that still work."""
        return [grant for grant in self.all.values() if grant.kind == kind and not grant.state]

    def _hex(self, digits: int) -> str:
        return "".join(self._random.choices(_HEX, k=digits))
