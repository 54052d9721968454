"""How long delivery waits for what: one value, so that a trial can shorten all of it in step."""

from __future__ import annotations

from datetime import timedelta

from storage.sending import GRACE, LEASE
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a claim lasts, a call may take, and an unanswered post rests before anybody asks for it.

    `lease` has to be longer than `timeout` and `margin` (seconds) together: right before its call a post
    whose lease has less left is not made. `grace` has to be longer than Slack may take to carry out a call
    that was given up. `farewell` is how many seconds calls have to end when the process is to end. A process
    of a fleet tells every `heartbeat` seconds that it lives, and has its jobs taken over after `dead_after`
    without: posts are safe either way, as their leases are apart from this.
    Raises ValueError for a lease that allows no call, or a heart that is given up after two beats.
    """

    lease: timedelta = LEASE
    grace: timedelta = GRACE
    timeout: float = 10.0
    margin: float = 60.0
    farewell: float = 7.0
    heartbeat: float = 3.0
    dead_after: float = 12.0

    def __post_init__(self) -> None:
        if self.lease.total_seconds() <= self.timeout + self.margin:
            raise ValueError(f"a lease of {self.lease} leaves no time for a call of {self.timeout} s")
        if self.dead_after <= 2 * self.heartbeat:
            raise ValueError(
                f"{self.dead_after} s is too soon for a heart that beats every {self.heartbeat} s"
            )
