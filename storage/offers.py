"""What a person may be offered to choose from: what is told here, and what is their own.

A conversation that nobody agreed to share is known to its author alone, and so are its themes, its
customer and what kind of customer that is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.cases import same_text
from storage.customers import as_value, folded
from storage.tables import ConsentRow, CustomerRow
from storage.tables_stories import InterviewRow, StoryRow, TopicRow
from stories.consent import Purpose
from stories.customers import Customer
from stories.digest import topics as topics_of
from stories.story import StoryState
from stories.values import dataclass

LOOKED_AT = 1000
"""How many of the latest published stories, and of somebody's own talks, are looked at for topics."""

_TOPICS = (
    select(InterviewRow.id, StoryRow.id, InterviewRow.themes, CustomerRow.segment)
    .join_from(
        StoryRow,
        InterviewRow,
        (InterviewRow.workspace_id == StoryRow.workspace_id) & (InterviewRow.id == StoryRow.interview_id),
    )
    .join(
        CustomerRow,
        (CustomerRow.workspace_id == InterviewRow.workspace_id)
        & (CustomerRow.id == InterviewRow.customer_id),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """What conversations are about: themes, commonest first, and kinds of customer by the alphabet."""

    themes: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A customer; `own` where the person who asks created them or talked with them."""

    customer: Customer
    own: bool


async def topics(session: AsyncSession, workspace_id: str, *, author_id: str | None = None) -> Topics:
    """What the latest published stories are filed under and, for an author, their own conversations too."""
    published = _TOPICS.where(
        StoryRow.workspace_id == workspace_id, StoryRow.state == StoryState.PUBLISHED.value
    ).order_by(StoryRow.published_at.desc(), StoryRow.id.desc())
    queries: list[Select[int, int, list[str], str]] = [published]
    if author_id is not None:
        own = _TOPICS.where(InterviewRow.workspace_id == workspace_id, InterviewRow.author_id == author_id)
        queries.append(own.order_by(InterviewRow.id.desc()))
    filed = await _filed(session, workspace_id)
    talks: dict[int, tuple[list[str], str]] = {}
    for number, query in enumerate(queries):
        for interview_id, story_id, themes, segment in await session.execute(query.limit(LOOKED_AT)):
            of_story = filed.get(story_id, frozenset())
            is_own = number > 0
            talks[interview_id] = (
                [theme for theme in themes if is_own or of_story.issuperset(topics_of("", [theme]))],
                segment if is_own or of_story.issuperset(topics_of(segment, ())) else "",
            )
    counted = Counter(theme for themes, _segment in talks.values() for theme in themes)
    return Topics(
        themes=tuple(sorted(counted, key=lambda theme: (-counted[theme], theme))),
        segments=tuple(sorted({segment for _themes, segment in talks.values() if segment})),
    )


async def customers_like(
    session: AsyncSession, workspace_id: str, words: str, *, user_id: str, most: int
) -> tuple[Found, ...]:
    """Customers whose name or company begins with, or holds, these words; names first, then companies.

    Only this person's own, and those of whom a published story was once agreed to be told with name:
    whether that still holds is for the caller to ask.
    """
    needle = folded(words).replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    first = CustomerRow.folded_name.like(f"{needle}%", escape="\\")
    like = or_(
        CustomerRow.folded_name.like(f"%{needle}%", escape="\\"),
        func.lower(CustomerRow.company).like(f"%{needle}%", escape="\\"),
        # Companies are kept as they are written: folded, "Müller" stands in none of them.
        CustomerRow.company.icontains(words.strip(), autoescape=True),
    )
    query = _reachable(workspace_id, user_id).where(like)
    query = query.order_by(first.desc(), CustomerRow.folded_name, CustomerRow.id).limit(most)
    return await _found(session, query)


async def customers_named(
    session: AsyncSession, workspace_id: str, name: str, company: str, *, user_id: str, most: int
) -> tuple[Found, ...]:
    """Like `customers_like`, with exactly this name (and company, when given), whoever was known first."""
    query = _reachable(workspace_id, user_id).where(CustomerRow.folded_name == folded(name))
    if company:
        query = query.where(same_text(CustomerRow.company, company))
    return await _found(session, query.order_by(CustomerRow.id).limit(most))


async def is_own(session: AsyncSession, workspace_id: str, customer_id: int, user_id: str) -> bool:
    """Whether this person created this customer or talked with them."""
    query = _reachable(workspace_id, user_id).where(CustomerRow.id == customer_id)
    return any(one.own for one in await _found(session, query))


async def published_talks(
    session: AsyncSession, workspace_id: str, customer_ids: Collection[int]
) -> Mapping[int, tuple[int, ...]]:
    """The conversations with each of these customers whose story is published."""
    query = _told(InterviewRow.workspace_id == workspace_id, InterviewRow.customer_id.in_(customer_ids))
    found: dict[int, tuple[int, ...]] = {}
    for customer_id, interview_id in await session.execute(query):
        found[customer_id] = (*found.get(customer_id, ()), interview_id)
    return found


def _reachable(workspace_id: str, user_id: str) -> Select[CustomerRow, bool]:
    # Looked up once, not for each customer.
    talked = select(InterviewRow.customer_id).where(
        InterviewRow.workspace_id == workspace_id, InterviewRow.author_id == user_id
    )
    own = or_(CustomerRow.created_by == user_id, CustomerRow.id.in_(talked))
    same_customer = (
        InterviewRow.workspace_id == CustomerRow.workspace_id,
        InterviewRow.customer_id == CustomerRow.id,
    )
    agreed = exists().where(
        ConsentRow.workspace_id == InterviewRow.workspace_id,
        ConsentRow.customer_id == InterviewRow.customer_id,
        ConsentRow.interview_id == InterviewRow.id,
        ConsentRow.purpose == Purpose.WITH_NAME.value,
    )
    named = _told(*same_customer, agreed).correlate(CustomerRow).exists()
    return select(CustomerRow, own).where(CustomerRow.workspace_id == workspace_id, or_(own, named))


async def _filed(session: AsyncSession, workspace_id: str) -> Mapping[int, frozenset[str]]:
    """The topics under which the latest published stories are filed: none in which a name is hidden."""
    latest = (
        select(StoryRow.id)
        .where(StoryRow.workspace_id == workspace_id, StoryRow.state == StoryState.PUBLISHED.value)
        .order_by(StoryRow.published_at.desc(), StoryRow.id.desc())
        .limit(LOOKED_AT)
    )
    query = select(TopicRow.story_id, TopicRow.topic).where(
        TopicRow.workspace_id == workspace_id, TopicRow.story_id.in_(latest)
    )
    found: dict[int, frozenset[str]] = {}
    for story_id, topic in await session.execute(query):
        found[story_id] = found.get(story_id, frozenset()) | {topic}
    return found


def _told(*conditions: ColumnElement[bool]) -> Select[int, int]:
    return (
        select(InterviewRow.customer_id, InterviewRow.id)
        .join(
            StoryRow,
            (StoryRow.workspace_id == InterviewRow.workspace_id) & (StoryRow.interview_id == InterviewRow.id),
        )
        .where(StoryRow.state == StoryState.PUBLISHED.value, *conditions)
    )


async def _found(session: AsyncSession, query: Select[Any, Any]) -> tuple[Found, ...]:
    rows = (await session.execute(query)).all()
    return tuple(Found(customer=as_value(row), own=bool(own)) for row, own in rows)
