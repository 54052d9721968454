"""NPS of a kind of customer is a turn only where it moved by more than chance, among enough people."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.series import trends
from storage import nps_answers, nps_sources, series_around
from storage.database import Database
from storage.nps_answers import Answer
from stories.series.episodes import AT_FIRST
from stories.series.seasons import Followed, Season, SeasonState
from tests.conftest import NOW, WORKSPACE

LAST = date(2026, 11, 15)
"""The Sunday before NOW."""

SEASON = Season(
    id=1,
    number=1,
    title="A year",
    state=SeasonState.RUNNING,
    begins_on=date(2026, 1, 1),
    ends_on=date(2026, 12, 31),
    every_days=14,
    next_on=None,
    shape=AT_FIRST,
    opened_at=NOW - timedelta(days=300),
    opened_by="U1",
    followed=(Followed(customer_id=1, who="Maya", segment="bakeries", added_at=NOW, agreed=True),),
)


async def answered(session: AsyncSession, kind: str, before: list[int], after: list[int], times: int) -> None:
    """So many of each of these scores in each of the thirteen weeks of both stretches, and long before."""
    source = await nps_sources.create(session, WORKSPACE, kind="file", name=f"of {kind}", now=NOW)
    first = LAST - timedelta(days=2 * trends.DAYS - 1)
    weeks = [(first - timedelta(days=7 * back), before) for back in range(1, 9)]
    weeks += [(first + timedelta(days=7 * week), before if week < 13 else after) for week in range(26)]
    given = [
        Answer(
            key=f"{day}-{at}-{number}",
            score=score,
            at=datetime.combine(day, time(12), UTC),
            properties={"Kind": kind},
        )
        for day, scores in weeks
        for at, score in enumerate(scores)
        for number in range(times)
    ]
    await nps_answers.take_in(session, WORKSPACE, source, given)


@pytest.mark.parametrize(
    ("after", "times", "told"),
    [([9, 9, 9, 4, 7], 3, True), ([9, 4, 4, 7, 7], 3, False), ([9, 9, 9, 4, 7], 0, False)],
)
async def test_it_is_told_of_enough_people_and_of_more_than_chance(
    database: Database, after: list[int], times: int, told: bool
) -> None:
    async with database.begin() as session:
        await answered(session, "Bakeries", [9, 4, 4, 7, 7], after, times)
        await answered(session, "Vans", [9, 4, 7, 7, 9], [9, 4, 7, 7, 9], 3)
        await trends.keep(session, WORKSPACE, SEASON, NOW)
        found = await series_around.trends(session, WORKSPACE, NOW.date(), ())
    assert bool(found) is told
    if told:
        (one,) = found
        assert (one.segment, one.theme, one.before, one.after) == ("bakeries", "", -20, 40)
        assert (one.day, one.days, one.people) == (LAST, trends.DAYS, 13 * 5 * times)
