"""The workspace's clock: real time plus an offset that people can set, and timestamps that only grow."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class WorkspaceClock:
    """`real` answers seconds since 1970 and is handed in by tests."""

    def __init__(self, real: Callable[[], float] = time.time) -> None:
        self._real = real
        self._last_micros = 0
        self.offset = 0.0

    def now(self) -> datetime:
        """The workspace's time, aware, UTC."""
        return datetime.fromtimestamp(self.seconds(), UTC)

    def seconds(self) -> float:
        """The workspace's time in seconds since 1970."""
        return self._real() + self.offset

    def real_seconds(self) -> float:
        """Real time in seconds since 1970: signatures and limits follow it, not the people's clock."""
        return self._real()

    def set(self, when: datetime) -> None:
        """Make it `when` (aware) now; time goes on from there."""
        if when.tzinfo is None:
            raise ValueError("The clock is set with a time zone, such as 2026-03-02T09:00+00:00.")
        self.offset = when.timestamp() - self._real()

    def advance(self, by: timedelta) -> None:
        """Jump by that much; negative goes back, yet timestamps of messages never do."""
        self.offset += by.total_seconds()

    def pass_by(self, stamp: str) -> None:
        """Let every later timestamp be greater than this one."""
        seconds, _, micros = stamp.partition(".")
        self._last_micros = max(self._last_micros, int(seconds) * 1_000_000 + int(micros or 0))

    def stamp(self) -> str:
        """A message timestamp (`seconds.micros`), greater than every earlier one."""
        micros = max(self._last_micros + 1, int(self.seconds() * 1_000_000))
        self._last_micros = micros
        return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"
