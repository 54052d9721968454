"""Catching up: somebody reads a season from its first episode, one message after the other in a thread."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import series_episode as words
from bot.messages.series_episode import Shown
from bot.revising import say_now
from bot.series.showing import shown, subjects_of, told_of
from bot.tongues import speaking_to
from storage import deliveries, series_episodes, series_notes
from storage.deliveries import Post
from storage.posted import Posted
from stories.errors import UserError
from stories.language import _

CHAPTER: Final = "series_chapter"
"""What the slots of these messages begin with."""

NOTICE: Final = "notice"


async def send(
    session: AsyncSession,
    workspace_id: str,
    user_id: str,
    season_id: int,
    episode_id: int | None,
    *,
    thread_ts: str | None,
    now: datetime,
) -> int:
    """Send somebody an episode that they asked for (None: the season's first); its id.

    The outbox wants waking after the commit. Raises UserError where nothing of it may be read any more.
    """
    told = await told_of(session, workspace_id, season_id, now, user_id)
    one = next((each for each in told if episode_id is None or each.episode.id == episode_id), None)
    if one is None or one.episode.id is None:
        raise UserError(_("There is nothing of it to read any more."))
    payload = words.chapter(one, first=one is told[0], following=_after(told, one))
    slot = f"{CHAPTER}:{one.episode.id}:{now.isoformat()}"
    post = Post(
        channel_id=user_id,
        kind=NOTICE,
        slot_key=slot,
        payload=payload,
        thread_ts=thread_ts,
        subjects=subjects_of(one.episode),
    )
    await deliveries.plan(session, workspace_id, post, now=now)
    return one.episode.id


async def restated(session: AsyncSession, workspace_id: str, note: Posted, at: datetime) -> dict[str, Any]:
    """What such a message says now."""
    number = int(note.slot_key.split(":")[1])
    one = await shown(session, workspace_id, number, at, note.channel_id)
    if one is None:
        return words.gone()
    told = await told_of(session, workspace_id, one.episode.season_id, at, note.channel_id)
    first = bool(told) and told[0].episode.id == number
    async with speaking_to(session, workspace_id, note.channel_id):
        return words.chapter(one, first=first, following=_after(told, one))


async def follow_customer(
    session: AsyncSession, workspace_id: str, customer_id: int, *, now: datetime
) -> None:
    """Have every such message that tells of this customer say what may be read now."""
    for note in await series_notes.telling_of(session, workspace_id, customer_id, f"{CHAPTER}:"):
        payload = await restated(session, workspace_id, note, now)
        await say_now(session, workspace_id, note.id, payload, now=now)


async def season_of(session: AsyncSession, workspace_id: str, episode_id: int) -> int:
    """The season that an episode belongs to. Raises UserError for an episode that is gone."""
    episode = await series_episodes.get(session, workspace_id, episode_id)
    if episode is None:
        raise UserError(_("That episode isn’t told any more."))
    return episode.season_id


def _after(told: tuple[Shown, ...], one: Shown) -> int | None:
    later = [each.episode for each in told if each.episode.number > one.episode.number]
    return later[0].id if later else None
