"""The post that tells a channel what was chosen, with words of customers who may be quoted at that moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import own_customers, theme_voices
from bot.languages import heard_in
from bot.messages import priorities_posts as words
from bot.revising import say_now
from bot.showing import subjects_of
from bot.theme_voices import Voice
from bot.tongues import speaking_to
from storage import attention as waiting
from storage import channels, posted, priorities, priorities_shown, stories, themes
from storage.attention import Unasked, Waiting
from storage.deliveries import Subject
from stories.attention import TOP_THREE
from stories.channels import ChannelState, Kind
from stories.priorities.priority import Priority, State
from stories.values import dataclass

MOST_QUOTES, LOOKED_AT = 3, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """The post in words, whose words it carries, and the stories that these are of."""

    payload: dict[str, Any]
    subjects: tuple[Subject, ...] = ()
    stories: frozenset[int] = frozenset()


def slot_of(priority_id: int) -> str:
    """The slot of what is told of one of the top three."""
    return f"priority:{priority_id}"


async def told_now(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Announced | None:
    """What the post says at this moment; None for a channel that does not want it any more."""
    channel = await channels.get(session, workspace_id, one.place)
    priority = await priorities.get(session, workspace_id, int(one.about["priority"]))
    if channel is None or Kind.TOP_THREE not in channel.kinds or channel.state is not ChannelState.ON:
        return None
    if priority is None or priority.state is State.DROPPED:
        return None
    return await _made(session, workspace_id, priority, one, now)


async def restated(
    session: AsyncSession, workspace_id: str, place: str, slot: str, now: datetime
) -> dict[str, Any] | None:
    """What a post that went out says from now on: with no other stories than it spoke of before."""
    what = Unasked(place=place, kind=TOP_THREE, slot_key=slot, about={})
    one = await waiting.offered(session, workspace_id, what)
    priority = await priorities.get(session, workspace_id, int(slot.partition(":")[2])) if one else None
    if one is None or priority is None:
        return None
    async with speaking_to(session, workspace_id, place):
        return (await _made(session, workspace_id, priority, one, now)).payload


async def follow(session: AsyncSession, workspace_id: str, priority_id: int, now: datetime) -> None:
    """Have the posts that told of one of the top three say what became of it."""
    slot = slot_of(priority_id)
    for delivery_id in await priorities_shown.posts_of(session, workspace_id, TOP_THREE, slot):
        note = await posted.standing(session, workspace_id, delivery_id)
        if note is None:
            continue
        payload = await restated(session, workspace_id, note.channel_id, slot, now)
        if payload is not None:
            await say_now(session, workspace_id, delivery_id, payload, now=now, at_once=False)


async def _made(
    session: AsyncSession, workspace_id: str, priority: Priority, one: Waiting, now: datetime
) -> Announced:
    allowed = None
    if one.delivery_id is not None:
        # Whoever is quoted later would not be found when they take it back.
        allowed = await priorities_shown.spoken_of(session, workspace_id, one.delivery_id)
    voices = await _quotable(session, workspace_id, priority, one.place, allowed, now)
    told = [voice.of.telling.story_id for voice in voices if voice.of.telling]
    loaded = await stories.some(session, workspace_id, told)
    subjects = dict.fromkeys(subject for story in loaded for subject in subjects_of(story))
    return Announced(
        payload=words.announcement(priority, voices, str(one.about["command"])),
        subjects=tuple(subjects),
        stories=frozenset(told),
    )


async def _quotable(
    session: AsyncSession,
    workspace_id: str,
    priority: Priority,
    place: str,
    allowed: Collection[int] | None,
    now: datetime,
) -> tuple[Voice, ...]:
    """Central quotes out of stories, a customer each, of nobody who would meet them in this channel.

    They are in the languages that it chose. Comments to surveys are left out: a post could not follow when
    their source stops speaking.
    """
    if priority.theme_id is None:
        return ()
    ids = await themes.texts_of(session, workspace_id, priority.theme_id, most=LOOKED_AT)
    seen = await theme_voices.voices_of(session, workspace_id, "", ids, now)
    told = {one: seen[one].of.telling for one in ids if one in seen}
    loaded = await stories.some(session, workspace_id, sorted({t.story_id for t in told.values() if t}))
    customers = {story.id: story.interview.customer.id for story in loaded}
    absent = await own_customers.meets(session, workspace_id, place)
    wanted = await heard_in(session, workspace_id, place)
    other = {one.id for one in loaded if wanted and one.interview.language not in wanted}
    found: dict[int, Voice] = {}
    for number, telling in told.items():
        customer = customers.get(telling.story_id) if telling else None
        if telling is None or customer is None or customer in absent or telling.story_id in other:
            continue
        if allowed is None or telling.story_id in allowed:
            found.setdefault(customer, seen[number])
    return tuple(found.values())[:MOST_QUOTES]
