"""What every listener and job works with: settings, database, clock, and the bell that wakes the outbox."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.colleagues import Colleagues
from bot.connections import Connections
from bot.health import Health
from bot.once import doing
from bot.search_shelves import Shelves
from bot.settings import Settings
from bot.tongues import Tongues
from storage.database import Database
from stories.values import dataclass

PATIENCE_SECONDS = 1.8
"""How long a person's click waits for the database: Slack gives up after three seconds."""


BACKGROUND_AT_ONCE = 2
"""Pieces of work that nobody waits for, at a time."""

HOMES_AT_ONCE = 3
"""App Homes that are read from the database at a time: the others wait, and leave room for clicks."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Handed to listeners as the argument `desk`."""

    settings: Settings
    database: Database
    clock: Clock
    connections: Connections
    colleagues: Colleagues = field(default_factory=Colleagues)
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    health: Health = field(default_factory=Health)
    refused: Counter[str] = field(default_factory=Counter)
    homes_due: set[tuple[str, str]] = field(default_factory=set)
    homes_unopened: dict[tuple[str, str], float] = field(default_factory=dict)
    homes_opening: Counter[tuple[str, str]] = field(default_factory=Counter)
    homes_making: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(HOMES_AT_ONCE))
    tongues: Tongues = field(default_factory=Tongues)
    shelves: Shelves = field(default_factory=Shelves)
    background: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(BACKGROUND_AT_ONCE))

    def now(self) -> datetime:
        """The moment by the clock that was handed in."""
        return self.clock.now()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """A transaction for somebody who is waiting. Raises TimeoutError when it takes too long.

        Raises DoneBefore for what Slack has handed over before (see `bot.once`).
        """
        asked = doing()
        async with asyncio.timeout(PATIENCE_SECONDS), self.database.begin() as session:
            if asked is not None:
                await asked.keep(session, self.now())
            yield session
        if asked is not None:
            asked.is_kept = True

    @asynccontextmanager
    async def step(self) -> AsyncIterator[AsyncSession]:
        """Like `begin`, for a step that keeps one thing (see `storage.database.Database.step`)."""
        async with asyncio.timeout(PATIENCE_SECONDS), self.database.step() as session:
            yield session

    def read(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session for reading alone."""
        return self.database.read()

    def wake_outbox(self) -> None:
        """Have planned posts looked at now rather than at the next tick."""
        self.bell.set()
