"""Days as people write them."""

from __future__ import annotations

from stories.speaking import day as day
from stories.speaking import weekday as weekday
