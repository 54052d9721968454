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

MOST_OFFERED = 60
MOST_RETOLD = 20
MOST_WALKED = 300
MOST_OF_TOPICS = 200
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
    untold = ~_told(workspace_id, channel_id)
    walk = (
        _published(workspace_id)
        .where(StoryRow.published_at >= since, untold)
        .order_by(StoryRow.published_at.desc(), StoryRow.id.desc())
    )
    rows = await _offered(session, workspace_id, walk, untold, wanted)
    offers = [_offer(row, told_at=None) for row in rows if row.published_at >= since]
    newest = sorted(offers, key=lambda o: (o.candidate.published_at, o.candidate.story_id), reverse=True)
    return tuple(newest[:MOST_OFFERED])


async def loved(
    session: AsyncSession, workspace_id: str, channel_id: str, wanted: DigestSettings, before: datetime
) -> tuple[Offer, ...]:
    """The best-loved stories that the channel has not heard since `before`, MOST_RETOLD at most."""
    untold = ~_told(workspace_id, channel_id, TellingRow.told_at > before)
    walk = (
        _published(workspace_id)
        .where(StoryRow.appreciation > 0, untold)
        .order_by(StoryRow.appreciation.desc(), StoryRow.id.desc())
    )
    rows = await _offered(session, workspace_id, walk, untold, wanted)
    told = await _last_told(session, workspace_id, channel_id, [row.id for row in rows])
    offers = [_offer(row, told_at=told.get(row.id)) for row in rows if row.appreciation > 0]
    dearest = sorted(offers, key=lambda o: (o.candidate.loved, o.candidate.story_id), reverse=True)
    return tuple(dearest[:MOST_RETOLD])


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


def _published(workspace_id: str) -> Select[int]:
    return select(StoryRow.id).where(
        StoryRow.workspace_id == workspace_id, StoryRow.state == StoryState.PUBLISHED.value
    )


async def _offered(
    session: AsyncSession,
    workspace_id: str,
    walk: Select[int],
    untold: ColumnElement[bool],
    wanted: DigestSettings,
) -> list[Any]:
    """The published and untold stories on the walk, and the latest of the topics asked for.

    In two steps, the second by number alone: a planner without statistics would rather follow an index
    on the stories' state through all the history.
    """
    segments = [topic for segment in wanted.segments for topic in topics(segment, ())]
    themes = list(topics("", wanted.themes))
    asked = [named for named in (segments, themes) if named]
    walks = [walk.limit(MOST_WALKED if asked else MOST_OFFERED)]
    walks += _of_topics(workspace_id, max(asked, key=len)) if asked else []
    numbers = union(*(select(part.subquery().c[0]) for part in walks))
    found = (await session.execute(numbers)).scalars().all()
    query = _rows(workspace_id).where(
        StoryRow.id.in_(found), untold, *(_filed_under(workspace_id, named) for named in asked)
    )
    rows = (await session.execute(query)).all()
    return [row for row in rows if row.state == StoryState.PUBLISHED.value]


def _rows(workspace_id: str) -> Select[Any]:
    query: Select[Any] = select(*_OFFERED_COLUMNS).where(StoryRow.workspace_id == workspace_id)
    return query.join(InterviewRow, _same(InterviewRow, StoryRow, "interview_id")).join(
        CustomerRow, _same(CustomerRow, InterviewRow, "customer_id")
    )


_OFFERED_COLUMNS: tuple[Any, ...] = (
    StoryRow.id,
    StoryRow.state,
    StoryRow.interview_id,
    InterviewRow.customer_id,
    InterviewRow.author_id,
    CustomerRow.segment,
    InterviewRow.themes,
    StoryRow.published_at,
    StoryRow.appreciation,
)


def _of_topics(workspace_id: str, named: Sequence[str]) -> list[Select[int]]:
    """The latest stories of each topic."""
    each = max(MOST_OF_TOPICS // len(named), 10)
    return [
        select(TopicRow.story_id)
        .where(TopicRow.workspace_id == workspace_id, TopicRow.topic == topic)
        .order_by(TopicRow.story_id.desc())
        .limit(each)
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
    return {row[0]: row[1] for row in await session.execute(query)}


def _same(row: Any, other: Any, column: str) -> ColumnElement[bool]:
    """What joins a row to the one that names it, within a workspace."""
    joined: ColumnElement[bool] = (row.workspace_id == other.workspace_id) & (
        row.id == getattr(other, column)
    )
    return joined


def _offer(row: Any, *, told_at: datetime | None) -> Offer:
    candidate = Candidate(
        story_id=row.id,
        customer_id=row.customer_id,
        author_id=row.author_id,
        segment=row.segment,
        themes=tuple(row.themes),
        published_at=row.published_at,
        loved=row.appreciation,
        told_at=told_at,
    )
    return Offer(candidate=candidate, interview_id=row.interview_id)
