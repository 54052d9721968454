"""How often somebody may ask: so many at once, refilled evenly over a minute."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import field

from stories.values import dataclass

MOST_REMEMBERED = 20_000
"""Askers that are remembered; who asked longest ago is forgotten first, and begins anew."""


@dataclass(slots=True)
class Pace:
    """Each asker may ask `most` times within a minute. `seconds` is a clock that never goes back."""

    most: int
    seconds: Callable[[], float] = time.monotonic
    _left: OrderedDict[Hashable, tuple[float, float]] = field(default_factory=OrderedDict)

    def wait(self, asker: Hashable) -> float:
        """0 when this one may ask now (which counts), else the seconds until they may."""
        now = self.seconds()
        left, at = self._left.pop(asker, (float(self.most), now))
        left = min(float(self.most), left + (now - at) * self.most / 60)
        allowed = left >= 1
        self._left[asker] = (left - 1 if allowed else left, now)
        if len(self._left) > MOST_REMEMBERED:
            self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) * 60 / self.most
