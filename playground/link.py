"""The line to the app: what is sent down it and what an acknowledgement says."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from playground.model import Json

SLACK_WAITS_SECONDS = 3.0
"""What takes longer to acknowledge Slack gives up on, whatever the tuning lets pass."""

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


class Waits:
    """How long the app took to acknowledge each payload, on the real clock.

    The link that carries them writes it down; what was not acknowledged counts as long as it was waited for.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seconds: list[float] = []

    @contextmanager
    def one(self) -> Iterator[None]:
        """Wait for an acknowledgement in this block."""
        begun = self._clock()
        try:
            yield
        finally:
            self._seconds.append(self._clock() - begun)

    def told(self) -> Json:
        """How many payloads were sent, how many took longer than Slack waits, and the slowest's seconds."""
        late = sum(one >= SLACK_WAITS_SECONDS for one in self._seconds)
        return {"sent": len(self._seconds), "late": late, "slowest": max(self._seconds, default=0.0)}


class Link(Protocol):
    """Carries one payload to the app and waits for its acknowledgement, for as long as Slack does."""

    waits: Waits

    async def send(self, kind: Payload, payload: Json, *, retry: int = 0, reason: str = "") -> Ack:
        """Deliver once. `retry` counts from 1 for an event that comes again, `reason` says why it does."""
        ...

    async def close(self) -> None:
        """Hang up."""
        ...


class NoLink:
    """Nobody is listening."""

    def __init__(self) -> None:
        self.waits = Waits()

    async def send(self, kind: Payload, payload: Json, *, retry: int = 0, reason: str = "") -> Ack:  # noqa: ARG002 - the protocol's names
        """Fail as Slack does when the app cannot be reached."""
        return Ack(ok=False, reason="connection_failed")

    async def close(self) -> None:
        """Nothing to hang up."""
