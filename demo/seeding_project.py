"""The sample company's project, whose avatar remembers this morning why it was begun."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.avatars import setting_up
from demo.company import SampleCompany
from demo.company.records import Project, Quoted
from demo.workspace import person_id, room_id
from playground.client import Playground
from storage import interviews, projects, stories
from storage.database import Database
from storage.projects import NewProject
from stories.avatars.evidence import Ref, quote
from stories.avatars.project import Face, Manner, Rhythm

_BEGUN = time(11, 15)


async def tell_project(
    database: Database, company: SampleCompany, workspace_id: str, *, morning: datetime
) -> None:
    """Set the project up as its people did, with its next reminder due this morning."""
    told = company.project
    async with database.begin() as session:
        first, *later = told.reasons
        quotes = [await _quote(session, workspace_id, one) for one in first.quotes]
        new = _new(company, told, morning)
        begun, by = _then(morning, told.days_ago), person_id(told.owner)
        project = await setting_up.begin(
            session, workspace_id, new, first.words, quotes, by=by, now=begun, pinned=True
        )
        for reason in later:
            project = await setting_up.known(session, workspace_id, project.id)
            quotes = [await _quote(session, workspace_id, one) for one in reason.quotes]
            by, at = person_id(reason.by), _then(morning, reason.days_ago)
            await setting_up.add_reason(session, workspace_id, project, reason.words, quotes, by=by, now=at)
        await projects.change(session, workspace_id, project.id, new)


async def talk(world: Playground, company: SampleCompany) -> None:
    """Have its people write in its channel, as they do."""
    for said in company.project.talk:
        await world.person(said.who).say(said.text, channel=company.project.channel)


def _new(company: SampleCompany, told: Project, morning: datetime) -> NewProject:
    return NewProject(
        channel_id=room_id(company, told.channel),
        name=told.name,
        goal=told.goal,
        segment=told.segment,
        owner_id=person_id(told.owner),
        face=Face(name=told.avatar.name, emoji=told.avatar.emoji, manner=Manner(told.avatar.manner)),
        rhythm=Rhythm(told.rhythm),
        next_at=morning,
    )


async def _quote(session: AsyncSession, workspace_id: str, quoted: Quoted) -> Ref:
    story_id = await interviews.stored_as(session, workspace_id, f"sample:{quoted.interview}")
    story = await stories.get(session, workspace_id, story_id) if story_id else None
    if story is None:
        raise LookupError(f"project.toml quotes {quoted.interview}, which is not stored")
    return quote(story.interview.quotes[quoted.number - 1].id)


def _then(morning: datetime, days_ago: int) -> datetime:
    day = morning - timedelta(days=days_ago)
    return day.replace(hour=_BEGUN.hour, minute=_BEGUN.minute)
