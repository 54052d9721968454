"""Talk on its way to a window: held in memory alone, by channel, and forgotten once the window closes."""

from __future__ import annotations

from collections import deque
from dataclasses import field

from stories.drift.talk import WINDOW, is_content, plain
from stories.values import dataclass

LONGEST = 2000
"""Characters of a message that count; a paste that is longer says no more of what the talk is about."""

KNOWN_AGAIN = 32
"""How many messages of a channel are known again when Slack tells of them twice."""

Place = tuple[str, str]
"""A workspace's id and a channel's."""


@dataclass(slots=True)
class _Open:
    said: list[str] = field(default_factory=list)
    met: deque[str] = field(default_factory=lambda: deque(maxlen=KNOWN_AGAIN))


class Gathering:
    """The open windows of all watched channels of this process."""

    def __init__(self) -> None:
        self._open: dict[Place, _Open] = {}

    def __len__(self) -> int:
        return len(self._open)

    def add(self, place: Place, stamp: str, text: str) -> tuple[str, ...] | None:
        """Take in a message as Slack sends it; the window of 8 content messages that it closes, if any.

        `stamp` is the message's own: the same one counts once. Too short ones count for nothing.
        """
        said = plain(text[:LONGEST])
        if not is_content(said):
            return None
        window = self._open.setdefault(place, _Open())
        if stamp in window.met:
            return None
        window.met.append(stamp)
        window.said.append(said)
        if len(window.said) < WINDOW:
            return None
        closed = tuple(window.said)
        window.said.clear()
        return closed

    def forget(self, place: Place) -> None:
        """Drop what was gathered there."""
        self._open.pop(place, None)
