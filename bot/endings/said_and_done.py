"""*You said, we did*: what came of stories, said once to each channel that heard them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.attention_made import Made, as_note
from bot.endings.notes import ending_told
from bot.gathered import gathered
from bot.messages import endings as words
from bot.own_customers import meets
from bot.showing import subjects_of
from bot.tongues import speaking_to
from storage import channels, stories
from storage.attention import Waiting
from storage.posted import Posted
from stories.digest import understood
from stories.story import Ending, Story, Telling
from stories.values import dataclass

SLOT = "did"
"""What the slots begin with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A story, as it may be told, and what came of it."""

    story: Story
    telling: Telling
    ending: Ending


def slot_of(follow_up_id: int) -> str:
    """What it is decided as in each channel."""
    return f"{SLOT}:{follow_up_id}"


async def told_now(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Made | None:
    """What may be said there at this moment: of this story and of those that are told with it.

    None once nothing is left to tell (see `_ended`). In a digest it belongs beside a story of the same
    customer, and tells of its own alone.
    """
    own = await _ended(session, workspace_id, one.place, one.slot_key, now)
    together = await gathered(session, workspace_id, as_note(one), now)
    others = (each.slot_key for each in together if each.slot_key != one.slot_key)
    found = [*([own] if own else []), *await _all(session, workspace_id, one.place, others, now)]
    if not found:
        return None
    return Made(
        payload=_post(found),
        line=words.said_and_done(own.telling, own.ending) if own else (),
        beside=frozenset([own.story.interview.customer.id] if own else []),
        subjects=tuple(dict.fromkeys(who for each in found for who in subjects_of(each.story))),
        stories=frozenset(each.story.id for each in found),
    )


async def restated(
    session: AsyncSession, workspace_id: str, post: Posted, now: datetime
) -> dict[str, Any] | None:
    """A post of its own as it reads now, in its channel's language; None once nothing is left to tell."""
    together = await gathered(session, workspace_id, post, now)
    slots = dict.fromkeys((post.slot_key, *(one.slot_key for one in together)))
    async with speaking_to(session, workspace_id, post.channel_id):
        found = await _all(session, workspace_id, post.channel_id, slots, now)
        return _post(found) if found else None


def _post(found: Iterable[Ended]) -> dict[str, Any]:
    return words.said_and_done_post([(one.telling, one.ending) for one in found])


async def _all(
    session: AsyncSession, workspace_id: str, place: str, slots: Iterable[str], now: datetime
) -> list[Ended]:
    told = [await _ended(session, workspace_id, place, slot, now) for slot in slots]
    return [one for one in told if one is not None]


async def _ended(
    session: AsyncSession, workspace_id: str, place: str, slot: str, now: datetime
) -> Ended | None:
    """What came of one story, as it may be said there.

    None once the story or its ending is taken back, in a channel that wants other languages, and where the
    customer would meet their own words.
    """
    told = await ending_told(session, workspace_id, int(slot.partition(":")[2]), now)
    story = await stories.get(session, workspace_id, told[0].story_id) if told else None
    if told is None or story is None:
        return None
    wanted = await channels.languages_wanted(session, workspace_id, place)
    if not understood(story.interview.language, wanted):
        return None
    if story.interview.customer.id in await meets(session, workspace_id, place):
        return None
    return Ended(story=story, telling=told[0], ending=told[1])
