"""What a person's App Home asks for: a few indexed looks that cost the same however long the history is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, bindparam, distinct, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.follow_ups import ACT, LET_GO
from storage.prepared import Prepared
from storage.rows import run, run_own, run_several, table_of
from storage.several import for_each, one_of
from storage.tables import PersonRow, WorkspaceRow
from storage.tables_posts import ChannelRow, DeliveryRow, TellingRow
from storage.tables_stories import FollowUpRow, InterviewRow, ReactionRow, StoryRow
from storage.tellings import UNSAID, same_delivery
from stories.channels import ChannelState
from stories.story import StoryState

MOST_COUNTED = 1000
"""More stories of one author than these are counted as this many."""


async def own_stories(
    session: AsyncSession, workspace_id: str, author_id: str, *, most: int
) -> tuple[tuple[int, ...], int]:
    """The ids of a person's newest stories, and how many there are (at most MOST_COUNTED are counted)."""
    own = {"workspace": workspace_id, "author": author_id}
    newest, counted = await run_several(session, [(_OWN, {**own, "most": most}), (_COUNTED, own)])
    return tuple(row.id for row in newest), counted.scalar_one()


async def latest_published(session: AsyncSession, workspace_id: str, *, most: int) -> tuple[int, ...]:
    """The ids of the stories published last."""
    return tuple(row.id for row in await run(session, _LATEST, {"workspace": workspace_id, "most": most}))


async def channels_told(session: AsyncSession, workspace_id: str, story_ids: Sequence[int]) -> dict[int, int]:
    """How many channels have heard each of these stories; no entry for one that none has."""
    values = {"workspace": workspace_id, "stories": list(story_ids)}
    return {row.story_id: row.number for row in await run_own(session, _CHANNELS, values)}


async def taken_on(
    session: AsyncSession, workspace_id: str, story_ids: Sequence[int]
) -> dict[int, tuple[tuple[str, str, bool], ...]]:
    """What readers took on because of each of these stories, oldest first: (who, what, whether done)."""
    values = {"workspace": workspace_id, "stories": list(story_ids)}
    # Asked to sort by their ids, SQLite would walk through all follow-ups of the workspace.
    rows = sorted(await run_own(session, _TAKEN_ON, values), key=lambda row: row.follow_up_id)
    found: dict[int, tuple[tuple[str, str, bool], ...]] = {}
    for story_id, _id, owner_id, what, done_at in rows:
        found[story_id] = (*found.get(story_id, ()), (owner_id, what, done_at is not None))
    return found


async def answered(
    session: AsyncSession, workspace_id: str, user_id: str, story_ids: Sequence[int]
) -> frozenset[int]:
    """Those of these stories to which this person has reacted."""
    values = {"workspace": workspace_id, "stories": list(story_ids), "user": user_id}
    return frozenset(row.story_id for row in await run_own(session, _ANSWERED, values))


async def pilot_channel(session: AsyncSession, workspace_id: str) -> str | None:
    """The channel that was set up first of those that hear digests (or will, once an editor agrees)."""
    hears = (ChannelState.ON.value, ChannelState.WAITING.value, ChannelState.PAUSED.value)
    query = (
        select(ChannelRow.channel_id)
        .where(ChannelRow.workspace_id == workspace_id, ChannelRow.state.in_(hears))
        .order_by(ChannelRow.created_at)
        .limit(1)
    )
    return (await session.execute(query)).scalar_one_or_none()


async def notes_written(session: AsyncSession, workspace_id: str, *, most: int) -> int:
    """How many conversations are written up here, counted up to `most`."""
    query = select(InterviewRow.id).where(InterviewRow.workspace_id == workspace_id).limit(most)
    return len((await session.execute(query)).all())


async def others_at_home(session: AsyncSession, workspace_id: str, user_id: str, *, most: int) -> int:
    """How many colleagues other than this one have looked at their App Home, counted up to `most`."""
    query = (
        select(PersonRow.user_id)
        .where(
            PersonRow.workspace_id == workspace_id,
            PersonRow.user_id != user_id,
            PersonRow.home_hash.is_not(None),
        )
        .limit(most)
    )
    return len((await session.execute(query)).all())


async def person(
    session: AsyncSession, workspace_id: str, user_id: str
) -> tuple[dict[str, Any], str | None, bool]:
    """A person's settings, what their App Home showed last, and whether they installed the bot here."""
    row = (await run(session, _PERSON, {"workspace": workspace_id, "user": user_id})).first()
    if row is None:
        return {}, None, False
    return dict(row.settings or {}), row.home_hash, row.installed_by == user_id


# Built once: they are asked with every Home.

_S, _I, _W, _P = (table_of(row) for row in (StoryRow, InterviewRow, WorkspaceRow, PersonRow))
_F, _R, _T, _D = (table_of(row) for row in (FollowUpRow, ReactionRow, TellingRow, DeliveryRow))

_WS: Any = bindparam("workspace")

_BY_THEM = and_(_I.c.workspace_id == _WS, _I.c.author_id == bindparam("author"))

_OWN = Prepared(
    select(_S.c.id)
    .join_from(_S, _I, and_(_I.c.workspace_id == _S.c.workspace_id, _I.c.id == _S.c.interview_id))
    .where(_BY_THEM)
    .order_by(_I.c.id.desc())
    .limit(bindparam("most"))
)

_COUNTED = Prepared(
    select(func.count().label("number")).select_from(
        select(_I.c.id).where(_BY_THEM).limit(MOST_COUNTED).subquery()
    )
)

_LATEST = Prepared(
    select(_S.c.id)
    .where(_S.c.workspace_id == _WS, _S.c.state == StoryState.PUBLISHED.value)
    .order_by(_S.c.published_at.desc(), _S.c.id.desc())
    .limit(bindparam("most"))
)

_CHANNELS = for_each(
    lambda dialect: (
        select(_T.c.story_id, func.count(distinct(_T.c.channel_id)).label("number"))
        .join_from(_T, _D, same_delivery())
        .where(_T.c.workspace_id == _WS, one_of(dialect, _T.c.story_id, "stories"))
        .where(*(_D.c.state != state for state in sorted(UNSAID)))
        .group_by(_T.c.story_id)
    )
)

_TAKEN_ON = for_each(
    lambda dialect: (
        select(_S.c.id, _F.c.id.label("follow_up_id"), _F.c.owner_id, _F.c.what, _F.c.done_at)
        .join_from(
            _S, _F, and_(_F.c.workspace_id == _S.c.workspace_id, _F.c.interview_id == _S.c.interview_id)
        )
        .where(_S.c.workspace_id == _WS, one_of(dialect, _S.c.id, "stories"))
        .where(_F.c.kind == ACT, _F.c.outcome != LET_GO)
    )
)

_ANSWERED = for_each(
    lambda dialect: select(_R.c.story_id).where(
        _R.c.workspace_id == _WS, one_of(dialect, _R.c.story_id, "stories"), _R.c.user_id == bindparam("user")
    )
)

_PERSON = Prepared(
    select(_P.c.settings, _P.c.home_hash, _W.c.installed_by)
    .join_from(_P, _W, _W.c.id == _P.c.workspace_id)
    .where(_P.c.workspace_id == _WS, _P.c.user_id == bindparam("user"))
)
