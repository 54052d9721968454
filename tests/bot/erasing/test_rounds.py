"""At every tick erasures go on; once a minute each workspace is looked at, once a day what is old goes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.desk import Desk
from bot.erasing.rounds import Rounds
from storage import erasing
from storage.erasing import Step
from tests.bot.erasing.conftest import Planted, slack_takes
from tests.conftest import WORKSPACE, SetClock


@pytest.fixture
def rounds(desk: Desk) -> Rounds:
    desk.connections.speaks_for(WORKSPACE)  # type: ignore[attr-defined]  # one workspace's
    return Rounds(desk)


async def test_an_erasure_comes_to_its_end_by_itself(planted: Planted, rounds: Rounds) -> None:
    erasure_id = await planted.begin()
    for _ in range(4):
        await slack_takes(planted.database)
        await rounds.look()
    async with planted.database.read() as session:
        found = await erasing.get(session, WORKSPACE, erasure_id)
    assert found is not None
    assert found.step is Step.DONE


async def test_a_tick_with_nothing_to_do_asks_one_question(
    planted: Planted, rounds: Rounds, clock: SetClock
) -> None:
    asked: list[str] = []
    await rounds.look()
    engine = planted.database._engines[0].sync_engine
    event.listen(
        engine, "before_cursor_execute", lambda *said: asked.append(said[2]) if said[2] != "BEGIN" else None
    )
    await rounds.look()
    assert len(asked) == 1
    clock.advance(timedelta(minutes=1))
    await rounds.look()
    assert len(asked) <= 6
