"""Draining every workspace in this process: the way on one machine."""

from __future__ import annotations

import asyncio
import logging
from functools import partial

from bot.delivery.office import TROUBLE, Office
from bot.delivery.working import LOOK_SECONDS, OUTBOX, WAITING, ready, until_rung, work
from bot.log_ids import one_round

log = logging.getLogger(__name__)


class Here:
    """One task for each workspace that has something to do; the office says what they may do at once."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._at_work: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()

    async def keep(self) -> None:
        """Until the office stops; what was begun is finished first."""
        bell = self._office.desk.bell
        while not self._office.stopping:
            bell.clear()
            self._office.desk.health.beat(OUTBOX)
            with one_round("outbox"):
                await self._safely_look()
            await until_rung(self._office.desk, LOOK_SECONDS)
        if self._at_work:
            await asyncio.wait(self._at_work.values())

    async def _safely_look(self) -> None:
        try:
            await self._look()
            self._office.desk.health.beat(WAITING)
        except TROUBLE as error:
            log.warning("the outbox waits for the database: %s", error)
        except Exception:
            # Without this look nothing is posted any more.
            log.exception("looking into the outboxes stumbled and goes on")

    async def _look(self) -> None:
        for workspace_id in await ready(self._office):
            if workspace_id in self._at_work:
                self._again.add(workspace_id)
                continue
            task = asyncio.create_task(work(self._office, workspace_id))
            self._at_work[workspace_id] = task
            task.add_done_callback(partial(self._end, workspace_id))

    def _end(self, workspace_id: str, _task: asyncio.Task[None]) -> None:
        """What was planned while a drain came to its end is looked for at once."""
        del self._at_work[workspace_id]
        if workspace_id in self._again:
            self._again.discard(workspace_id)
            self._office.desk.wake_outbox()
