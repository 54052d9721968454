"""What rules brought follows its customers: a source falls silent, an answer or a story changes or goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import digest
from bot.desk import Desk
from bot.log_ids import each
from bot.looping import one_by_one
from bot.revising import say_now
from bot.routing.composing import ROUTED, slot_of, told_now
from bot.tongues import speaking_to
from storage import attention, routes, search_finding
from storage.attention import Unasked

AT_ONCE = 100
"""Posts that one round puts right."""

_RODE_ALONG = "merged"


async def follow_turned_routes(desk: Desk) -> int:
    """Put right the posts with comments that may not be shown any more, or may again; how many.

    To be called at each tick. A comment whose answer is gone is forgotten after its post was put right.
    """
    async with desk.read() as session:
        turned = await routes.turned(session, most=AT_ONCE)

    async def follow(one: tuple[str, int]) -> None:
        async with desk.database.begin() as session:
            await _follow(session, *one, desk.now())

    try:
        await one_by_one(each(turned, itemgetter(0)), follow)
    finally:
        if turned:
            desk.wake_outbox()
    return len(turned)


async def follow_changed_answers(
    session: AsyncSession, workspace_id: str, answers: Sequence[tuple[int, str]], *, now: datetime
) -> int:
    """Have the posts say what these answers' comments say now; how many posts that were.

    The outbox wants waking after the commit.
    """
    changed = await routes.posts_with_answers(session, workspace_id, answers) if answers else ()
    for post_id in changed:
        await _follow(session, workspace_id, post_id, now)
    return len(changed)


async def posts_showing(
    session: AsyncSession, workspace_id: str, answers: Sequence[tuple[int, str]]
) -> tuple[int, ...]:
    """The posts and digests (their numbers) in which one of these answers' comments was brought."""
    found = []
    for post_id in await routes.posts_with_answers(session, workspace_id, answers) if answers else ():
        known = await routes.brought(session, workspace_id, post_id)
        what = Unasked(
            place=known.channel_id if known else "", kind=ROUTED, slot_key=slot_of(post_id), about={}
        )
        one = await attention.offered(session, workspace_id, what)
        found += [one.delivery_id] if one is not None and one.delivery_id is not None else []
    return tuple(found)


async def follow_story(session: AsyncSession, workspace_id: str, story_id: int, *, now: datetime) -> None:
    """Have the posts that brought this story follow what became of it, at once."""
    for post_id in await routes.posts_with_story(session, workspace_id, story_id):
        await _follow(session, workspace_id, post_id, now)


async def restated(
    session: AsyncSession, workspace_id: str, slot: str, at: datetime
) -> dict[str, Any] | None:
    """The post of this slot as it reads now; None when it goes."""
    post_id = int(slot.partition(":")[2])
    known = await routes.brought(session, workspace_id, post_id)
    what = Unasked(place=known.channel_id if known else "", kind=ROUTED, slot_key=slot, about={})
    one = await attention.offered(session, workspace_id, what) if known else None
    command = str(one.about["command"]) if one else ""
    async with speaking_to(session, workspace_id, what.place):
        told = await told_now(session, workspace_id, post_id, at, command=command)
    return told.payload if told else None


async def _follow(session: AsyncSession, workspace_id: str, post_id: int, now: datetime) -> None:
    known = await routes.brought(session, workspace_id, post_id)
    if known is None:
        return
    what = Unasked(place=known.channel_id, kind=ROUTED, slot_key=slot_of(post_id), about={})
    one = await attention.offered(session, workspace_id, what)
    if one is not None and one.delivery_id is not None:
        if one.state == _RODE_ALONG:
            payload = await digest.recompose(session, workspace_id, one.delivery_id, now)
        else:
            payload = await restated(session, workspace_id, slot_of(post_id), now)
        await say_now(session, workspace_id, one.delivery_id, payload, now=now, gone_stays=True)
    keys = [(one.source_id, one.answer_key) for one in known.items if one.source_id and one.answer_key]
    speaking = await search_finding.comments(session, workspace_id, keys) if keys else {}
    # What a small group or a channel's languages keep away is no news of its source at the next look.
    await routes.settle(session, workspace_id, post_id, [key for key, row in speaking.items() if row.comment])
