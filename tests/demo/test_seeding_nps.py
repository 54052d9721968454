"""The demo's year of answers can be asked about from the first minute."""

from __future__ import annotations

from datetime import timedelta

from demo.company import load_company
from demo.seeding_nps import tell_answers
from storage import nps_counts, nps_deeper
from storage.database import Database
from stories.nps.counts import Band, score
from tests.conftest import NOW, WORKSPACE

COMPANY = load_company()


async def test_the_year_and_its_one_true_drop_are_there(database: Database) -> None:
    await tell_answers(database, COMPANY, WORKSPACE, morning=NOW)
    today, event = NOW.date(), COMPANY.about.event
    drop = today - timedelta(days=event.days_ago)
    cell = {"segment": event.segment}
    async with database.read() as session:
        year = await nps_counts.total(session, WORKSPACE, {}, today - timedelta(days=366), today)
        before = await nps_counts.total(session, WORKSPACE, cell, today - timedelta(days=366), drop)
        after = await nps_counts.total(session, WORKSPACE, cell, drop + timedelta(days=1), today)
        words = await nps_counts.vocabulary(session, WORKSPACE)
        voices = await nps_deeper.verbatims(
            session, WORKSPACE, cell, drop + timedelta(days=1), today, bands=[Band.DETRACTOR]
        )
    assert year.n == len(COMPANY.nps)
    assert (score(after) or 0) - (score(before) or 0) < -40
    assert set(words["segment"]) == set(COMPANY.about.segments)
    assert voices
