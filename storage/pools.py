"""What many channels of a workspace may hear, read once for all of them.

The stories published of late are few beside the channels that hear them: they are read once, and which of
them each channel has heard. Where more were published than are read so, each channel is looked at by itself
(`storage.candidates`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.candidates import MOST_HEARD, Offer, offer_of
from storage.reactions import MOST_LIKED
from storage.rows import run, table_of
from storage.tables import CustomerRow
from storage.tables_posts import DeliveryRow, TellingRow
from storage.tables_stories import InterviewRow, ReactionRow, StoryRow
from storage.tellings import UNSAID
from stories.digest import Heard
from stories.story import StoryState
from stories.values import dataclass

MOST_POOLED = 300
"""Stories that are read for many channels at once; of more, each channel walks through its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """The stories published of late, the newest first. `whole` tells whether these are all."""

    offers: tuple[Offer, ...]
    whole: bool


async def fresh(session: AsyncSession, workspace_id: str, since: datetime) -> Pool:
    """The stories published since then, MOST_POOLED at most."""
    values = {"workspace": workspace_id, "since": since, "most": MOST_POOLED + 1}
    offers = [offer_of(row, told_at=None) for row in await run(session, _FRESH, values)]
    return Pool(offers=tuple(offers[:MOST_POOLED]), whole=len(offers) <= MOST_POOLED)


async def heard_of(
    session: AsyncSession, workspace_id: str, channel_ids: Collection[str], story_ids: Collection[int]
) -> dict[str, frozenset[int]]:
    """Which of these stories each of these channels has heard, or still may by a post that is on its way."""
    values = {"workspace": workspace_id, "channels": list(channel_ids), "stories": list(story_ids)}
    rows = (await run(session, _TOLD, values)).all() if channel_ids and story_ids else ()
    found: dict[str, set[int]] = {}
    for channel_id, story_id in rows:
        found.setdefault(channel_id, set()).add(story_id)
    return {channel_id: frozenset(heard) for channel_id, heard in found.items()}


async def told_of(
    session: AsyncSession, workspace_id: str, channel_ids: Collection[str], since: datetime
) -> dict[str, dict[int, tuple[int, ...]]]:
    """Which stories each of these channels was told since then, by their customers' ids, the latest first."""
    if not channel_ids:
        return {}
    values: dict[str, Any] = {"workspace": workspace_id, "channels": list(channel_ids), "since": since}
    found: dict[str, dict[int, tuple[int, ...]]] = {}
    for channel_id, customer_id, story_id in await run(session, _TOLD_OF, values):
        of_customer = found.setdefault(channel_id, {})
        of_customer[customer_id] = (*of_customer.get(customer_id, ()), story_id)
    return found


async def remembered(
    session: AsyncSession, workspace_id: str, channel_ids: Collection[str], since: datetime
) -> dict[str, tuple[Heard, ...]]:
    """The latest stories told in each of these channels since then, with the clicks they got there.

    The same as `storage.candidates.heard` answers for one channel.
    """
    if not channel_ids:
        return {}
    values: dict[str, Any] = {"workspace": workspace_id, "channels": list(channel_ids), "since": since}
    told: dict[str, list[int]] = {}
    for channel_id, story_id in await run(session, _LATEST_TOLD, values):
        told.setdefault(channel_id, []).append(story_id)
    clicks = Counter((c, s) for c, s in await run(session, _LATEST_CLICKS, values))
    about = await _topics(session, workspace_id, sorted({one for many in told.values() for one in many}))
    return {
        channel_id: tuple(
            Heard(segment=about[one][0], themes=about[one][1], reactions=clicks[channel_id, one])
            for one in story_ids
            if one in about
        )
        for channel_id, story_ids in told.items()
    }


async def _topics(
    session: AsyncSession, workspace_id: str, story_ids: Sequence[int]
) -> dict[int, tuple[str, tuple[str, ...]]]:
    """Segment and themes of each of these stories."""
    values = {"workspace": workspace_id, "stories": list(story_ids)}
    rows = (await run(session, _TOPICS, values)).all() if story_ids else ()
    return {story_id: (segment, tuple(themes)) for story_id, segment, themes in rows}


# Built once: building a statement costs several times what running it does.
_S, _I, _C = table_of(StoryRow), table_of(InterviewRow), table_of(CustomerRow)
_T, _D, _R = table_of(TellingRow), table_of(DeliveryRow), table_of(ReactionRow)
_THEIR_INTERVIEW = (_I.c.workspace_id == _S.c.workspace_id) & (_I.c.id == _S.c.interview_id)
_THEIR_CUSTOMER = (_C.c.workspace_id == _I.c.workspace_id) & (_C.c.id == _I.c.customer_id)
_NEWEST = (
    select(_S.c.id, _S.c.interview_id, _S.c.published_at, _S.c.appreciation, _S.c.workspace_id)
    .where(
        _S.c.workspace_id == bindparam("workspace"),
        _S.c.state == StoryState.PUBLISHED.value,
        _S.c.published_at >= bindparam("since", type_=_S.c.published_at.type),
    )
    .order_by(_S.c.published_at.desc(), _S.c.id.desc())
    .limit(bindparam("most"))
    .subquery("newest")
)
_FRESH = (
    select(
        *(_NEWEST.c.id, _NEWEST.c.interview_id, _I.c.customer_id, _I.c.author_id, _C.c.segment, _I.c.themes),
        *(_NEWEST.c.published_at, _NEWEST.c.appreciation, _I.c.language, _I.c.substance),
    )
    .join(_I, (_I.c.workspace_id == _NEWEST.c.workspace_id) & (_I.c.id == _NEWEST.c.interview_id))
    .join(_C, _THEIR_CUSTOMER)
    .order_by(_NEWEST.c.published_at.desc(), _NEWEST.c.id.desc())
)
_CHANNELS: Any = bindparam("channels", expanding=True)
_STORIES: Any = bindparam("stories", expanding=True)
_TOLD = (
    select(_T.c.channel_id, _T.c.story_id)
    .join(_D, (_D.c.workspace_id == _T.c.workspace_id) & (_D.c.id == _T.c.delivery_id))
    .where(
        _T.c.workspace_id == bindparam("workspace"),
        _T.c.channel_id.in_(_CHANNELS),
        _T.c.story_id.in_(_STORIES),
        _D.c.state.not_in(UNSAID),
    )
)
_TOLD_OF = (
    select(_T.c.channel_id, _I.c.customer_id, _T.c.story_id)
    .join(_D, (_D.c.workspace_id == _T.c.workspace_id) & (_D.c.id == _T.c.delivery_id))
    .join(_S, (_S.c.workspace_id == _T.c.workspace_id) & (_S.c.id == _T.c.story_id))
    .join(_I, _THEIR_INTERVIEW)
    .where(
        _T.c.workspace_id == bindparam("workspace"),
        _T.c.channel_id.in_(_CHANNELS),
        _T.c.told_at >= bindparam("since", type_=_T.c.told_at.type),
        _D.c.state.not_in(UNSAID),
    )
    .order_by(_T.c.told_at.desc(), _T.c.story_id.desc())
)
_TOPICS = (
    select(_S.c.id, _C.c.segment, _I.c.themes)
    .join(_I, _THEIR_INTERVIEW)
    .join(_C, _THEIR_CUSTOMER)
    .where(_S.c.workspace_id == bindparam("workspace"), _S.c.id.in_(_STORIES))
)


def _latest(table: Any, at: Any, most: int) -> Any:
    """The latest rows of each of some channels: channel and story, the newest first."""
    place = func.row_number().over(partition_by=table.c.channel_id, order_by=at.desc()).label("place")
    numbered = (
        select(table.c.channel_id, table.c.story_id, place)
        .where(
            table.c.workspace_id == bindparam("workspace"),
            table.c.channel_id.in_(_CHANNELS),
            at >= bindparam("since", type_=at.type),
        )
        .subquery("numbered")
    )
    return (
        select(numbered.c.channel_id, numbered.c.story_id)
        .where(numbered.c.place <= most)
        .order_by(numbered.c.channel_id, numbered.c.place)
    )


_LATEST_TOLD = _latest(_T, _T.c.told_at, MOST_HEARD)
_LATEST_CLICKS = _latest(_R, _R.c.at, MOST_LIKED)
