"""Keeping every outbox empty: one drain at a time for each workspace, side by side.

On SQLite all of it happens in this process. On PostgreSQL any number of processes share the workspaces.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Protocol

from bot.delivery.here import Here
from bot.delivery.office import Confirm, Office, Refused, open_office
from bot.delivery.patience import Patience
from bot.delivery.working import OUTBOX, WAITING
from bot.desk import Desk

OUTBOX_SECONDS = 120.0
"""How long nobody may look into the outbox before something is stuck."""


class Keeper(Protocol):
    """Keeps outboxes empty until its office stops."""

    async def keep(self) -> None:
        """Come to an end only after the office was stopped, with what was begun finished."""
        ...


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
    desk.health.expect(OUTBOX, OUTBOX_SECONDS, vital=True)
    # Starting anew mends no database: this one is not vital.
    desk.health.expect(WAITING, OUTBOX_SECONDS, vital=False)
    async with open_office(desk, confirm, refused, patience=patience, pace_scale=pace_scale) as office:
        keeping = asyncio.create_task(_keeper(office).keep())
        stopping = asyncio.create_task(_stop_when_told(office))
        try:
            yield
        finally:
            stopping.cancel()
            office.stop()
            desk.wake_outbox()
            with suppress(asyncio.CancelledError):
                await keeping


async def _stop_when_told(office: Office) -> None:
    """Calls that are being made end while the other parts of the process do."""
    await office.desk.stopping.wait()
    office.stop()
    office.desk.wake_outbox()


def _keeper(office: Office) -> Keeper:
    if office.desk.database.embedded:
        return Here(office)
    # SQLite has no use for the engine, and starts faster without it.
    from bot.delivery.fleet import Fleet

    return Fleet(office)
