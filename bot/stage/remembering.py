"""Remembering why: on a chosen day, what a customer said and what has changed since."""

from __future__ import annotations

from dataclasses import dataclass
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
from stories.channels import ChannelSettings, ChannelState, Kind
from stories.digest import understood
from stories.stage.remembering import DayOf, Remembered, years


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


async def told_now(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Told | None:
    """What the post may say there at this moment; None once any of it may not be told, or is not wanted."""
    channel = await channels.get(session, workspace_id, one.place)
    if channel is None or Kind.REMEMBER not in channel.kinds or channel.state is not ChannelState.ON:
        return None
    day = await remember_days.get(session, workspace_id, int(one.about["day"]))
    on = date.fromisoformat(str(one.about["on"]))
    follow_up = int(one.about["follow_up"])
    return await told_on(session, workspace_id, channel, day, on, follow_up, now) if day else None


async def restated(
    session: AsyncSession, workspace_id: str, place: str, slot: str, now: datetime
) -> dict[str, Any]:
    """What a post that went out says from now on.

    A line without anything of the story, once it may not be told, or once its day was removed. Whether its
    channel still follows changes nothing of the past.
    """
    what = Unasked(place=place, kind=REMEMBER, slot_key=slot, about={})
    one = await store.offered(session, workspace_id, what)
    channel = await channels.get(session, workspace_id, place)
    day = await remember_days.get(session, workspace_id, int(one.about["day"])) if one else None
    if one is None or day is None:
        return set_aside(hidden=False)
    on, follow_up = date.fromisoformat(str(one.about["on"])), int(one.about["follow_up"])
    told = await told_on(session, workspace_id, channel, day, on, follow_up, now, place=place)
    return told.payload if told else set_aside(hidden=False)


async def told_on(
    session: AsyncSession,
    workspace_id: str,
    channel: ChannelSettings | None,
    day: Remembered,
    on: date,
    follow_up_id: int,
    now: datetime,
    *,
    place: str = "",
) -> Told | None:
    """What came of one story, told on that day in a channel (`place` where it has no settings any more).

    None where it may not be told there: taken back, in another language than the channel's, to its own
    customer, or by a name that was not agreed to.
    """
    found = await ending_told(session, workspace_id, follow_up_id, now)
    if found is None:
        return None
    telling, ending = found
    story = await stories.get(session, workspace_id, telling.story_id)
    wanted = channel.digest.languages if channel else frozenset[str]()
    if story is None or not understood(story.interview.language, wanted):
        return None
    if story.interview.customer.id in await meets(
        session, workspace_id, channel.channel_id if channel else place
    ):
        return None
    # A customer's own day would say who a customer without a name is.
    if day.of is DayOf.CUSTOMER and not telling.named:
        return None
    payload, line = post_of(day.words, day.since, years(day.since, on), telling, ending)
    return Told(payload=payload, line=line, subjects=subjects_of(story), story_id=telling.story_id)
