"""A season's last word: that it is over, and what we changed for those it followed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import series_notes as words
from bot.messages.series_notes import Changed, Ended
from bot.own_customers import meets
from bot.revising import say_now
from bot.tongues import speaking_to
from storage import attention, series, series_episodes, series_follows, series_gathering
from storage import series_notes as kept
from storage.attention import Unasked, Waiting
from storage.deliveries import Subject
from storage.posted import Posted
from stories.attention import UNASKED
from stories.series.seasons import SeasonState
from stories.values import dataclass

EPISODE: Final = "episode"
GOODBYE: Final = "series_goodbye"
"""What the slot of a season's last word begins with; it is a post of the kind of an episode."""

MOST_CHANGED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The last word, and whom it speaks of."""

    payload: dict[str, Any]
    subjects: tuple[Subject, ...]


async def say(
    session: AsyncSession, workspace_id: str, season_id: int, *, command: str, now: datetime
) -> None:
    """Have whoever follows hear that a season is over. The next round sends it."""
    for place in await series_follows.places(session, workspace_id):
        what = Unasked(
            place=place,
            kind=EPISODE,
            slot_key=f"{GOODBYE}:{season_id}",
            about={"season": season_id, "command": command},
        )
        until = now + UNASKED[EPISODE].fresh_for
        await attention.add(session, workspace_id, what, now=now, fresh_until=until)


async def told_now(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Said | None:
    """What it says at this moment; None for a season that tells nothing any more."""
    return await _made(
        session, workspace_id, int(one.about["season"]), one.place, str(one.about["command"]), now
    )


async def restated(
    session: AsyncSession, workspace_id: str, post: Posted, at: datetime
) -> dict[str, Any] | None:
    """The same for one that stands."""
    what = Unasked(place=post.channel_id, kind=EPISODE, slot_key=post.slot_key, about={})
    offered = await attention.offered(session, workspace_id, what)
    command = str(offered.about["command"]) if offered else "/firsthand"
    number = int(post.slot_key.partition(":")[2])
    async with speaking_to(session, workspace_id, post.channel_id):
        said = await _made(session, workspace_id, number, post.channel_id, command, at)
    return said.payload if said else None


async def follow_customer(
    session: AsyncSession, workspace_id: str, customer_id: int, *, now: datetime
) -> None:
    """Have last words that spoke of this customer say what may be said now."""
    for post in await kept.telling_of(session, workspace_id, customer_id, f"{GOODBYE}:"):
        payload = await restated(session, workspace_id, post, now)
        await say_now(session, workspace_id, post.id, payload, now=now)


async def _made(
    session: AsyncSession, workspace_id: str, season_id: int, place: str, command: str, now: datetime
) -> Said | None:
    season = await series.season(session, workspace_id, season_id, now)
    if season is None:
        return None
    told = await series_episodes.of_season(session, workspace_id, season_id)
    there = await series_gathering.material(session, workspace_id, season, now)
    absent = await meets(session, workspace_id, place)
    who = {one.customer_id: one.who for one in there.followed if one.customer_id not in absent}
    done = [one for one in there.promises if one.outcome == "done" and one.customer_id in who]
    changed = [Changed(who=who[one.customer_id], what=one.closing or one.what) for one in done]
    ended = Ended(
        season=season.title,
        episodes=len(told),
        closed=season.state is SeasonState.CLOSED,
        changed=tuple(changed[:MOST_CHANGED]),
    )
    subjects = dict.fromkeys(Subject(customer_id=one.customer_id) for one in done[:MOST_CHANGED])
    return Said(payload=words.goodbye(ended, place, f"{command} series"), subjects=tuple(subjects))
