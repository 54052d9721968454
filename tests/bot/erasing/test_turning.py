"""A consent that runs out on its day acts on that day, on everything that was told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.desk import Desk
from bot.erasing.turning import turn
from storage import customers, search
from stories.consent import Consent, Purpose
from tests.bot.erasing.conftest import Planted, slack_takes
from tests.conftest import NOW, WORKSPACE, SetClock

DAY = timedelta(days=1)


@pytest.fixture
def speaking(desk: Desk) -> Desk:
    desk.connections.speaks_for(WORKSPACE)  # type: ignore[attr-defined]  # one workspace's
    return desk


async def record(planted: Planted, purpose: Purpose, *, since: timedelta, until: timedelta | None) -> None:
    async with planted.database.begin() as session:
        said = Consent(
            customer_id=planted.customer_id,
            interview_id=None,
            purpose=purpose,
            recorded_by="U0PRIVACY",
            recorded_at=NOW,
            valid_from=NOW + since,
            valid_until=None if until is None else NOW + until,
        )
        await customers.record_consent(session, WORKSPACE, said)


async def states(planted: Planted) -> list[object]:
    return [row[0] for row in await planted.rows("SELECT state FROM stories ORDER BY id")]


async def test_on_the_day_it_runs_out_the_story_is_taken_back_everywhere(
    planted: Planted, speaking: Desk, clock: SetClock
) -> None:
    await slack_takes(planted.database)
    await record(planted, Purpose.WITH_NAME, since=timedelta(0), until=DAY)
    assert await turn(speaking, WORKSPACE) == 0
    assert await states(planted) == ["published", "published"]
    clock.advance(DAY)
    assert await turn(speaking, WORKSPACE) == 1
    assert await states(planted) == ["withdrawn", "published"]
    changes = await planted.rows("SELECT method FROM deliveries WHERE state = 'pending' ORDER BY method")
    assert changes == [("chat.delete",), ("chat.update",), ("chat.update",)], (
        "the shared story goes, the digest loses it, and the avatar its quote"
    )
    async with planted.database.read() as session:
        assert await search.find(session, WORKSPACE, "pelargonium") == ()
    assert await turn(speaking, WORKSPACE) == 0, "each turns once"


async def test_what_begins_later_to_hold_less_acts_on_its_day(
    planted: Planted, speaking: Desk, clock: SetClock
) -> None:
    await record(planted, Purpose.NOT_SHARED, since=2 * DAY, until=None)
    clock.advance(DAY)
    assert await turn(speaking, WORKSPACE) == 0
    clock.advance(DAY)
    assert await turn(speaking, WORKSPACE) == 1
    assert await states(planted) == ["withdrawn", "published"]


async def test_only_what_is_due_is_looked_at(planted: Planted) -> None:
    plans = []
    for moment in ("valid_until", "valid_from"):
        where = "valid_until IS NOT NULL" if moment == "valid_until" else "valid_from > recorded_at"
        rows = await planted.rows(
            f"EXPLAIN QUERY PLAN SELECT {moment} FROM consents WHERE workspace_id = 'T' AND {where} "
            f"AND {moment} > '2026' AND {moment} <= '2027' ORDER BY {moment} LIMIT 200"
        )
        plans.append(str(rows))
    assert "ix_consents_ending" in plans[0]
    assert "ix_consents_beginning" in plans[1]


async def test_a_clock_that_goes_back_makes_nothing_wait(
    planted: Planted, speaking: Desk, clock: SetClock
) -> None:
    clock.advance(30 * DAY)
    await record(planted, Purpose.WITH_NAME, since=timedelta(0), until=DAY)
    assert await turn(speaking, WORKSPACE) == 1
    clock.advance(-30 * DAY)
    assert await turn(speaking, WORKSPACE) == 0
    clock.advance(DAY)
    assert await turn(speaking, WORKSPACE) == 1
