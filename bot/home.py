"""App Home: what stands on it for whom, put there only when it has changed."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.colleagues import Colleague
from bot.desk import Desk
from bot.follow_through import as_read_by
from bot.home_values import Commands, DraftLine, Home, OwnStory, Task
from bot.messages.home import home_view
from bot.settings import Settings
from storage import customers, drafts, follow_ups, homes, stories
from storage.drafts import Draft
from storage.follow_ups import FollowUp
from storage.people import set_home_hash
from stories.consent import Consent, Purpose, sharing
from stories.next_step import COLLEAGUES_WANTED, NOTES_WANTED, FirstWeek, Situation, next_step
from stories.story import Story, StoryState, Telling, tell

log = logging.getLogger(__name__)

MOST_DRAFTS, MOST_STORIES, MOST_TASKS, MOST_LATEST = 3, 5, 5, 3
_LATEST_READ = 8
"""Published stories that are looked at: some may be this person's own, or not be shown any more."""

GATHERED_SECONDS = 0.3
"""How long a Home waits for more of the same person's changes."""

UNOPENED_SECONDS = 60.0
MOST_REMEMBERED = 10_000

Agreed = Mapping[int, tuple[Consent, ...]]


async def publish(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, *, shown: str | None
) -> bool:
    """Bring somebody's App Home up to date; tells whether that took a call.

    `shown` is Slack's hash of the view that stands there now (None when there is none): what we put there
    last counts only while it is what Slack shows.
    """
    desk.homes_unopened.pop((workspace_id, user_id), None)
    colleague = await desk.colleagues.get(client, workspace_id, user_id)
    async with desk.read() as session:
        home, last = await gather(session, workspace_id, colleague, desk.now())
    view = home_view(home, commands_of(desk.settings))
    ours = hashlib.sha256(json.dumps(view, sort_keys=True).encode()).hexdigest()
    if shown is not None and last == f"{ours} {shown}":
        return False
    answer = await client.views_publish(user_id=user_id, view=view)
    async with desk.begin() as session:
        standing = f"{ours} {answer['view']['hash']}"
        await set_home_hash(session, workspace_id, user_id, standing)
    return True


async def refresh(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> None:
    """After somebody changed something of theirs: their App Home follows, if they ever looked at it.

    What they did is done by then, so trouble is logged and not told: the Home follows when it is opened.
    Changes of one person that come together are one refresh, and few Homes are made at a time: people who
    are waiting for an answer go first.
    """
    key = (workspace_id, user_id)
    if key in desk.homes_due or desk.homes_unopened.get(key, 0.0) > time.monotonic():
        return
    desk.homes_due.add(key)
    try:
        await asyncio.sleep(GATHERED_SECONDS)
    finally:
        desk.homes_due.discard(key)
    async with desk.background:
        await _follow(desk, client, workspace_id, user_id)


async def _follow(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> None:
    try:
        async with desk.read() as session:
            _settings, last, _installer = await homes.person(session, workspace_id, user_id)
        if last is None:
            _remember_unopened(desk, workspace_id, user_id)
            return
        await publish(desk, client, workspace_id, user_id, shown=last.partition(" ")[2])
    except (SlackClientError, SQLAlchemyError, OSError, TimeoutError) as trouble:
        log.warning("an App Home could not follow: %s", trouble)


def _remember_unopened(desk: Desk, workspace_id: str, user_id: str) -> None:
    """Most people who submit never open the Home: they are not looked up again for a minute."""
    if len(desk.homes_unopened) >= MOST_REMEMBERED:
        desk.homes_unopened.clear()
    desk.homes_unopened[workspace_id, user_id] = time.monotonic() + UNOPENED_SECONDS


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
    home = Home(
        user_id=who,
        today=today,
        first_week=await _first_week(session, workspace_id, who, settings) if installer else None,
        drafts=_drafts(await drafts.of_author(session, workspace_id, who, most=MOST_DRAFTS), colleague),
        stories=await _own(session, workspace_id, [known[i] for i in own if i in known], agreed, now),
        story_count=count,
        tasks=_tasks(tasks[:MOST_TASKS], who, tellings),
        more_tasks=len(tasks) > MOST_TASKS,
        latest=tuple(tellings[i] for i in newest if i in tellings and tellings[i].author_id != who),
        any_published=any(i in tellings for i in newest),
        settings=settings,
    )
    answered = await homes.answered(session, workspace_id, who, newest)
    step = next_step(_situation(home, answered))
    return replace(home, step=step, latest=home.latest[:MOST_LATEST]), last


def local_day(now: datetime, time_zone: str) -> date:
    """The day it is in that time zone; in UTC for one that nobody knows."""
    try:
        return now.astimezone(ZoneInfo(time_zone)).date()
    except (ZoneInfoNotFoundError, ValueError):
        return now.date()


def commands_of(settings: Settings) -> Commands:
    """The slash commands as they are called here."""
    return Commands(
        interview=settings.firsthand_interview_command,
        stories=settings.firsthand_stories_command,
        channel=settings.firsthand_channel_command,
    )


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
    return tuple(
        OwnStory(
            story=story,
            level=sharing(agreed.get(story.interview.customer.id, ()), story.interview.id, now),
            channels=channels.get(story.id, 0),
            came=came.get(story.id, ()),
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
        draft=home.drafts[0].id if home.drafts else None,
        unpublished=kept.id if kept else None,
        unpublished_since=kept.interview.created_at.date() if kept else None,
        first_week=home.first_week,
        last_talk=max((own.story.interview.talked_on for own in home.stories), default=None),
        unread=next(unread, None),
    )


def _publishable(own: OwnStory) -> bool:
    return own.story.state is StoryState.KEPT and own.level is not Purpose.NOT_SHARED
