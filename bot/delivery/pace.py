"""Slack's pace for one workspace, kept locally: token buckets, and what Slack asked to be left alone.

https://docs.slack.dev/apis/web-api/rate-limits: posting is held to about one message a second in a channel,
short bursts passing, and several hundred a minute in a workspace; other methods to their tier. One drain at a
time works for a workspace, so its buckets can be kept in its own process.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping

from storage.deliveries import DELETE, POST, UPDATE
from storage.looking import Waiting
from storage.sending import Claimed
from stories.trackers import tracker_in
from stories.values import dataclass

CHANNEL_BURST, CHANNEL_PER_SECOND = 4.0, 1.0
"""Messages to one channel: how many pass at once, and how many a second after that."""

WORKSPACE_BURST, WORKSPACE_PER_MINUTE = 295.0, 300.0
"""Messages in a workspace. Calls do not arrive in the order in which they are made: a few are kept back."""

METHOD_PER_MINUTE = {UPDATE: 50.0, DELETE: 50.0}
"""Tier 3, for each method by itself."""

METHOD_SLACK = 2.0
"""So many of a method's minute are kept back, for the same reason."""

SAME_TROUBLE_SECONDS = 5.0
"""Two channels that are refused within this time are refused for the workspace's sake."""

MOST_KNOWN = 5_000

Call = Waiting | Claimed


class Bucket:
    """Holds up to `capacity` tokens and refills evenly; told to rest, it has one token after that."""

    __slots__ = ("_at", "_capacity", "_level", "_per_second", "rests_until")

    def __init__(self, capacity: float, per_second: float, now: float) -> None:
        self._capacity, self._per_second = capacity, per_second
        self._level, self._at = capacity, now
        self.rests_until = 0.0

    def wait(self, now: float) -> float:
        """Seconds until there is a token; 0 when there is one."""
        if now < self.rests_until:
            return self.rests_until - now
        self._refill(now)
        return max(0.0, (1.0 - self._level) / self._per_second)

    def take(self, now: float) -> None:
        """Use one token; to be asked for with `wait` before."""
        self._refill(now)
        self._level -= 1.0

    def rest(self, until: float) -> None:
        """Have no token before then, and one at that moment."""
        self.rests_until = max(until, self.rests_until)
        self._level, self._at = 1.0, self.rests_until

    def is_full(self, now: float) -> bool:
        """Whether it would be the same if it were made anew."""
        self._refill(now)
        return now >= self.rests_until and self._level >= self._capacity

    def _refill(self, now: float) -> None:
        if now > self._at:
            self._level = min(self._capacity, self._level + (now - self._at) * self._per_second)
            self._at = now


@dataclass(frozen=True, slots=True)
class Limited:
    """What Slack meant by a 429: `what` is a channel, a method, or None for the whole workspace."""

    what: str | None

    @property
    def scope(self) -> str:
        """What kind of thing was limited: workspace, method or channel."""
        if self.what is None:
            return "workspace"
        return "method" if "." in self.what else "channel"


class Pace:
    """What may be called now in one workspace.

    `scale` multiplies what is allowed, for trials against a Slack with another pace; `seconds` is a clock
    that never goes back.
    """

    def __init__(
        self, workspace_id: str, *, scale: float = 1.0, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._workspace_id, self._scale, self._seconds = workspace_id, scale, seconds
        now = seconds()
        self._workspace = Bucket(WORKSPACE_BURST * scale, WORKSPACE_PER_MINUTE * scale / 60, now)
        self._methods = {
            method: Bucket((many - METHOD_SLACK) * scale, many * scale / 60, now)
            for method, many in METHOD_PER_MINUTE.items()
        }
        self._channels: dict[str, Bucket] = {}
        self._refused: dict[str, float] = {}

    def remember(self, resting: Mapping[str, float]) -> None:
        """Heed what is still to be left alone: seconds by channel, method or the workspace's own id."""
        now = self._seconds()
        for what, seconds in resting.items():
            bucket = self._workspace if what == self._workspace_id else self._bucket(what, now)
            bucket.rest(now + seconds)

    def take(self, call: Call) -> bool:
        """Use up what this call takes, if it may be made now; tells whether it may."""
        now = self._seconds()
        buckets = self._buckets(call, now)
        if any(bucket.wait(now) > 0 for bucket in buckets):
            return False
        for bucket in buckets:
            bucket.take(now)
        return True

    def wait(self) -> float:
        """Seconds until something may be called that may not be called now; 0 when nothing is held back."""
        now = self._seconds()
        buckets = (self._workspace, *self._methods.values(), *self._channels.values())
        waits = [wait for bucket in buckets if (wait := bucket.wait(now)) > 0]
        return min(waits, default=0.0)

    def held(self) -> tuple[str, ...]:
        """Channels and methods that may not be called now; posting itself when the workspace has to wait."""
        now = self._seconds()
        known: Iterable[tuple[str, Bucket]]
        known = (*self._channels.items(), *self._methods.items(), (POST, self._workspace))
        return tuple(what for what, bucket in known if bucket.wait(now) > 0)

    def rest(self, seconds: float) -> None:
        """Leave the whole workspace alone for so long: Slack cannot be reached."""
        self._workspace.rest(self._seconds() + seconds)

    def refused(self, call: Call, seconds: float) -> Limited:
        """Slack answered 429: rest as long as it says; tells what has to rest.

        It does not say whether the channel or the workspace was called too often. The first refusal is taken
        for the channel's; one in a second channel soon after is the workspace's. A tracker (docs/trackers.md)
        rests by itself.
        """
        now = self._seconds()
        if tracker_in(call.channel_id) is not None:
            self._bucket(call.channel_id, now).rest(now + seconds)
            return Limited(call.channel_id)
        if call.method != POST:
            self._bucket(call.method, now).rest(now + seconds)
            return Limited(call.method)
        self._refused = {c: at for c, at in self._refused.items() if now - at < SAME_TROUBLE_SECONDS}
        self._refused[call.channel_id] = now
        if len(self._refused) > 1:
            self._workspace.rest(now + seconds)
            return Limited(None)
        self._bucket(call.channel_id, now).rest(now + seconds)
        return Limited(call.channel_id)

    def _buckets(self, call: Call, now: float) -> tuple[Bucket, ...]:
        if tracker_in(call.channel_id) is not None:
            return (self._bucket(call.channel_id, now),)
        if call.method != POST:
            return (self._bucket(call.method, now),)
        return (self._bucket(call.channel_id, now), self._workspace)

    def _bucket(self, what: str, now: float) -> Bucket:
        known = self._methods.get(what) or self._channels.get(what)
        if known is None:
            if len(self._channels) >= MOST_KNOWN:
                self._channels = {c: b for c, b in self._channels.items() if not b.is_full(now)}
            known = self._channels[what] = Bucket(
                CHANNEL_BURST * self._scale, CHANNEL_PER_SECOND * self._scale, now
            )
        return known
