"""Stories: found, published, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.follow_ups import promise_of
from storage.prepared import Prepared
from storage.rows import add_many, run, run_each, table_of
from storage.story_loading import BY_ID, BY_INTERVIEWS, WHOLE, load
from storage.tables_stories import InterviewRow, StoryRow, TopicRow
from stories.digest import topics
from stories.story import Story, StoryState


async def get(session: AsyncSession, workspace_id: str, story_id: int) -> Story | None:
    """This story with all that belongs to it; None when there is none (any more)."""
    found = await load(session, workspace_id, BY_ID, ids=[story_id])
    if not found:
        return None
    promise = await promise_of(session, workspace_id, found[0].interview.id)
    return replace(found[0], interview=replace(found[0].interview, promise=promise))


async def of_interview(session: AsyncSession, workspace_id: str, interview_id: int) -> Story | None:
    """The story of this conversation, without its promise; None when there is none (any more)."""
    found = await load(session, workspace_id, BY_INTERVIEWS, interviews=[interview_id])
    return found[0] if found else None


async def some(session: AsyncSession, workspace_id: str, story_ids: Sequence[int]) -> tuple[Story, ...]:
    """These stories, in the order asked for; missing ones are left out."""
    values = {story.id: story for story in await load(session, workspace_id, BY_ID, ids=list(story_ids))}
    return tuple(values[story_id] for story_id in story_ids if story_id in values)


async def of_author(
    session: AsyncSession, workspace_id: str, author_id: str, *, most: int = 10, skip: int = 0
) -> tuple[Story, ...]:
    """A person's own stories, the newest first, whatever their state."""
    query = WHOLE.where(InterviewRow.author_id == author_id)
    query = query.order_by(InterviewRow.id.desc()).offset(skip).limit(most)
    return await load(session, workspace_id, query)


async def told_of(session: AsyncSession, workspace_id: str, customer_id: int) -> tuple[Story, ...]:
    """The published stories about this customer."""
    query = _published(workspace_id).where(InterviewRow.customer_id == customer_id)
    return await load(session, workspace_id, query.order_by(StoryRow.id))


async def latest(session: AsyncSession, workspace_id: str, *, most: int = 10) -> tuple[Story, ...]:
    """The stories published last."""
    query = _published(workspace_id).order_by(StoryRow.published_at.desc(), StoryRow.id.desc())
    return await load(session, workspace_id, query.limit(most))


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
    return await load(session, workspace_id, query)


async def hold(session: AsyncSession, workspace_id: str, story_ids: Sequence[int]) -> None:
    """Have whoever changes these stories wait until this transaction has ended.

    To be called before they are read to be told: whoever takes one back meanwhile finds the post that was
    planned. Nothing is done on SQLite, where one writes at a time.
    """
    if session.get_bind().dialect.name != "sqlite":
        query = select(StoryRow.id).where(StoryRow.workspace_id == workspace_id, StoryRow.id.in_(story_ids))
        await session.execute(query.order_by(StoryRow.id).with_for_update(read=True))


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
        await _forget_topics(session, workspace_id, story_id)
    return changed


async def file_topics(session: AsyncSession, workspace_id: str, story: Story) -> None:
    """File a published story under its segment and its themes, for choosing by topic."""
    await _forget_topics(session, workspace_id, story.id)
    await add_topics(session, workspace_id, story)


async def add_topics(session: AsyncSession, workspace_id: str, story: Story) -> None:
    """File a story that is under no topic yet."""
    await add_filed(session, workspace_id, story.id, topics_of(story))


async def add_filed(
    session: AsyncSession, workspace_id: str, story_id: int, topics_told: Sequence[str]
) -> None:
    """File a story that is under no topic yet under these."""
    rows = [{"workspace_id": workspace_id, "topic": topic, "story_id": story_id} for topic in topics_told]
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
    values = {"workspace": workspace_id, "story": story_id, "to": state.value, "at": published_at}
    return (await run(session, _MOVE, values)).first() is not None


async def _forget_topics(session: AsyncSession, workspace_id: str, story_id: int) -> None:
    await run_each(session, _FORGET_TOPICS, [{"workspace": workspace_id, "story": story_id}])


_S, _T = table_of(StoryRow), table_of(TopicRow)
_TO = bindparam("to", type_=_S.c.state.type)
# Built once: every story that is told moves, and is filed.
_MOVE = Prepared(
    update(_S)
    .where(
        _S.c.workspace_id == bindparam("workspace"),
        _S.c.id == bindparam("story"),
        _S.c.state != _TO,
    )
    .values(state=_TO, revision=_S.c.revision + 1, published_at=bindparam("at", type_=_S.c.published_at.type))
    .returning(_S.c.id)
)
_FORGET_TOPICS = Prepared(
    delete(_T).where(_T.c.workspace_id == bindparam("workspace"), _T.c.story_id == bindparam("story"))
)


def _is_published(workspace_id: str) -> tuple[ColumnElement[bool], ...]:
    return (StoryRow.workspace_id == workspace_id, StoryRow.state == StoryState.PUBLISHED.value)


def _published(workspace_id: str) -> Select[*tuple[Any, ...]]:
    return WHOLE.where(*_is_published(workspace_id))
