"""A season with one customer, told in one episode: what the tests of its storage begin with."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from storage import (
    interviews,
    series,
    series_episodes,
    series_gathering,
    series_reading,
    stories,
)
from stories.consent import Consent, Purpose
from stories.forms import Form
from stories.series.episodes import Episode, NoEpisode
from stories.series.seasons import Season
from stories.series.weaving import weave
from tests.conftest import NOW, WORKSPACE

FORM = Form(
    name="Maya Ortega",
    alias="the bookkeeper",
    company="Ortega Bakery",
    segment="Bakeries",
    talked_on="2026-11-12",
    how="call",
    title="The Sunday evening export",
    trying_to="Close the month before Friday",
    happened="Maya Ortega waited for the export.",
    quotes=(
        "I close the month on Sunday evening because the export never balances.",
        "We struggle with two different totals every single week.",
        "At first I blamed my accountant, but the numbers were wrong before that.",
    ),
    sharing="with_name",
    agreed=("followed_in_series",),
    promise="Send her the new export.",
    promise_by="2026-12-11",
)
LATER = NOW + timedelta(hours=1)


async def opening(session: AsyncSession, now: datetime = NOW, begins: date = date(2026, 11, 1)) -> int | None:
    """Open a season of half a year; its id, or None while one runs."""
    return await series.open_season(
        session,
        WORKSPACE,
        title="A year of exports",
        begins_on=begins,
        ends_on=begins + timedelta(days=180),
        every_days=14,
        by="U0EDITOR",
        now=now,
    )


async def opened(session: AsyncSession, now: datetime = NOW, begins: date = date(2026, 11, 1)) -> int:
    """The same where none runs."""
    found = await opening(session, now, begins)
    assert found is not None
    return found


async def talked(session: AsyncSession, form: Form = FORM) -> tuple[int, int]:
    """A published story's conversation and its customer."""
    story_id = await interviews.store(
        session, WORKSPACE, form, source_key=form.title, author_id="U0ANA", now=LATER
    )
    story = await stories.get(session, WORKSPACE, story_id)
    assert story is not None
    await stories.publish(session, WORKSPACE, story, now=LATER)
    return story.interview.id, story.interview.customer.id


async def season_of(session: AsyncSession, season_id: int) -> Season:
    found = await series.season(session, WORKSPACE, season_id, LATER)
    assert found is not None
    return found


async def published(session: AsyncSession, season_id: int) -> Episode:
    season = await season_of(session, season_id)
    material = await series_gathering.material(session, WORKSPACE, season, LATER)
    woven = weave(season, material, (), today=LATER.date())
    assert not isinstance(woven, NoEpisode), woven
    episode_id = await series_episodes.keep_draft(session, WORKSPACE, woven, now=LATER)
    assert await series_episodes.publish(session, WORKSPACE, episode_id, by="U0EDITOR", now=LATER)
    return await read(session, episode_id)


async def read(session: AsyncSession, episode_id: int | None) -> Episode:
    assert episode_id is not None
    found = await series_reading.readable(session, WORKSPACE, episode_id, LATER)
    assert found is not None
    return found


async def told(session: AsyncSession) -> tuple[Episode, int, int]:
    """A published episode with its conversation and its customer."""
    season_id = await opened(session)
    interview_id, customer_id = await talked(session)
    await series.follow_customer(session, WORKSPACE, season_id, customer_id, by="U0EDITOR", now=LATER)
    return await published(session, season_id), interview_id, customer_id


def says(customer_id: int, purpose: Purpose, *, granted: bool = True, hours: int = 0) -> Consent:
    at = NOW + timedelta(hours=hours)
    return Consent(
        customer_id=customer_id,
        interview_id=None,
        purpose=purpose,
        granted=granted,
        recorded_by="U0EDITOR",
        recorded_at=at,
        valid_from=at,
    )
