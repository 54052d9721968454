"""What a digest may choose from, and what its channel liked: bounded, however long the history is.

Every list is walked from its better end along an index and cut (`MOST_*`), so that choosing among a
hundred stories and among a hundred thousand costs the same. Where a channel asked for topics, the walk
over all stories is joined by one over each topic, latest first: a rare topic is found however much else
was published. A topic's walk follows the order in which stories were written; one written long before it
was published is found by the walk over all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from storage import reactions
from storage.tables import CustomerRow
from storage.tables_posts import DeliveryRow, TellingRow
from storage.tables_stories import InterviewRow, StoryRow, TopicRow
from storage.tellings import UNSAID, same_delivery
from stories.digest import Candidate, DigestSettings, Heard, topics
from stories.story import StoryState
from stories.values import dataclass

MOST_OFFERED = 60
MOST_RETOLD = 20
MOST_WALKED = 100
MOST_OF_TOPICS = 100
MOST_HEARD = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A candidate and the conversation it comes from, by which consent is asked."""

    candidate: Candidate
    interview_id: int


async def fresh(
    session: AsyncSession, workspace_id: str, channel_id: str, wanted: DigestSettings, since: datetime
) -> tuple[Offer, ...]:
    """The newest stories published since then that the channel has not heard, MOST_OFFERED at most."""
    by = StoryRow.published_at
    walk = _Walk(by, by >= since, _aside(by) >= since, _untold(workspace_id, channel_id), MOST_OFFERED)
    rows = await _offered(session, workspace_id, walk, wanted)
    return tuple(offer_of(row, told_at=None) for row in rows)


async def loved(
    session: AsyncSession, workspace_id: str, channel_id: str, wanted: DigestSettings, before: datetime
) -> tuple[Offer, ...]:
    """The best-loved stories that the channel has not heard since `before`, MOST_RETOLD at most."""
    by, rested = StoryRow.appreciation, _untold(workspace_id, channel_id, TellingRow.told_at > before)
    walk = _Walk(by, by > 0, _aside(by) > 0, rested, MOST_RETOLD)
    rows = await _offered(session, workspace_id, walk, wanted)
    told = await _last_told(session, workspace_id, channel_id, [row.id for row in rows])
    return tuple(offer_of(row, told_at=told.get(row.id)) for row in rows)


async def heard(
    session: AsyncSession, workspace_id: str, channel_id: str, since: datetime
) -> tuple[Heard, ...]:
    """The latest stories told in the channel since then, with the clicks they got there."""
    clicks = Counter(await reactions.liked_in(session, workspace_id, channel_id, since))
    query = (
        select(TellingRow.story_id, CustomerRow.segment, InterviewRow.themes)
        .join(StoryRow, _same(StoryRow, TellingRow, "story_id"))
        .join(InterviewRow, _same(InterviewRow, StoryRow, "interview_id"))
        .join(CustomerRow, _same(CustomerRow, InterviewRow, "customer_id"))
        .where(
            TellingRow.workspace_id == workspace_id,
            TellingRow.channel_id == channel_id,
            TellingRow.told_at >= since,
        )
        .order_by(TellingRow.told_at.desc())
        .limit(MOST_HEARD)
    )
    rows = await session.execute(query)
    return tuple(Heard(segment=s, themes=tuple(themes), reactions=clicks[i]) for i, s, themes in rows)


@dataclass(frozen=True, slots=True)
class _Walk:
    """Stories from the highest `by` down: the condition on it that an index serves, the same kept from
    any index, the condition on what was told, and how many are wanted."""

    by: Any
    within: ColumnElement[bool]
    within_aside: ColumnElement[bool]
    untold: ColumnElement[bool]
    most: int


async def _offered(
    session: AsyncSession, workspace_id: str, walk: _Walk, wanted: DigestSettings
) -> Sequence[Any]:
    """The stories of a walk that touch the topics asked for, highest first.

    In two steps, the second by number alone.
    """
    segments = [topic for segment in wanted.segments for topic in topics(segment, ())]
    themes = list(topics("", wanted.themes))
    asked = [named for named in (segments, themes) if named]
    numbers = _walked(workspace_id, walk, MOST_WALKED if asked else walk.most, asked)
    if asked:
        numbers = union(numbers, *_of_topics(workspace_id, max(asked, key=len)))
    found = (await session.execute(numbers)).scalars().all()
    if not found:
        return ()
    query = (
        select(*_OFFERED_COLUMNS)
        .join(InterviewRow, _same(InterviewRow, StoryRow, "interview_id"))
        .join(CustomerRow, _same(CustomerRow, InterviewRow, "customer_id"))
        .where(
            StoryRow.workspace_id == workspace_id,
            StoryRow.id.in_(found),
            _aside(StoryRow.state) == StoryState.PUBLISHED.value,
            walk.within_aside,
            walk.untold,
            *(_filed_under(workspace_id, named, StoryRow.id) for named in asked),
        )
        .order_by(_aside(walk.by).desc(), _aside(StoryRow.id).desc())
        .limit(walk.most)
    )
    return (await session.execute(query)).all()


def _walked(workspace_id: str, walk: _Walk, most: int, asked: Sequence[Sequence[str]]) -> Any:
    """The numbers of the first stories of a walk, of which those that touch the topics are left."""
    first = (
        select(StoryRow.id)
        .where(
            StoryRow.workspace_id == workspace_id,
            StoryRow.state == StoryState.PUBLISHED.value,
            walk.within,
            walk.untold,
        )
        .order_by(walk.by.desc(), StoryRow.id.desc())
        .limit(most)
        .subquery()
    )
    return select(first.c.id).where(*(_filed_under(workspace_id, named, first.c.id) for named in asked))


def _aside(column: Any) -> Any:
    """The same value, but no index is followed for it: without statistics a planner would rather follow
    one on the stories' state through all the history than look up a hundred numbers."""
    return func.coalesce(column, column)


_OFFERED_COLUMNS: tuple[Any, ...] = (
    *(StoryRow.id, StoryRow.interview_id, StoryRow.published_at, StoryRow.appreciation),
    *(InterviewRow.customer_id, InterviewRow.author_id, InterviewRow.themes, InterviewRow.language),
    *(InterviewRow.substance, CustomerRow.segment),
)


def _of_topics(workspace_id: str, named: Sequence[str]) -> list[Any]:
    """The numbers of the latest stories of each topic."""
    each = max(MOST_OF_TOPICS // len(named), 10)
    latest = (
        select(TopicRow.story_id)
        .where(TopicRow.workspace_id == workspace_id, TopicRow.topic == topic)
        .order_by(TopicRow.story_id.desc())
        .limit(each)
        .subquery()
        for topic in named
    )
    return [select(stories.c.story_id) for stories in latest]


def _filed_under(workspace_id: str, named: Sequence[str], story_id: Any) -> ColumnElement[bool]:
    return (
        select(TopicRow.story_id)
        .where(
            TopicRow.workspace_id == workspace_id,
            TopicRow.topic.in_(named),
            TopicRow.story_id == story_id,
        )
        .exists()
    )


def _untold(workspace_id: str, channel_id: str, *when: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the channel has not heard the story (`when`) by any post that reached it or still may.

    Looked up story by story: as NOT EXISTS, PostgreSQL would join all that the channel ever heard.
    """
    telling = (
        select(TellingRow.story_id)
        .join(DeliveryRow, same_delivery())
        .where(
            TellingRow.workspace_id == workspace_id,
            TellingRow.channel_id == channel_id,
            TellingRow.story_id == StoryRow.id,
            DeliveryRow.state.not_in(UNSAID),
            *when,
        )
        .limit(1)
    )
    return telling.scalar_subquery().is_(None)


async def _last_told(
    session: AsyncSession, workspace_id: str, channel_id: str, story_ids: Sequence[int]
) -> dict[int, datetime]:
    """When the channel last heard each of these stories; no entry for one it never did."""
    query = (
        select(TellingRow.story_id, func.max(TellingRow.told_at))
        .join(DeliveryRow, same_delivery())
        .where(
            TellingRow.workspace_id == workspace_id,
            TellingRow.channel_id == channel_id,
            TellingRow.story_id.in_(story_ids),
            DeliveryRow.state.not_in(UNSAID),
        )
        .group_by(TellingRow.story_id)
    )
    return {row[0]: row[1] for row in await session.execute(query)}


def _same(row: Any, other: Any, column: str) -> ColumnElement[bool]:
    """What joins a row to the one that names it, within a workspace."""
    return and_(row.workspace_id == other.workspace_id, row.id == getattr(other, column))


def offer_of(row: Any, *, told_at: datetime | None) -> Offer:
    """A story's row as something that may be told."""
    candidate = Candidate(
        story_id=row.id,
        customer_id=row.customer_id,
        author_id=row.author_id,
        segment=row.segment,
        themes=tuple(row.themes),
        published_at=row.published_at,
        loved=row.appreciation,
        told_at=told_at,
        language=row.language,
        substance=row.substance,
    )
    return Offer(candidate=candidate, interview_id=row.interview_id)
