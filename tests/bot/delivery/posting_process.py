"""A worker in a process of its own, to be killed: posts what is due and settles what is in doubt."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import SystemClock
from bot.connections import OneWorkspace
from bot.delivery.worker import draining
from bot.desk import Desk
from bot.settings import load_settings
from storage.database import open_database
from storage.sending import Claimed, Outcome


async def confirm(_: AsyncSession, claimed: Sequence[Claimed]) -> dict[int, dict[str, Any] | None]:
    return {one.id: one.payload for one in claimed}


async def refused(_: AsyncSession, claimed: Claimed, outcome: Outcome) -> None:
    raise AssertionError(f"{claimed.id} was refused: {outcome.error}")


async def main() -> None:
    settings = load_settings()
    connection = OneWorkspace(settings)
    connection.speaks_for(os.environ["WORKSPACE"])
    database = open_database(settings.database_url, settings.keyring())
    desk = Desk(settings, database, SystemClock(), connection)
    async with draining(desk, confirm, refused, pace_scale=100_000):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
