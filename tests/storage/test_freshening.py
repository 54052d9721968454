from __future__ import annotations

from sqlalchemy import text

from storage.database import Database
from storage.freshening import freshen
from tests.storage.test_candidates import story


async def test_statistics_follow_what_is_stored(database: Database) -> None:
    async with database.begin() as session:
        for number in range(3):
            await story(session, number)
    await freshen(database)
    async with database.read() as session:
        rows = await session.execute(text("SELECT stat FROM sqlite_stat1 WHERE tbl = 'stories'"))
        assert {int(stat.split()[0]) for (stat,) in rows} == {3}
