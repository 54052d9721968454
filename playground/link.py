"""The line to the app: what is sent down it and what an acknowledgement says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Protocol

from playground.model import Json

Payload = Literal["events_api", "interactive", "slash_commands"]


@dataclass(frozen=True, slots=True)
class Ack:
    """What the app answered. `body` is parsed JSON, a text, or None.

    `reason` is empty when `ok`, else Slack's word: `timeout`, `http_error` or `connection_failed`.
    `again` is false where the app asks not to be sent it again (`X-Slack-No-Retry`).
    """

    ok: bool
    body: Any = None
    reason: str = ""
    again: bool = True


class Link(Protocol):
    """Carries one payload to the app and waits for its acknowledgement, for as long as Slack does."""

    async def send(self, kind: Payload, payload: Json, *, retry: int = 0, reason: str = "") -> Ack:
        """Deliver once. `retry` counts from 1 for an event that comes again, `reason` says why it does."""
        ...

    async def close(self) -> None:
        """Hang up."""
        ...


class NoLink:
    """Nobody is listening."""

    async def send(self, kind: Payload, payload: Json, *, retry: int = 0, reason: str = "") -> Ack:  # noqa: ARG002 - the protocol's names
        """Fail as Slack does when the app cannot be reached."""
        return Ack(ok=False, reason="connection_failed")

    async def close(self) -> None:
        """Nothing to hang up."""
