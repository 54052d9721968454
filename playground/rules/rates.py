"""How often each method may be called: https://docs.slack.dev/apis/web-api/rate-limits

A bucket a method holds what its tier allows in a minute and refills evenly; posting has one bucket a
channel (one a second, short bursts pass) and one for the workspace (several hundred a minute).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from playground.errors import SlackError

TIER_PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
#: Method → tier, as its reference page says; those in SPECIAL and FREE are apart.
TIERS: dict[str, int] = {
    "apps.uninstall": 1,
    "auth.revoke": 3,
    "auth.teams.list": 2,
    "bots.info": 3,
    "chat.deleteScheduledMessage": 3,
    "chat.scheduleMessage": 3,
    "chat.scheduledMessages.list": 3,
    "team.info": 3,
    "users.lookupByEmail": 3,
    "chat.update": 3,
    "chat.delete": 3,
    "conversations.history": 3,
    "conversations.replies": 3,
    "conversations.info": 3,
    "conversations.open": 3,
    "conversations.join": 3,
    "conversations.leave": 3,
    "conversations.list": 2,
    "conversations.members": 4,
    "files.completeUploadExternal": 4,
    "files.getUploadURLExternal": 4,
    "files.info": 4,
    "files.delete": 3,
    "files.list": 3,
    "oauth.v2.access": 4,
    "oauth.v2.exchange": 3,
    "openid.connect.token": 4,
    "openid.connect.userInfo": 3,
    "pins.add": 2,
    "pins.list": 2,
    "pins.remove": 2,
    "reactions.add": 3,
    "reactions.get": 3,
    "reactions.remove": 2,
    "users.conversations": 3,
    "users.info": 4,
    "users.list": 2,
    "views.open": 4,
    "views.publish": 4,
    "views.push": 4,
    "views.update": 4,
}
#: Calls a minute for methods with limits of their own. Slack allows ten sockets: ten in a burst pass.
SPECIAL = {"apps.connections.open": 10, "chat.postEphemeral": 100, "auth.test": 600, "api.test": 600}
#: What is left of these methods to apps sold outside the Marketplace, a minute; and how many items a call.
COMMERCIAL = {"conversations.history": 1, "conversations.replies": 1}
COMMERCIAL_ITEMS = 15
CHANNEL_BURST, CHANNEL_PER_SECOND = 5.0, 1.0
WORKSPACE_PER_MINUTE = 300.0
FALLBACK_TIER = 3


class Rates:
    """Token buckets. `scale` multiplies what is allowed; `now` answers monotonic seconds.

    `commercial` holds an app to what apps sold outside the Marketplace may read.
    """

    def __init__(
        self,
        enabled: bool,
        scale: float,
        now: Callable[[], float] = time.monotonic,
        *,
        commercial: bool = False,
    ) -> None:
        self._slowed = COMMERCIAL if commercial else {}
        self.enabled = enabled
        self.scale = scale
        self._now = now
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}

    def spend(self, method: str, token: str) -> None:
        """Count one call of `method`; raises ratelimited with `Retry-After` (whole seconds) when over."""
        if not self.enabled or method == "chat.postMessage":
            return
        per_minute = (
            self._slowed.get(method)
            or SPECIAL.get(method)
            or TIER_PER_MINUTE[TIERS.get(method, FALLBACK_TIER)]
        )
        self._take((method, token), float(per_minute), per_minute / 60)

    def spend_post(self, channel_id: str, token: str) -> None:
        """Count one message to a channel; raises ratelimited when the channel or the workspace is over."""
        if not self.enabled:
            return
        self._take(("channel", channel_id), CHANNEL_BURST, CHANNEL_PER_SECOND)
        self._take(("workspace", token), WORKSPACE_PER_MINUTE, WORKSPACE_PER_MINUTE / 60)

    def forget(self) -> None:
        """Start every bucket full again."""
        self._buckets.clear()

    def _take(self, key: tuple[str, str], capacity: float, per_second: float) -> None:
        capacity, per_second = max(1.0, capacity * self.scale), per_second * self.scale
        now = self._now()
        level, at = self._buckets.get(key, (capacity, now))
        level = min(capacity, level + (now - at) * per_second)
        if level < 1:
            self._buckets[key] = (level, now)
            wait = max(1, math.ceil((1 - level) / per_second))
            raise SlackError("ratelimited", status=429, headers={"Retry-After": str(wait)})
        self._buckets[key] = (level - 1, now)
