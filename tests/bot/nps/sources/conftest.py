"""A source that is pulled from a server of the test's own, without waiting for anything."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date

import pytest

from bot.guarded_addresses import Allowed
from bot.guarded_client import GuardedClient
from bot.nps.sources.pulling import Pulled, Puller
from bot.nps.sources.tools import checked, tool_of
from storage import nps_counts, nps_deeper, nps_sources
from storage.database import Database
from storage.nps_sources import Source
from stories.nps.counts import Counts
from tests.bot.nps.sources.server import Handler, Server, serving
from tests.conftest import WORKSPACE, SetClock

YEARS = (date(2020, 1, 1), date(2030, 1, 1))


@dataclass(slots=True)
class Tool:
    """A survey tool to pull from; `rested` are the pauses that were not waited out."""

    database: Database
    clock: SetClock
    server: Server
    source_id: int
    rested: list[float] = field(default_factory=list)

    async def pull(self) -> Pulled:
        async with GuardedClient(Allowed.of([self.server.place])) as client:

            async def rest(seconds: float) -> None:
                self.rested.append(seconds)

            puller = Puller(self.database, WORKSPACE, client, self.clock, rest=rest)
            return await puller.pull(await self.source())

    async def source(self) -> Source:
        async with self.database.read() as session:
            found = await nps_sources.get(session, WORKSPACE, self.source_id)
        assert found is not None
        return found

    async def total(self) -> Counts:
        async with self.database.read() as session:
            return await nps_counts.total(session, WORKSPACE, {}, *YEARS)

    async def comments(self) -> list[str]:
        async with self.database.begin() as session:
            await nps_sources.share_verbatims(session, WORKSPACE, self.source_id, shared=True)
            told = await nps_deeper.verbatims(session, WORKSPACE, {}, *YEARS, most=5)
        return [one.comment for one in told]


class Bench:
    """Makes tools."""

    def __init__(self, database: Database, clock: SetClock) -> None:
        self._database, self._clock = database, clock

    @asynccontextmanager
    async def tool(self, kind: str, handler: Handler, **settings: str) -> AsyncIterator[Tool]:
        async with serving(handler) as server:
            known = checked(tool_of(kind), {**settings, "host": server.url})
            async with self._database.begin() as session:
                source_id = await nps_sources.create(
                    session,
                    WORKSPACE,
                    kind=kind,
                    name=kind,
                    settings=dict(known),
                    secret="the key",
                    now=self._clock.now(),
                    due_at=self._clock.now(),
                )
            yield Tool(self._database, self._clock, server, source_id)


@pytest.fixture
def bench(database: Database, clock: SetClock) -> Bench:
    """A place to try survey tools."""
    return Bench(database, clock)
