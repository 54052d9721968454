"""Stories: found, published, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Delete, Select, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import customers, reactions
from storage.follow_ups import promise_of
from storage.rows import add_many
from storage.tables import CustomerRow
from storage.tables_stories import InterviewRow, QuoteRow, StoryRow, TopicRow
from stories.digest import topics
from stories.interviews import How, Interview, Promise, Quote
from stories.story import Story, StoryState

Found = tuple[StoryRow, InterviewRow, CustomerRow]


async def get(session: AsyncSession, workspace_id: str, story_id: int) -> Story | None:
    """This story with all that belongs to it; None when there is none (any more)."""
    found = await _found(session, _query(workspace_id).where(StoryRow.id == story_id))
    if not found:
        return None
    promise = await promise_of(session, workspace_id, found[0][1].id)
    return (await _values(session, workspace_id, found, promise=promise))[0]


async def of_interview(session: AsyncSession, workspace_id: str, interview_id: int) -> Story | None:
    """The story of this conversation, without its promise; None when there is none (any more)."""
    found = await _found(session, _query(workspace_id).where(StoryRow.interview_id == interview_id))
    return (await _values(session, workspace_id, found))[0] if found else None


async def some(session: AsyncSession, workspace_id: str, story_ids: Sequence[int]) -> tuple[Story, ...]:
    """These stories, in the order asked for; missing ones are left out."""
    found = await _found(session, _query(workspace_id).where(StoryRow.id.in_(story_ids)))
    values = {story.id: story for story in await _values(session, workspace_id, found)}
    return tuple(values[story_id] for story_id in story_ids if story_id in values)


async def of_author(
    session: AsyncSession, workspace_id: str, author_id: str, *, most: int = 10, skip: int = 0
) -> tuple[Story, ...]:
    """A person's own stories, the newest first, whatever their state."""
    query = _query(workspace_id).where(InterviewRow.author_id == author_id)
    query = query.order_by(InterviewRow.id.desc()).offset(skip).limit(most)
    return await _values(session, workspace_id, await _found(session, query))


async def latest(session: AsyncSession, workspace_id: str, *, most: int = 10) -> tuple[Story, ...]:
    """The stories published last."""
    query = _published(workspace_id).order_by(StoryRow.published_at.desc(), StoryRow.id.desc())
    return await _values(session, workspace_id, await _found(session, query.limit(most)))


async def random(
    session: AsyncSession, workspace_id: str, *, chance: float, most: int = 10
) -> tuple[Story, ...]:
    """Some published stories from a random place on; `chance` is in [0, 1)."""
    lowest, highest = (
        await session.execute(
            select(func.min(StoryRow.id), func.max(StoryRow.id)).where(*_is_published(workspace_id))
        )
    ).one()
    if lowest is None:
        return ()
    start = lowest + int(chance * (highest - lowest + 1))
    query = _published(workspace_id).where(StoryRow.id >= start).order_by(StoryRow.id).limit(most)
    return await _values(session, workspace_id, await _found(session, query))


async def publish(session: AsyncSession, workspace_id: str, story: Story, *, now: datetime) -> bool:
    """Let a kept or withdrawn story be told; tells whether it was not published before."""
    changed = await _move(session, workspace_id, story.id, StoryState.PUBLISHED, published_at=now)
    if changed:
        await file_topics(session, workspace_id, story)
    return changed


async def take_back(session: AsyncSession, workspace_id: str, story_id: int, *, state: StoryState) -> bool:
    """Withdraw or hide a story; tells whether that changed anything."""
    changed = await _move(session, workspace_id, story_id, state)
    if changed:
        await session.execute(_topics_of(workspace_id, story_id))
    return changed


async def file_topics(session: AsyncSession, workspace_id: str, story: Story) -> None:
    """File a published story under its segment and its themes, for choosing by topic."""
    await session.execute(_topics_of(workspace_id, story.id))
    rows = [
        {"workspace_id": workspace_id, "topic": topic, "story_id": story.id} for topic in topics_of(story)
    ]
    await add_many(session, TopicRow, rows)


def topics_of(story: Story) -> tuple[str, ...]:
    """A story's topics as they are filed, each once: the names under which a digest asks for them."""
    return tuple(dict.fromkeys(topics(story.interview.customer.segment, story.interview.themes)))


async def counts(session: AsyncSession, workspace_id: str) -> dict[StoryState, int]:
    """How many stories stand in each state."""
    query = select(StoryRow.state, func.count()).where(StoryRow.workspace_id == workspace_id)
    rows = await session.execute(query.group_by(StoryRow.state))
    return {StoryState(state): number for state, number in rows}


async def _move(
    session: AsyncSession,
    workspace_id: str,
    story_id: int,
    state: StoryState,
    *,
    published_at: datetime | None = None,
) -> bool:
    moved = await session.execute(
        update(StoryRow)
        .where(StoryRow.workspace_id == workspace_id, StoryRow.id == story_id, StoryRow.state != state.value)
        .values(state=state.value, revision=StoryRow.revision + 1, published_at=published_at)
        .returning(StoryRow.id)
    )
    return moved.first() is not None


def _topics_of(workspace_id: str, story_id: int) -> Delete:
    return delete(TopicRow).where(TopicRow.workspace_id == workspace_id, TopicRow.story_id == story_id)


def _is_published(workspace_id: str) -> tuple[ColumnElement[bool], ...]:
    return (StoryRow.workspace_id == workspace_id, StoryRow.state == StoryState.PUBLISHED.value)


def _published(workspace_id: str) -> Select[StoryRow, InterviewRow, CustomerRow]:
    return _query(workspace_id).where(*_is_published(workspace_id))


def _query(workspace_id: str) -> Select[StoryRow, InterviewRow, CustomerRow]:
    return (
        select(StoryRow, InterviewRow, CustomerRow)
        .join(
            InterviewRow,
            (InterviewRow.workspace_id == StoryRow.workspace_id) & (InterviewRow.id == StoryRow.interview_id),
        )
        .join(
            CustomerRow,
            (CustomerRow.workspace_id == InterviewRow.workspace_id)
            & (CustomerRow.id == InterviewRow.customer_id),
        )
        .where(StoryRow.workspace_id == workspace_id)
    )


async def _found(
    session: AsyncSession, query: Select[StoryRow, InterviewRow, CustomerRow]
) -> Sequence[Found]:
    rows = await session.execute(query)
    return [(story, interview, customer) for story, interview, customer in rows]


async def _values(
    session: AsyncSession, workspace_id: str, found: Sequence[Found], *, promise: Promise | None = None
) -> tuple[Story, ...]:
    quotes = await _quotes(session, workspace_id, [interview.id for _, interview, _ in found])
    counted = await reactions.counts(session, workspace_id, [story.id for story, _, _ in found])
    return tuple(
        Story(
            id=story.id,
            interview=_interview(interview, customer, quotes.get(interview.id, ()), promise),
            state=StoryState(story.state),
            revision=story.revision,
            published_at=story.published_at,
            counts=counted.get(story.id, {}),
        )
        for story, interview, customer in found
    )


async def _quotes(
    session: AsyncSession, workspace_id: str, interview_ids: Sequence[int]
) -> dict[int, tuple[Quote, ...]]:
    query = (
        select(QuoteRow)
        .where(QuoteRow.workspace_id == workspace_id, QuoteRow.interview_id.in_(interview_ids))
        .order_by(QuoteRow.interview_id, QuoteRow.position)
    )
    found: dict[int, tuple[Quote, ...]] = {}
    for row in (await session.execute(query)).scalars():
        found[row.interview_id] = (*found.get(row.interview_id, ()), Quote(id=row.id, text=row.text))
    return found


def _interview(
    row: InterviewRow, customer: CustomerRow, quotes: tuple[Quote, ...], promise: Promise | None
) -> Interview:
    return Interview(
        id=row.id,
        customer=customers.as_value(customer),
        author_id=row.author_id,
        talked_on=row.talked_on,
        how=How(row.how),
        title=row.title,
        trying_to=row.trying_to,
        happened=row.happened,
        meaning=row.meaning,
        quotes=quotes,
        score=row.score,
        themes=tuple(row.themes),
        promise=promise,
        created_at=row.created_at,
    )
