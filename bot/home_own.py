"""What on somebody's App Home is their own: drafts, stories and what came of them, follow-ups, customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.ext.asyncio import AsyncSession

from bot import account_team
from bot.colleagues import Colleague
from bot.home_values import DraftLine, OwnStory, Task
from bot.showing import as_read_by
from storage import follow_ups, homes
from storage.drafts import Draft
from storage.follow_ups import FollowUp
from stories.consent import Consent, sharing
from stories.story import Story, Telling

Agreed = Mapping[int, tuple[Consent, ...]]


def local_day(now: datetime, time_zone: str) -> date:
    """The day it is in that time zone; in UTC for one that nobody knows."""
    try:
        return now.astimezone(ZoneInfo(time_zone)).date()
    except (ZoneInfoNotFoundError, ValueError):
        return now.date()


def drafts_of(found: Sequence[Draft], colleague: Colleague) -> tuple[DraftLine, ...]:
    """Write-ups on their way, as they are listed."""
    return tuple(
        DraftLine(
            id=draft.id,
            editing=draft.interview_id is not None,
            form=draft.form,
            touched_on=local_day(draft.updated_at, colleague.time_zone),
        )
        for draft in found
    )


async def stories_of(
    session: AsyncSession, workspace_id: str, own: Sequence[Story], agreed: Agreed, now: datetime
) -> tuple[OwnStory, ...]:
    """Somebody's own stories with what came of each."""
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


def tasks_of(found: Sequence[FollowUp], user_id: str, tellings: Mapping[int, Telling]) -> tuple[Task, ...]:
    """What somebody said they would do, each with its story as they may read it."""
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
