"""Work that is rarely there: after a look that found none, a workspace is left alone for a while."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from bot.desk import Desk
from bot.looping import in_each

Look = Callable[[Desk, str], Awaitable[int]]
"""Does some of the work of a workspace; tells how much there was."""

REST_SECONDS = 30.0


class Seldom:
    """The looks of one process. `seconds` is a clock that never goes back."""

    def __init__(self, desk: Desk, look: Look, seconds: Callable[[], float] = time.monotonic) -> None:
        self._desk, self._look, self._seconds = desk, look, seconds
        self._resting: dict[str, float] = {}

    async def look(self) -> None:
        """Look where it is time to. To be called at every tick."""
        await in_each(self._desk.connections.workspaces, self._at)()

    async def _at(self, workspace_id: str) -> None:
        if self._resting.get(workspace_id, 0.0) > self._seconds():
            return
        if not await self._look(self._desk, workspace_id):
            self._resting[workspace_id] = self._seconds() + REST_SECONDS
