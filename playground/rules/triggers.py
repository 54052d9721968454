"""Trigger ids: each lives three seconds and opens one view.

https://docs.slack.dev/interactivity/handling-user-interaction
"""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from zlib import crc32

from playground.errors import SlackError

_SHAPE = re.compile(r"\d+\.\d+\.[0-9a-f]+")
_REMEMBERED_SECONDS = 600.0


@dataclass(slots=True)
class Trigger:
    """Who did something, when (real seconds) and where; `view_id` when it was in a modal."""

    id: str
    user_id: str
    made: float
    view_id: str = ""
    channel_id: str = ""
    is_spent: bool = False


class Triggers:
    """Issues trigger ids and exchanges each once.

    `seconds` is how long one lives; `now` answers seconds since 1970, which mean the same after a
    restart; `changed` is told the id of each that is made, spent or forgotten.
    """

    def __init__(
        self,
        random: Random,
        team_id: str,
        seconds: float,
        now: Callable[[], float] = time.time,
        *,
        changed: Callable[[str], None] = lambda _key: None,
    ) -> None:
        self._random = random
        self._team = str(crc32(team_id.encode()))
        self._now = now
        self._changed = changed
        self._all: dict[str, Trigger] = {}
        self._order: deque[Trigger] = deque()
        self.seconds = seconds

    def issue(self, user_id: str, *, view_id: str = "", channel_id: str = "") -> str:
        """Make a trigger for something that person has just done."""
        now = self._now()
        while self._order and now - self._order[0].made > _REMEMBERED_SECONDS:
            forgotten = self._order.popleft().id
            self._all.pop(forgotten, None)
            self._changed(forgotten)
        trigger_id = (
            f"{self._random.randrange(10**12, 10**13)}.{self._team}.{self._random.randbytes(16).hex()}"
        )
        self.put(Trigger(trigger_id, user_id, now, view_id, channel_id))
        self._changed(trigger_id)
        return trigger_id

    def put(self, trigger: Trigger) -> None:
        """Know this trigger, the newest of all."""
        self._all[trigger.id] = trigger
        self._order.append(trigger)

    def known(self, trigger_id: str) -> Trigger | None:
        """The trigger with that id, spent or not; None when there was none in the last ten minutes."""
        return self._all.get(trigger_id)

    def spend(self, trigger_id: object) -> Trigger:
        """Exchange a trigger; raises invalid_trigger_id, exchanged_trigger_id or expired_trigger_id."""
        if not isinstance(trigger_id, str) or not _SHAPE.fullmatch(trigger_id):
            raise SlackError("invalid_trigger_id")
        trigger = self._all.get(trigger_id)
        if trigger is None:
            raise SlackError("expired_trigger_id")
        if trigger.is_spent:
            raise SlackError("exchanged_trigger_id")
        if self._now() - trigger.made > self.seconds:
            raise SlackError("expired_trigger_id")
        trigger.is_spent = True
        self._changed(trigger_id)
        return trigger
