"""A workspace with one source of answers, on both databases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import nps_answers, nps_rebuild, nps_sources
from storage.database import Database
from storage.nps_answers import Answer, Taken
from storage.rows import table_of
from storage.tables_nps import NpsDayRow, NpsWeekRow
from stories.nps.counts import Counts
from tests.conftest import NOW, WORKSPACE

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
"""A Monday."""


@dataclass(frozen=True, slots=True)
class Shop:
    """A database with a source in it."""

    database: Database
    source_id: int

    async def take(self, *batch: Answer) -> Taken:
        """Take these in, in a transaction of their own."""
        async with self.database.begin() as session:
            return await nps_answers.take_in(session, WORKSPACE, self.source_id, batch)

    async def kept(self) -> list[tuple[Any, ...]]:
        """Every row of the counts."""
        async with self.database.read() as session:
            return await counts_of(session)

    async def rebuilt(self) -> list[tuple[Any, ...]]:
        """Every row of the counts after they were reckoned anew."""
        async with self.database.begin() as session:
            await nps_rebuild.rebuild(session, WORKSPACE)
            return await counts_of(session)


@pytest.fixture
async def shop(database: Database) -> Shop:
    """On SQLite."""
    return await _shop(database)


@pytest.fixture
async def either_shop(either: Database) -> Shop:
    """On either kind of database."""
    return await _shop(either)


async def _shop(database: Database) -> Shop:
    async with database.begin() as session:
        source_id = await nps_sources.create(session, WORKSPACE, kind="file", name="answers", now=NOW)
    return Shop(database, source_id)


async def counts_of(session: AsyncSession) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for kept in (NpsDayRow, NpsWeekRow):
        table = table_of(kept)
        rows = await session.execute(select(table).order_by(*table.primary_key))
        found += [tuple(row) for row in rows]
    return found


def answer(key: str, score: int, day: int = 0, /, **more: Any) -> Answer:
    """An answer so many days after START; keywords that Answer does not have are properties."""
    own = {name: more.pop(name) for name in ("comment", "person_key", "at", "day") if name in more}
    own.setdefault("at", START + timedelta(days=day))
    return Answer(key=key, score=score, properties=more, **own)


def counts(promoters: int, passives: int, detractors: int) -> Counts:
    return Counts(promoters=promoters, passives=passives, detractors=detractors)


def span(first: int, last: int) -> tuple[date, date]:
    """The days from so many to so many after START."""
    return (START + timedelta(days=first)).date(), (START + timedelta(days=last)).date()
