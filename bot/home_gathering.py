"""What stands on whose App Home, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.ext.asyncio import AsyncSession

from bot import account_team
from bot.colleagues import Colleague
from bot.home_values import DraftLine, Home, OwnStory, Task
from bot.permissions import Role
from bot.showing import as_read_by
from bot.terms import rules
from storage import (
    customer_colleagues,
    customers,
    drafts,
    follow_ups,
    homes,
    parts,
    people,
    stories,
    wanted_talks,
)
from storage.drafts import Draft
from storage.follow_ups import FollowUp
from stories.consent import Consent, Purpose, sharing
from stories.next_step import COLLEAGUES_WANTED, NOTES_WANTED, FirstWeek, Situation, next_step
from stories.story import Story, StoryState, Telling, tell

MOST_DRAFTS, MOST_STORIES, MOST_TASKS, MOST_LATEST = 3, 5, 5, 3
_LATEST_READ = 8
"""Published stories that are looked at: some may be this person's own, or not be shown any more."""

Agreed = Mapping[int, tuple[Consent, ...]]


async def gather(
    session: AsyncSession, workspace_id: str, colleague: Colleague, now: datetime
) -> tuple[Home, str | None]:
    """One person's App Home as values, and what it showed last. About a dozen indexed queries."""
    who, today = colleague.user_id, local_day(now, colleague.time_zone)
    settings, last, installer = await homes.person(session, workspace_id, who)
    if colleague.guest:
        return Home(user_id=who, today=today, guest=True), last
    own, count = await homes.own_stories(session, workspace_id, who, most=MOST_STORIES)
    newest = await homes.latest_published(session, workspace_id, most=_LATEST_READ)
    tasks = await follow_ups.open_of(session, workspace_id, who, most=MOST_TASKS + 1)
    known = await _load(session, workspace_id, {*own, *newest, *(task.story_id for task in tasks)})
    agreed = await customers.consents(
        session, workspace_id, {s.interview.customer.id for s in known.values()}
    )
    tellings = _tellings(known, agreed, now)
    apart = await _theirs(session, workspace_id, known, who)
    team = (await account_team.readable(session, workspace_id, who, now))[:MOST_LATEST]
    managers, shown_to = await _taking_part(session, workspace_id, who)
    home = Home(
        user_id=who,
        today=today,
        admin=colleague.admin or installer,
        first_week=await _first_week(session, workspace_id, who, settings) if installer else None,
        wanted=await wanted_talks.open_of(session, workspace_id, who),
        drafts=_drafts(await drafts.of_author(session, workspace_id, who, most=MOST_DRAFTS), colleague),
        stories=await _own(session, workspace_id, [known[i] for i in own if i in known], agreed, now),
        story_count=count,
        tasks=_tasks(tasks[:MOST_TASKS], who, tellings),
        more_tasks=len(tasks) > MOST_TASKS,
        latest=tuple(tellings[i] for i in newest if i in tellings and i not in apart),
        any_published=any(i in tellings for i in newest),
        settings=settings,
        made_of=frozenset(known) | {one.story_id for one in team},
        team=team,
        managers=managers,
        shown_to=shown_to,
    )
    answered = await homes.answered(session, workspace_id, who, newest)
    step = next_step(_situation(home, answered))
    return replace(home, step=step, latest=home.latest[:MOST_LATEST]), last


async def _theirs(
    session: AsyncSession, workspace_id: str, known: Mapping[int, Story], user_id: str
) -> frozenset[int]:
    """Those of these stories that this person wrote, or is the customer of."""
    themselves = await customer_colleagues.customers_who_are(session, workspace_id, user_id)
    return frozenset(
        story_id
        for story_id, one in known.items()
        if one.interview.author_id == user_id or one.interview.customer.id in themselves
    )


async def _taking_part(
    session: AsyncSession, workspace_id: str, user_id: str
) -> tuple[tuple[str, ...], str | None]:
    """The managers there are, where taking part may be counted, and the one who sees this person's."""
    managers = await people.holders(session, workspace_id, Role.MANAGER)
    if not managers or not (await rules(session, workspace_id)).participation:
        return (), None
    chosen = await parts.shown_to(session, workspace_id, user_id)
    return managers, chosen if chosen in managers else None


def local_day(now: datetime, time_zone: str) -> date:
    """The day it is in that time zone; in UTC for one that nobody knows."""
    try:
        return now.astimezone(ZoneInfo(time_zone)).date()
    except (ZoneInfoNotFoundError, ValueError):
        return now.date()


async def _load(session: AsyncSession, workspace_id: str, ids: set[int]) -> dict[int, Story]:
    loaded = await stories.some(session, workspace_id, sorted(ids))
    return {story.id: story for story in loaded}


def _tellings(known: Mapping[int, Story], agreed: Agreed, now: datetime) -> dict[int, Telling]:
    """What of these stories others may read at this moment."""
    told = {i: tell(s, agreed.get(s.interview.customer.id, ()), now) for i, s in known.items()}
    return {i: telling for i, telling in told.items() if telling is not None}


async def _first_week(
    session: AsyncSession, workspace_id: str, user_id: str, settings: Mapping[str, Any]
) -> FirstWeek | None:
    """How far the first week has come; None once it is over or put away."""
    noted = settings.get("first_week", {})
    if noted.get("hidden"):
        return None
    at_home = await homes.others_at_home(session, workspace_id, user_id, most=COLLEAGUES_WANTED)
    week = FirstWeek(
        pilot=await homes.pilot_channel(session, workspace_id),
        notes=await homes.notes_written(session, workspace_id, most=NOTES_WANTED),
        previewed=bool(noted.get("previewed")),
        invited=max(at_home, len(noted.get("invited", ()))),
    )
    return week if week.next() else None


def _drafts(found: Sequence[Draft], colleague: Colleague) -> tuple[DraftLine, ...]:
    return tuple(
        DraftLine(
            id=draft.id,
            editing=draft.interview_id is not None,
            form=draft.form,
            touched_on=local_day(draft.updated_at, colleague.time_zone),
        )
        for draft in found
    )


async def _own(
    session: AsyncSession, workspace_id: str, own: Sequence[Story], agreed: Agreed, now: datetime
) -> tuple[OwnStory, ...]:
    ids = [story.id for story in own]
    channels = await homes.channels_told(session, workspace_id, ids)
    came = await homes.taken_on(session, workspace_id, ids)
    team = await account_team.how_many(session, workspace_id, own, now)
    return tuple(
        OwnStory(
            story=story,
            level=sharing(agreed.get(story.interview.customer.id, ()), story.interview.id, now),
            channels=channels.get(story.id, 0),
            came=came.get(story.id, ()),
            team=team.get(story.id, 0),
        )
        for story in own
    )


def _tasks(found: Sequence[FollowUp], user_id: str, tellings: Mapping[int, Telling]) -> tuple[Task, ...]:
    return tuple(
        Task(
            id=task.id,
            what=task.what,
            due_on=task.due_on,
            promised=task.kind == follow_ups.PROMISE,
            about=as_read_by(user_id, task, tellings.get(task.story_id)),
        )
        for task in found
    )


def _situation(home: Home, answered: frozenset[int]) -> Situation:
    due = next((task for task in home.tasks if task.due_on), None)
    unread = (telling.story_id for telling in home.latest if telling.story_id not in answered)
    kept = next((own.story for own in home.stories if _publishable(own)), None)
    return Situation(
        today=home.today,
        due=due.id if due else None,
        due_on=due.due_on if due else None,
        wanted=home.wanted[0].draft_id if home.wanted else None,
        draft=home.drafts[0].id if home.drafts else None,
        unpublished=kept.id if kept else None,
        unpublished_since=kept.interview.created_at.date() if kept else None,
        first_week=home.first_week,
        last_talk=max((own.story.interview.talked_on for own in home.stories), default=None),
        unread=next(unread, None),
    )


def _publishable(own: OwnStory) -> bool:
    return own.story.state is StoryState.KEPT and own.level is not Purpose.NOT_SHARED and not own.team
