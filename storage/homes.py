"""What a person's App Home asks for: a few indexed looks that cost the same however long the history is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import distinct, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.follow_ups import ACT, LET_GO
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
    own = (InterviewRow.workspace_id == workspace_id, InterviewRow.author_id == author_id)
    newest = (
        select(StoryRow.id)
        .join(
            InterviewRow,
            (InterviewRow.workspace_id == StoryRow.workspace_id) & (InterviewRow.id == StoryRow.interview_id),
        )
        .where(*own)
        .order_by(InterviewRow.id.desc())
        .limit(most)
    )
    ids = tuple((await session.execute(newest)).scalars())
    if len(ids) < most:
        return ids, len(ids)
    counted = select(InterviewRow.id).where(*own).limit(MOST_COUNTED).subquery()
    return ids, (await session.execute(select(func.count()).select_from(counted))).scalar_one()


async def latest_published(session: AsyncSession, workspace_id: str, *, most: int) -> tuple[int, ...]:
    """The ids of the stories published last."""
    query = (
        select(StoryRow.id)
        .where(StoryRow.workspace_id == workspace_id, StoryRow.state == StoryState.PUBLISHED.value)
        .order_by(StoryRow.published_at.desc(), StoryRow.id.desc())
        .limit(most)
    )
    return tuple((await session.execute(query)).scalars())


async def channels_told(session: AsyncSession, workspace_id: str, story_ids: Sequence[int]) -> dict[int, int]:
    """How many channels have heard each of these stories; no entry for one that none has."""
    query = (
        select(TellingRow.story_id, func.count(distinct(TellingRow.channel_id)))
        .join(DeliveryRow, same_delivery())
        .where(
            TellingRow.workspace_id == workspace_id,
            TellingRow.story_id.in_(story_ids),
            DeliveryRow.state.not_in(UNSAID),
        )
        .group_by(TellingRow.story_id)
    )
    return {story_id: number for story_id, number in await session.execute(query)}  # noqa: C416 rows are not pairs


async def taken_on(
    session: AsyncSession, workspace_id: str, story_ids: Sequence[int]
) -> dict[int, tuple[tuple[str, str, bool], ...]]:
    """What readers took on because of each of these stories, oldest first: (who, what, whether done)."""
    query = (
        select(StoryRow.id, FollowUpRow.id, FollowUpRow.owner_id, FollowUpRow.what, FollowUpRow.done_at)
        .join(
            FollowUpRow,
            (FollowUpRow.workspace_id == StoryRow.workspace_id)
            & (FollowUpRow.interview_id == StoryRow.interview_id),
        )
        .where(
            StoryRow.workspace_id == workspace_id,
            StoryRow.id.in_(story_ids),
            FollowUpRow.kind == ACT,
            FollowUpRow.outcome != LET_GO,
        )
    )
    # Asked to sort by their ids, SQLite would walk through all follow-ups of the workspace.
    rows = sorted((await session.execute(query)).all(), key=lambda row: row[1])
    found: dict[int, tuple[tuple[str, str, bool], ...]] = {}
    for story_id, _id, owner_id, what, done_at in rows:
        found[story_id] = (*found.get(story_id, ()), (owner_id, what, done_at is not None))
    return found


async def answered(
    session: AsyncSession, workspace_id: str, user_id: str, story_ids: Sequence[int]
) -> frozenset[int]:
    """Those of these stories to which this person has reacted."""
    query = select(ReactionRow.story_id).where(
        ReactionRow.workspace_id == workspace_id,
        ReactionRow.story_id.in_(story_ids),
        ReactionRow.user_id == user_id,
    )
    return frozenset((await session.execute(query)).scalars())


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
    query = (
        select(PersonRow.settings, PersonRow.home_hash, WorkspaceRow.installed_by)
        .join(WorkspaceRow, WorkspaceRow.id == PersonRow.workspace_id)
        .where(PersonRow.workspace_id == workspace_id, PersonRow.user_id == user_id)
    )
    row = (await session.execute(query)).first()
    if row is None:
        return {}, None, False
    return dict(row.settings or {}), row.home_hash, row.installed_by == user_id
