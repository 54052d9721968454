"""A movement quotes comments that its channel has not just read, as long as there are others."""

from __future__ import annotations

from datetime import date, timedelta

from bot.nps.movement_voices import A_SIDE, chosen
from storage import nps_movements, routes
from storage.nps_answers import Answer
from storage.nps_follows import Cell
from storage.routes import Item
from stories.nps.change import compare
from stories.nps.counts import Counts
from stories.nps.watch import Movement
from tests.bot.nps.asking.conftest import Company
from tests.conftest import NOW, WORKSPACE

SUNDAY = date(2026, 11, 15)
BEFORE = Counts(detractors=1, passives=10, promoters=90)
AFTER = Counts(detractors=90, passives=10, promoters=1)


def moved(cell: Cell) -> Movement[Cell]:
    change = compare(BEFORE, AFTER)
    assert change is not None
    return Movement(segment=cell, week_end=SUNDAY, change=change)


async def test_none_comes_twice_within_a_season_where_others_said_something(empty: Company) -> None:
    comments = ["We waited four days for one invoice", "I never know whom to ring", "It broke twice", "Bad"]
    answers = [
        Answer(key=f"k{at}", score=2, at=NOW - timedelta(days=10), comment=one)
        for at, one in enumerate((*comments, *[""] * 60))
    ]
    await empty.take(answers)
    await empty.share_comments()
    async with empty.database.begin() as session:
        first = await chosen(session, WORKSPACE, "C1", moved(()))
        told = await nps_movements.tell(
            session, WORKSPACE, "C1", (), SUNDAY - timedelta(weeks=9), (BEFORE, AFTER), now=NOW
        )
        assert told is not None
        await nps_movements.quotes(session, WORKSPACE, told, first)
        second = await chosen(session, WORKSPACE, "C1", moved(()))
        assert len(first) == len(second) == A_SIDE
        assert not set(first) & set(second)
        assert await chosen(session, WORKSPACE, "C2", moved(())) == first, "another channel read none of it"
        brought = [Item(part=0, source_id=source, answer_key=key) for source, key in second]
        await routes.keep(session, WORKSPACE, "C1", [({}, 0)], brought, now=NOW)
        assert await chosen(session, WORKSPACE, "C1", moved(())) == first, "nobody said anything else"
