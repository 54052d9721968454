"""Those who listened hear what came of it: each channel in its next digest, each person once in private."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention, notices
from bot.batches import together
from bot.desk import Desk
from bot.endings.notes import ending_told
from bot.endings.said_and_done import slot_of
from bot.looping import one_by_one
from storage import customer_colleagues, endings, follow_ups, stories
from storage.attention import Unasked
from storage.follow_ups import FollowUp
from stories.attention import HEARD, SAID_AND_DONE

MOST_LISTENERS = 100
"""People who are told of one ending, the first who reacted to its story: each of their notes follows it, and
whoever takes the story back waits for all of them."""


async def spread(desk: Desk, workspace_id: str) -> int:
    """Have everybody hear of what was done since; tells of how many endings. To be called at every tick.

    Who was offered one before is not offered it again, so that whatever stops this goes on from there.
    """
    async with desk.read() as session:
        found = await endings.unheard(session, workspace_id)
    await one_by_one(found, partial(_spread, desk, workspace_id))
    return len(found)


async def _spread(desk: Desk, workspace_id: str, follow_up_id: int) -> None:
    async with desk.read() as session:
        task, people, places = await _who(session, workspace_id, follow_up_id, desk.now())

    async def offer(session: AsyncSession, some: Sequence[tuple[FollowUp, str]]) -> None:
        for told, place in some:
            await _offer(session, workspace_id, told, place, desk.now())

    everybody = [(task, place) for place in (*people, *places)] if task is not None else []
    await together(desk.database, everybody, offer)
    async with desk.database.begin() as session:
        await endings.is_heard(session, workspace_id, follow_up_id, now=desk.now())


async def _who(
    session: AsyncSession, workspace_id: str, follow_up_id: int, now: datetime
) -> tuple[FollowUp | None, Sequence[str], Sequence[str]]:
    """Which people and which channels hear of it: nobody of what may not be told."""
    task = await follow_ups.get(session, workspace_id, follow_up_id)
    if task is None or await ending_told(session, workspace_id, follow_up_id, now) is None:
        return None, (), ()
    reacted = await endings.who_reacted(session, workspace_id, task.story_id, most=MOST_LISTENERS)
    story = await stories.get(session, workspace_id, task.story_id)
    known = await customer_colleagues.every(session, workspace_id)
    # Its author hears of it anyway; its customer, who may work here, from whoever did it.
    apart = {task.owner_id, task.author_id, known.get(story.interview.customer.id) if story else None}
    places = await endings.who_was_told(session, workspace_id, task.story_id)
    return task, [one for one in reacted if one not in apart], places


async def _offer(session: AsyncSession, workspace_id: str, task: FollowUp, place: str, now: datetime) -> None:
    if attention.to_person(place):
        about = {task.story_id}
        await notices.offer(session, workspace_id, place, HEARD, f"ended:{task.id}", about=about, now=now)
        return
    what = Unasked(
        place=place,
        kind=SAID_AND_DONE,
        slot_key=slot_of(task.id),
        about={"follow_up": task.id, "stories": [task.story_id]},
    )
    await attention.offer(session, workspace_id, what, now=now)
