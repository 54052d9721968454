"""App Home costs the same however much has happened here."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from bot.colleagues import Colleague
from bot.home_gathering import gather
from storage.database import Database
from tests.conftest import NOW, WORKSPACE
from tests.storage.test_homes import DAY, publish, take_on, write


@pytest.mark.parametrize("history", [1, 40])
async def test_a_home_takes_as_many_queries_however_long_the_history(
    database: Database, history: int
) -> None:
    async with database.begin() as session:
        for number in range(history):
            story_id = await write(session, number)
            await publish(session, story_id, after=number)
            await take_on(session, story_id, "U1", DAY)
    who = Colleague(user_id="U1", name="", time_zone="UTC", locale="en", admin=False, guest=False)
    asked: list[str] = []
    async with database.read() as session:
        connection = await session.connection()
        event.listen(
            connection.sync_connection, "before_cursor_execute", lambda *said: asked.append(str(said[2]))
        )
        await gather(session, WORKSPACE, who, NOW)
    assert len(asked) <= 31, asked
