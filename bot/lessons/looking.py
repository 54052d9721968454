"""What somebody's newest write-ups say about which lesson would help: told anew, and kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.home_values import Home
from bot.lessons import shelf
from bot.preferences import Private, wants
from bot.showing import levels
from storage import follow_ups, homes, stories
from storage import lessons as store
from stories.consent import Purpose
from stories.forms import Form, Step
from stories.hints.hints import Family, hints_for
from stories.lessons.offering import LATELY, Lately, State, WriteUp, lesson_for
from stories.lessons.values import Lesson
from stories.story import Story

_EVERY_HINT = 20


async def lately_of(session: AsyncSession, workspace_id: str, user_id: str, now: datetime) -> Lately:
    """What somebody's newest write-ups say about which lesson would help."""
    ids, total = await homes.own_stories(session, workspace_id, user_id, most=LATELY)
    loaded = {story.id: story for story in await stories.some(session, workspace_id, ids)}
    newest = [loaded[one] for one in ids if one in loaded]
    acting = bool(await follow_ups.open_of(session, workspace_id, user_id, most=1))
    shared = await levels(session, workspace_id, newest, now)
    return lately(newest, shared, total=total, acting=acting)


def lately(newest: Sequence[Story], shared: Sequence[Purpose], *, total: int, acting: bool) -> Lately:
    """The same of stories at hand, the newest first, and how far each may travel."""
    write_ups = (
        WriteUp(families=families_of(story), shared=level is not Purpose.NOT_SHARED)
        for story, level in zip(newest, shared, strict=True)
    )
    return Lately(write_ups=tuple(write_ups), total=total, acting=acting)


def families_of(story: Story) -> frozenset[Family]:
    """The families of hints that fit a stored write-up, told from its words anew."""
    talk = story.interview
    form = Form(
        name=talk.customer.name,
        alias=talk.customer.alias,
        company=talk.customer.company,
        happened=talk.happened,
        quotes=tuple(quote.text for quote in talk.quotes),
        meaning=talk.meaning,
    )
    return frozenset(hint.family for hint in hints_for(form, Step.PREVIEW, most=_EVERY_HINT))


async def for_home(session: AsyncSession, workspace_id: str, home: Home) -> Lesson | None:
    """The lesson that somebody is in the middle of, or else the one that would help now; None for none.

    Nothing to somebody who has written nothing up yet, or who turned lessons down.
    """
    if not home.stories or not wants(home.settings, Private.LESSONS):
        return None
    places = await store.places(session, workspace_id, home.user_id)
    begun = (shelf.lesson(place.lesson) for place in places.values() if place.state is State.BEGUN)
    newest = home.stories[:LATELY]
    seen = lately(
        [own.story for own in newest],
        [own.level for own in newest],
        total=home.story_count,
        acting=bool(home.tasks),
    )
    return next(filter(None, begun), None) or lesson_for(seen, shelf.lessons(), places)
