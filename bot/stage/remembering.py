"""Remembering why: on a chosen day, what a customer said and what has changed since."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.endings.notes import ending_told
from bot.messages.blocks import Block
from bot.messages.notices import set_aside
from bot.messages.remember import post_of
from bot.own_customers import meets
from bot.showing import subjects_of
from storage import attention as store
from storage import channels, remember_days, stories
from storage.attention import Unasked, Waiting
from storage.deliveries import Subject
from stories.attention import REMEMBER
from stories.channels import ChannelState, Kind
from stories.digest import understood
from stories.stage.remembering import DayOf, Remembered, years
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The post in words, the same for riding along in a digest, and whose words it carries."""

    payload: dict[str, Any]
    line: tuple[Block, ...]
    subjects: tuple[Subject, ...]
    story_id: int


def slot_of(day_id: int, on: date) -> str:
    """What a day is decided as in each channel."""
    return f"remember:{day_id}:{on.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A day that comes round `on` this one, what was done that is told, and the `command` as it is called."""

    day: Remembered
    on: date
    follow_up: int
    command: str


async def told_now(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Told | None:
    """What the post may say there at this moment; None once any of it may not be told, or is not wanted."""
    channel = await channels.get(session, workspace_id, one.place)
    if channel is None or Kind.REMEMBER not in channel.kinds or channel.state is not ChannelState.ON:
        return None
    occasion = await _occasion(session, workspace_id, one)
    return await told_on(session, workspace_id, one.place, occasion, now) if occasion else None


async def restated(
    session: AsyncSession, workspace_id: str, place: str, slot: str, now: datetime
) -> dict[str, Any]:
    """What a post that went out says from now on.

    A line without anything of the story, once it may not be told, or once its day was removed. Whether its
    channel still follows changes nothing of the past.
    """
    what = Unasked(place=place, kind=REMEMBER, slot_key=slot, about={})
    one = await store.offered(session, workspace_id, what)
    occasion = await _occasion(session, workspace_id, one) if one else None
    told = await told_on(session, workspace_id, place, occasion, now) if occasion else None
    return told.payload if told else set_aside(hidden=False)


async def told_on(
    session: AsyncSession, workspace_id: str, place: str, occasion: Occasion, now: datetime
) -> Told | None:
    """What came of one story, told on that day in a channel.

    None where it may not be told there: taken back, in another language than the channel's, to its own
    customer, or by a name that was not agreed to.
    """
    found = await ending_told(session, workspace_id, occasion.follow_up, now)
    if found is None:
        return None
    (telling, ending), day = found, occasion.day
    story = await stories.get(session, workspace_id, telling.story_id)
    wanted = await channels.languages_wanted(session, workspace_id, place)
    if story is None or not understood(story.interview.language, wanted):
        return None
    if story.interview.customer.id in await meets(session, workspace_id, place):
        return None
    # A customer's own day would say who a customer without a name is.
    if day.of is DayOf.CUSTOMER and not telling.named:
        return None
    since = years(day.since, occasion.on)
    payload, line = post_of(day.words, day.since, since, telling, ending, command=occasion.command)
    return Told(payload=payload, line=line, subjects=subjects_of(story), story_id=telling.story_id)


async def _occasion(session: AsyncSession, workspace_id: str, one: Waiting) -> Occasion | None:
    about = one.about
    day = await remember_days.get(session, workspace_id, int(about["day"]))
    if day is None:
        return None
    on, follow_up = date.fromisoformat(str(about["on"])), int(about["follow_up"])
    return Occasion(day=day, on=on, follow_up=follow_up, command=str(about["command"]))
