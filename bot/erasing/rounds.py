"""What taking back does by itself at every tick: erasures go on, consents turn, what is old goes."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import partial

from slack_sdk.errors import SlackClientError

from bot.desk import Desk
from bot.erasing.handing import delete_due
from bot.erasing.retaining import A_DAY, let_go
from bot.erasing.turning import turn
from bot.erasing.work import Worker, carry_on
from bot.log_ids import each
from bot.looping import went_well
from storage import erasing

log = logging.getLogger(__name__)

BETWEEN = timedelta(minutes=1)
"""How often each workspace is looked at: with thousands of them, more would cost as much as all posts do."""


class Rounds:
    """The looks of one process. What must survive it is in the database: this only spares looks in vain."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._last: datetime | None = None
        self._next_day: dict[str, datetime] = {}

    async def look(self) -> None:
        """To be called at every tick. What goes wrong in one workspace stops no other."""
        now = self._desk.now()
        async with self._desk.read() as session:
            erased = await erasing.with_unfinished(session)
        for workspace_id in each(set(await self._desk.connections.workspaces()) & erased):
            worker = Worker(database=self._desk.database, now=self._desk.now, desk=self._desk)
            await carry_on(worker, workspace_id)
        if self._last is not None and timedelta(0) <= now - self._last < BETWEEN:
            return
        self._last = now
        for workspace_id in each(await self._desk.connections.workspaces()):
            if self._desk.stopping.is_set():
                return
            what = f"what follows consents and what is old in {workspace_id}"
            await went_well(what, partial(self._workspace, workspace_id, now))

    async def _workspace(self, workspace_id: str, now: datetime) -> None:
        if await turn(self._desk, workspace_id):
            self._desk.wake_outbox()
        try:
            await delete_due(self._desk, workspace_id)
        except SlackClientError as trouble:
            log.warning("files handed out in %s are deleted later: %s", workspace_id, trouble)
        next_day = self._next_day.get(workspace_id)
        if next_day is None or not next_day - A_DAY <= now < next_day:
            await let_go(self._desk, workspace_id)
            self._next_day[workspace_id] = now + A_DAY
