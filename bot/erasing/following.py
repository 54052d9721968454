"""What a post says once somebody's rows are gone: made anew from what is left, or nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import digest, publishing, restating
from bot.avatars import restating as avatars
from bot.endings import said_and_done
from bot.nps import movements
from bot.nps import restating as nps
from bot.routing import following as routed
from bot.series import posting as series
from bot.stage import notes as stage
from storage import deliveries, erasing_posts, event_posts, posted, tellings
from storage.avatar_quotes import KINDS as SPOKEN
from storage.erasing_posts import DONE, DOWN, PLANNED, UNSURE, WORDS
from storage.posted import Posted
from stories.attention import ASKED, REMEMBER, ROUTED, SAID_AND_DONE, TOP_THREE, UNASKED
from stories.attention_kinds import LETTER, PART_LETTER, REACHED

Payload = dict[str, Any]
Made = Callable[[AsyncSession, str, Posted, datetime], Awaitable[Payload | None]]
"""Puts a post into words as it reads now; None for one that goes."""


async def _digest(session: AsyncSession, workspace_id: str, post: Posted, now: datetime) -> Payload | None:
    return await digest.recompose(session, workspace_id, post.id, now)


async def _shared(session: AsyncSession, workspace_id: str, post: Posted, now: datetime) -> Payload | None:
    told = await tellings.of_delivery(session, workspace_id, post.id)
    return await publishing.shared(session, workspace_id, told[0].story_id, post.id, now) if told else None


async def _routed(session: AsyncSession, workspace_id: str, post: Posted, now: datetime) -> Payload | None:
    return await routed.restated(session, workspace_id, post.slot_key, now)


async def _gone(_session: AsyncSession, _workspace_id: str, _post: Posted, _now: datetime) -> Payload | None:
    return None


REMADE: dict[str, Made] = {
    digest.DIGEST: _digest,
    movements.KIND: nps.restated,
    publishing.SHARE: _shared,
    ROUTED: _routed,
    SAID_AND_DONE: said_and_done.restated,
    series.EPISODE: series.restated,
    **dict.fromkeys((REACHED, LETTER, PART_LETTER), restating.restated),
    event_posts.KIND: stage.restated,
    **dict.fromkeys(SPOKEN, avatars.restated),
    **dict.fromkeys(
        ("notice", "acting", "came_of_it", "reminder", "thanks", TOP_THREE, REMEMBER), restating.restated
    ),
}
"""Kinds of posts that say something when somebody is taken out of them."""

TAKEN_DOWN = (UNASKED.keys() | ASKED) - REMADE.keys()
"""Kinds of posts that are about one thing alone: they go as a whole."""


async def follow(
    session: AsyncSession, workspace_id: str, erasure_id: int, how: str, post: Posted, now: datetime
) -> None:
    """Have one post follow, and write down what became of that.

    What is on its way must have arrived, or come back, before. What waits is changed or never goes.
    """
    state, reason = DONE, ""
    if post.state == "in_doubt":
        state, reason = UNSURE, "in_doubt"
    elif post.state in ("pending", "sent"):
        says = await _says(session, workspace_id, how, post, now)
        await deliveries.revise(session, workspace_id, post.id, says, now=now, at_once=True)
        state = PLANNED if post.state == "sent" else DONE
        if says is None:
            await tellings.forget(session, workspace_id, post.id)
    if how != WORDS:
        await erasing_posts.empty(session, workspace_id, post.id)
    await erasing_posts.note(session, workspace_id, erasure_id, post.id, state, reason)


async def _says(
    session: AsyncSession, workspace_id: str, how: str, post: Posted, now: datetime
) -> Payload | None:
    if how == DOWN:
        return None
    if how == WORDS and (stands := await posted.says(session, workspace_id, post.id)):
        return stands
    # What a post said is kept for a time alone: then it is made anew.
    return await REMADE.get(post.kind, _gone)(session, workspace_id, post, now)
