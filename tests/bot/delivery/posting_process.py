"""Workers in processes of their own, to be killed: each posts what is due and settles what is in doubt.

For each line on its standard input it starts one, and says which: all is imported once for all of them.
"""

from __future__ import annotations

import asyncio
import os
import sys
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


def start_when_asked() -> None:
    """A process for each line that comes, until none is to come; says its id."""
    for _line in sys.stdin:
        child = os.fork()
        if not child:
            sys.exit(asyncio.run(main()))
        print(child, flush=True)
        os.waitpid(child, 0)


if __name__ == "__main__":
    start_when_asked()
