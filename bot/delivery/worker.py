"""Keeping every outbox empty: one drain at a time for each workspace, side by side.

On SQLite all of it happens in this process. On PostgreSQL any number of processes share the workspaces (see
`bot.delivery.fleet`).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial

from bot.connections import NotConnected
from bot.delivery.drain import Drain
from bot.delivery.office import TROUBLE, Confirm, Office, Refused, open_office
from bot.delivery.patience import Patience
from bot.delivery.settling import Settler
from bot.desk import Desk
from storage import looking

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""How long the outbox rests between looks when nobody rings the bell."""

SETTLE_SECONDS = 5.0
"""How often posts in doubt are asked for while a long drain goes on."""


@asynccontextmanager
async def draining(
    desk: Desk,
    confirm: Confirm,
    refused: Refused,
    *,
    patience: Patience | None = None,
    pace_scale: float = 1.0,
) -> AsyncIterator[None]:
    """Keep the outboxes empty for the length of the block; calls that are being made are finished first.

    `patience` and `pace_scale` are for trials: how long things take, and how much faster Slack is.
    """
    async with open_office(desk, confirm, refused, patience=patience, pace_scale=pace_scale) as office:
        keeping = asyncio.create_task(_Here(office).keep())
        try:
            yield
        finally:
            office.stop()
            desk.wake_outbox()
            with suppress(asyncio.CancelledError):
                await keeping


async def work(office: Office, workspace_id: str) -> None:
    """Empty one workspace's outbox, and find out about its posts in doubt meanwhile.

    What goes wrong is logged: whoever looks next tries again.
    """
    done = asyncio.Event()
    settling = asyncio.create_task(_settle_until(done, office, workspace_id))
    try:
        await Drain(office, workspace_id).run()
    except NotConnected as lost:
        log.info("nothing is posted: %s", lost)
    except TROUBLE as error:
        log.warning("the outbox of %s waits for the database: %s", workspace_id, error)
    except Exception:
        # Without the outbox nothing is posted any more, and nothing taken back.
        log.exception("the outbox of %s stumbled and goes on", workspace_id)
    finally:
        done.set()
        if office.stopping:
            settling.cancel()
        with suppress(asyncio.CancelledError):
            await settling


async def ready(office: Office) -> tuple[str, ...]:
    """The workspaces with a live token in which there is something to do."""
    async with office.read() as session:
        found = await looking.with_work(session, office.patience.grace)
    connected = set(await office.desk.connections.workspaces()) if found else set()
    return tuple(workspace_id for workspace_id in found if workspace_id in connected)


async def until_rung(desk: Desk, seconds: float) -> None:
    """Wait until somebody planned a post, or so long."""
    with suppress(TimeoutError):
        await asyncio.wait_for(desk.bell.wait(), seconds)


async def _settle_until(done: asyncio.Event, office: Office, workspace_id: str) -> None:
    settler = Settler(office, workspace_id)
    while True:
        try:
            await settler.settle()
        except NotConnected:
            return
        except TROUBLE as error:
            log.warning("posts of %s in doubt wait for the database: %s", workspace_id, error)
        except Exception:
            log.exception("posts of %s in doubt cannot be asked for", workspace_id)
        if done.is_set():
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), SETTLE_SECONDS)
        if done.is_set():
            return


class _Here:
    """Drains every workspace in this process: the way on one machine."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._at_work: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()

    async def keep(self) -> None:
        """Until the office stops; what was begun is finished first."""
        bell = self._office.desk.bell
        while not self._office.stopping:
            bell.clear()
            try:
                await self._look()
            except TROUBLE as error:
                log.warning("the outbox waits for the database: %s", error)
            await until_rung(self._office.desk, LOOK_SECONDS)
        if self._at_work:
            await asyncio.wait(self._at_work.values())

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
