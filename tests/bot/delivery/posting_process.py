"""A worker in a process of its own, to be killed: posts what is due and settles what is in doubt."""

from __future__ import annotations

import asyncio
import os
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import SystemClock
from bot.connections import OneWorkspace
from bot.delivery.calling import posting_client
from bot.delivery.worker import Worker
from bot.desk import Desk
from bot.settings import load_settings
from storage.database import open_database
from storage.sending import Claimed, Outcome


async def confirm(_: AsyncSession, claimed: Claimed) -> dict[str, Any]:
    return claimed.payload


async def refused(_: AsyncSession, claimed: Claimed, outcome: Outcome) -> None:
    raise AssertionError(f"{claimed.id} was refused: {outcome.error}")


async def main() -> None:
    settings = load_settings()
    desk = Desk(
        settings,
        open_database(settings.database_url, settings.keyring()),
        SystemClock(),
        OneWorkspace(settings),
    )
    async with posting_client(settings) as client:
        worker = Worker(desk, client, os.environ["WORKSPACE"], confirm, refused)
        while True:
            await worker.drain()
            await worker.settle()
            await asyncio.sleep(0.02)


if __name__ == "__main__":
    asyncio.run(main())
