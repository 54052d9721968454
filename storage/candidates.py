"""What a digest may choose from, and what its channel liked: bounded, however long the history is.

Every list is walked from its better end along an index and cut (`MOST_*`), so that choosing among a
hundred stories and among a hundred thousand costs the same. Where a channel asked for topics, the walk
over all stories is joined by one over each topic, latest first: a rare topic is found however much else
was published. A topic's walk follows the order in which stories were written; one written long before it
was published is found by the walk over all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from storage import reactions
from storage.tables import CustomerRow
from storage.tables_posts import DeliveryRow, TellingRow
from storage.tables_stories import InterviewRow, StoryRow, TopicRow
from storage.tellings import UNSAID, same_delivery
from stories.digest import Candidate, DigestSettings, Heard, topics
from stories.story import StoryState

MOST_OFFERED = 100
MOST_WALKED = 400
MOST_OF_TOPIC = 100
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
    ours = (
        StoryRow.workspace_id == workspace_id,
        StoryRow.state == StoryState.PUBLISHED.value,
        StoryRow.published_at >= since,
        ~_told(workspace_id, channel_id),
    )
    newest = (StoryRow.published_at.desc(), StoryRow.id.desc())
    rows = await session.execute(_offered(workspace_id, ours, newest, wanted))
    return tuple(_offer(*row, told_at=None) for row in rows)


async def loved(
    session: AsyncSession, workspace_id: str, channel_id: str, wanted: DigestSettings, before: datetime
) -> tuple[Offer, ...]:
    """The best-loved stories that the channel has not heard since `before`, MOST_OFFERED at most."""
    ours = (
        StoryRow.workspace_id == workspace_id,
        StoryRow.state == StoryState.PUBLISHED.value,
        StoryRow.appreciation > 0,
        ~_told(workspace_id, channel_id, TellingRow.told_at > before),
    )
    dearest = (StoryRow.appreciation.desc(), StoryRow.id.desc())
    rows = list(await session.execute(_offered(workspace_id, ours, dearest, wanted)))
    told = await _last_told(session, workspace_id, channel_id, [row[0] for row in rows])
    return tuple(_offer(*row, told_at=told.get(row[0])) for row in rows)


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
    rows = (await session.execute(query)).tuples()
    return tuple(Heard(segment=s, themes=tuple(themes), reactions=clicks[i]) for i, s, themes in rows)


def _offered(
    workspace_id: str,
    ours: Sequence[ColumnElement[bool]],
    order: Sequence[ColumnElement[Any]],
    wanted: DigestSettings,
) -> Select[Any]:
    """The query for candidates: those that stand first in `order` and touch the topics asked for."""
    segments = [topic for segment in wanted.segments for topic in topics(segment, ())]
    themes = list(topics("", wanted.themes))
    query: Select[Any] = (
        select(
            StoryRow.id,
            InterviewRow.id,
            InterviewRow.customer_id,
            InterviewRow.author_id,
            CustomerRow.segment,
            InterviewRow.themes,
            StoryRow.published_at,
            StoryRow.appreciation,
        )
        .join(InterviewRow, _same(InterviewRow, StoryRow, "interview_id"))
        .join(CustomerRow, _same(CustomerRow, InterviewRow, "customer_id"))
        .where(*ours)
        .order_by(*order)
        .limit(MOST_OFFERED)
    )
    if not (segments or themes):
        return query
    walked = select(StoryRow.id).where(*ours).order_by(*order).limit(MOST_WALKED)
    parts = [walked, *_of_topics(workspace_id, segments or themes)]
    within = union(*(select(part.subquery().c[0]) for part in parts))
    return query.where(
        StoryRow.id.in_(within),
        *(_filed_under(workspace_id, named) for named in (segments, themes) if named),
    )


def _of_topics(workspace_id: str, named: Iterable[str]) -> list[Select[int]]:
    """The latest stories of each topic."""
    return [
        select(TopicRow.story_id)
        .where(TopicRow.workspace_id == workspace_id, TopicRow.topic == topic)
        .order_by(TopicRow.story_id.desc())
        .limit(MOST_OF_TOPIC)
        for topic in named
    ]


def _filed_under(workspace_id: str, named: Sequence[str]) -> ColumnElement[bool]:
    return (
        select(TopicRow.story_id)
        .where(
            TopicRow.workspace_id == workspace_id,
            TopicRow.topic.in_(named),
            TopicRow.story_id == StoryRow.id,
        )
        .exists()
    )


def _told(workspace_id: str, channel_id: str, *when: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the channel heard the story (`when`), by whatever post that reached it or still may."""
    return (
        select(TellingRow.story_id)
        .join(DeliveryRow, same_delivery())
        .where(
            TellingRow.workspace_id == workspace_id,
            TellingRow.channel_id == channel_id,
            TellingRow.story_id == StoryRow.id,
            DeliveryRow.state.not_in(UNSAID),
            *when,
        )
        .exists()
    )


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
    return dict((await session.execute(query)).tuples().all())


def _same(row: Any, other: Any, column: str) -> ColumnElement[bool]:
    """What joins a row to the one that names it, within a workspace."""
    joined: ColumnElement[bool] = (row.workspace_id == other.workspace_id) & (
        row.id == getattr(other, column)
    )
    return joined


def _offer(
    story_id: int,
    interview_id: int,
    customer_id: int,
    author_id: str,
    segment: str,
    themes: list[str],
    published_at: datetime,
    appreciation: int,
    *,
    told_at: datetime | None,
) -> Offer:
    candidate = Candidate(
        story_id=story_id,
        customer_id=customer_id,
        author_id=author_id,
        segment=segment,
        themes=tuple(themes),
        published_at=published_at,
        loved=appreciation,
        told_at=told_at,
    )
    return Offer(candidate=candidate, interview_id=interview_id)
