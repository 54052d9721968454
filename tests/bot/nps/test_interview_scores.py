"""The 0–10 of write-ups follows them into a source of its own that NPS leaves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import delete, select

from bot.desk import Desk
from bot.nps.interview_scores import SOURCE, follow_interviews
from bot.nps.sources.ticking import look
from storage import interviews, nps_counts, nps_sources
from storage.database import Database
from storage.nps_counts import Sources
from storage.tables_stories import InterviewRow
from stories.forms import Form
from stories.nps.counts import Counts
from tests.conftest import NOW, WORKSPACE, SetClock

YEARS = (date(2020, 1, 1), date(2030, 1, 1))
FORM = Form(
    name="Joan Aldersey",
    talked_on="2026-11-10",
    how="call",
    trying_to="Plan the round",
    happened="It took an hour.",
    segment="Rounds",
    score=9,
    sharing="not_shared",
)


async def store(database: Database, source_key: str, score: int | None) -> int:
    async with database.begin() as session:
        form = replace(FORM, score=score)
        return await interviews.store(
            session, WORKSPACE, form, source_key=source_key, author_id="U0ME", now=NOW
        )


async def counts(database: Database) -> tuple[Counts, Counts]:
    """Of all sources that count, and of the conversations alone."""
    async with database.read() as session:
        source = await nps_sources.named(session, WORKSPACE, SOURCE)
        own = Sources(ids=(source.id,) if source else ())
        return (
            await nps_counts.total(session, WORKSPACE, {}, *YEARS),
            await nps_counts.total(session, WORKSPACE, {"segment": "Rounds"}, *YEARS, of=own),
        )


async def test_a_score_follows_its_write_up(database: Database) -> None:
    later = NOW + timedelta(minutes=1)
    await store(database, "a", None)
    assert await follow_interviews(database, WORKSPACE, now=later) == 0
    await store(database, "b", 9)
    await store(database, "c", 2)
    assert await follow_interviews(database, WORKSPACE, now=NOW) == 0
    assert await follow_interviews(database, WORKSPACE, now=later) == 3
    assert await counts(database) == (Counts(), Counts(promoters=1, detractors=1))
    assert await follow_interviews(database, WORKSPACE, now=later) == 0


async def test_a_score_that_is_changed_taken_back_or_removed_follows_too(desk: Desk, clock: SetClock) -> None:
    database = desk.database
    for name in "abc":
        await store(database, name, 9)
    later = NOW + timedelta(minutes=1)
    await follow_interviews(database, WORKSPACE, now=later)
    async with database.begin() as session:
        ids = (await session.execute(select(InterviewRow.id).order_by(InterviewRow.id))).scalars().all()
        changed, unscored = replace(FORM, score=0), replace(FORM, score=None)
        await interviews.change(session, WORKSPACE, ids[0], changed, by="U0ME", now=later)
        await interviews.change(session, WORKSPACE, ids[1], unscored, by="U0ME", now=later)
        await session.execute(delete(InterviewRow).where(InterviewRow.id == ids[2]))
    clock.advance(timedelta(minutes=2))
    assert await look(desk, WORKSPACE) == 0
    assert await counts(database) == (Counts(), Counts(detractors=1))
