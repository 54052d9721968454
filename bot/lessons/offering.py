"""Offering a lesson when it helps: after a write-up, once, within the budget of attention."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention
from bot.lessons import shelf
from bot.preferences import Private, wants
from bot.showing import levels
from storage import follow_ups, homes, people, stories
from storage import lessons as store
from storage.attention import Unasked
from stories.attention_kinds import LESSON
from stories.consent import Purpose
from stories.forms import Form, Step
from stories.hints.hints import Family, hints_for
from stories.lessons.offering import APART, LATELY, Lately, WriteUp, lesson_for, moments
from stories.story import Story

_EVERY_HINT = 20


async def offer_after_write_up(
    session: AsyncSession, workspace_id: str, user_id: str, *, zone: str, now: datetime
) -> bool:
    """Offer the lesson that helps somebody who has just written something up; tells whether one does.

    None to somebody who turned lessons down, and none within two weeks of another.
    """
    if not wants(await people.settings(session, workspace_id, user_id), Private.LESSONS):
        return False
    offered = await store.offers(session, workspace_id, user_id)
    if any(at > now - APART for _key, at in offered):
        return False
    known = {key for key, _at in offered} | (await store.places(session, workspace_id, user_id)).keys()
    lately = await lately_of(session, workspace_id, user_id, now)
    found = lesson_for(lately, shelf.lessons(), known)
    if found is None:
        return False
    why = next(moment for moment in moments(lately) if moment in found.offered)
    about = {"lesson": found.key, "moment": why.value}
    slot = f"lesson:{found.key}:{now.date().isoformat()}"
    what = Unasked(place=user_id, kind=LESSON, slot_key=slot, about=about)
    await attention.offer(session, workspace_id, what, now=now, zone=zone)
    return True


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
