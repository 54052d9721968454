"""The record of how long the app took to acknowledge: late from Slack's three seconds on."""

from __future__ import annotations

from contextlib import suppress

from playground.link import Waits


def test_what_takes_three_seconds_is_late_and_so_is_what_never_comes() -> None:
    moments = iter((0.0, 0.2, 1.0, 4.0, 5.0, 9.0))
    waits = Waits(clock=lambda: next(moments))
    assert waits.told() == {"sent": 0, "late": 0, "slowest": 0.0}
    for trouble in (None, None, TimeoutError()):
        with suppress(TimeoutError), waits.one():
            if trouble is not None:
                raise trouble
    assert waits.told() == {"sent": 3, "late": 2, "slowest": 4.0}
