"""The sample company's series: a season that follows three of its customers, with three episodes so far."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.series import drafts, seasons
from bot.series.seasons import Wanted
from demo.company import SampleCompany
from demo.workspace import channel_id, person_id
from storage import (
    customers,
    series,
    series_episodes,
    series_follows,
    series_gathering,
    series_questions,
    series_reading,
)
from storage.database import Database
from stories.series.episodes import Episode
from stories.series.weaving import weave

TITLE = "Before breakfast"
FOLLOWED = ("pugh", "mulqueen", "greycote")
"""Customers who said that they like to be followed, by their keys."""

OPENED, TOLD = 40, (34, 20, 6)
"""How many days ago the season was opened, and its episodes came."""

QUESTION = "What was the last bill that you were glad to send?"


async def tell_series(
    database: Database, company: SampleCompany, workspace_id: str, *, morning: datetime
) -> None:
    """Open the season with each customer's yes, and tell what it has told; the next may come tomorrow."""
    by = person_id(next(person.handle for person in company.people if person.admin))
    opened = morning - timedelta(days=OPENED)
    async with database.begin() as session:
        ids = [await _number(session, workspace_id, company, key) for key in FOLLOWED]
        wanted = Wanted(title=TITLE, weeks=26, every_days=14, customer_ids=tuple(ids))
        season_id = await seasons.begin(session, workspace_id, wanted, by=by, now=opened)
        for customer_id in ids:
            season = await seasons.running(session, workspace_id, opened)
            one = seasons.whom(season, customer_id)
            said = "Go on, then. Tell them how it really is."
            await seasons.keep_consent(session, workspace_id, one, ["followed"], said, by=by, now=opened)
        pilot = channel_id(company, "pilot")
        await series_follows.follow(session, workspace_id, pilot, by=by, now=opened)
    for days_ago in TOLD:
        async with database.begin() as session:
            at = morning - timedelta(days=days_ago)
            newest = await _tell_one(session, workspace_id, season_id, by=by, at=at)
    async with database.begin() as session:
        if newest is not None and newest.id is not None and newest.customer_id is not None:
            about = (newest.id, newest.customer_id)
            await series_questions.offer(session, workspace_id, *about, QUESTION, by=by, now=at)
        tomorrow = morning.date() + timedelta(days=1)
        await series.look_again(session, workspace_id, season_id, tomorrow)


async def _tell_one(
    session: AsyncSession, workspace_id: str, season_id: int, *, by: str, at: datetime
) -> Episode | None:
    season = await series.season(session, workspace_id, season_id, at)
    if season is None:
        raise LookupError("the season was not opened")
    material = await series_gathering.material(session, workspace_id, season, at)
    history = await series_reading.readable_season(session, workspace_id, season_id, at)
    woven = weave(season, material, history, today=at.date())
    if not isinstance(woven, Episode):
        return None
    woven = await drafts.sourced(session, workspace_id, season, woven, at)
    number = await series_episodes.keep_draft(session, workspace_id, woven, now=at)
    await series_episodes.publish(session, workspace_id, number, by=by, now=at)
    return replace(woven, id=number)


async def _number(session: AsyncSession, workspace_id: str, company: SampleCompany, key: str) -> int:
    known = next(one for one in company.customers if one.key == key)
    found = await customers.named(session, workspace_id, known.name, known.company)
    if found is None:
        raise LookupError(f"{key} was not stored")
    return found.id
