"""How far stories went, what their authors were told of that, and who did something for the first time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, distinct, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.follow_ups import DONE
from storage.rows import add_new
from storage.tables_objectives import MomentumRoundRow, StoryThanksRow
from storage.tables_rota import RotaTalkRow
from storage.tables_stories import FollowUpRow, InterviewRow, ReactionRow, StoryRow
from stories.momentum.worth import Reach
from stories.rota.talks import State
from stories.story import StoryState
from stories.values import dataclass

_T = StoryThanksRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A story that is told: whose, since when, how far it went."""

    story_id: int
    author_id: str
    since: datetime
    reach: Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How often an author heard of a story, when last, and what they were told then."""

    times: int
    at: datetime
    reach: Reach


async def next_look(session: AsyncSession, workspace_id: str) -> datetime | None:
    """When it is looked at next; None before the first time."""
    row = MomentumRoundRow
    query = select(row.next_at).where(row.workspace_id == workspace_id)
    return (await session.execute(query)).scalar_one_or_none()


async def looked(session: AsyncSession, workspace_id: str, next_at: datetime) -> None:
    """It was looked at; the next time is then."""
    row = MomentumRoundRow
    if not await add_new(session, row, workspace_id=workspace_id, next_at=next_at):
        await session.execute(update(row).where(row.workspace_id == workspace_id).values(next_at=next_at))


async def reached(
    session: AsyncSession,
    workspace_id: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    story_id: int | None = None,
) -> tuple[Reached, ...]:
    """The stories first told since then and before `until`, or the one asked for, to which something came.

    Their authors' own clicks and deeds do not count.
    """
    story, which = StoryRow, list[ColumnElement[bool]]()
    which += [story.published_at >= since] if since is not None else []
    which += [story.published_at < until] if until is not None else []
    which += [story.id == story_id] if story_id is not None else []
    rows = await session.execute(_reached(workspace_id, which))
    return tuple(
        Reached(story_id=number, author_id=author, since=at, reach=Reach(people=people, changes=changes))
        for number, author, at, people, changes in rows
        if at is not None
    )


def _reached(workspace_id: str, which: Sequence[ColumnElement[bool]]) -> Any:
    story, talk, click, done = StoryRow, InterviewRow, ReactionRow, FollowUpRow
    others = and_(
        click.workspace_id == story.workspace_id,
        click.story_id == story.id,
        click.user_id != talk.author_id,
    )
    ended = and_(
        done.workspace_id == talk.workspace_id,
        done.interview_id == talk.id,
        done.outcome == DONE,
        done.untold.is_(False),
        done.closing != "",
        done.owner_id != talk.author_id,
    )
    people, changes = func.count(distinct(click.user_id)), func.count(distinct(done.id))
    return (
        select(story.id, talk.author_id, story.published_at, people, changes)
        .select_from(story)
        .join(talk, and_(talk.workspace_id == story.workspace_id, talk.id == story.interview_id))
        .outerjoin(click, others)
        .outerjoin(done, ended)
        .where(story.workspace_id == workspace_id, story.state == StoryState.PUBLISHED.value, *which)
        .group_by(story.id, talk.author_id, story.published_at)
        .having(or_(func.count(click.user_id) > 0, func.count(done.id) > 0))
        .order_by(story.id)
    )


async def told(session: AsyncSession, workspace_id: str, since: datetime) -> Mapping[int, Told]:
    """By story, what authors were told since then."""
    query = select(_T).where(_T.workspace_id == workspace_id, _T.told_at >= since)
    rows = (await session.execute(query.execution_options(populate_existing=True))).scalars()
    return {
        row.story_id: Told(
            times=row.times, at=row.told_at, reach=Reach(people=row.people, changes=row.changes)
        )
        for row in rows
    }


async def tell(
    session: AsyncSession, workspace_id: str, story_id: int, times: int, reach: Reach, *, now: datetime
) -> None:
    """Note that a story's author hears of it, and how often by now."""
    values = {"times": times, "told_at": now, "people": reach.people, "changes": reach.changes}
    if not await add_new(session, _T, workspace_id=workspace_id, story_id=story_id, **values):
        own = (_T.workspace_id == workspace_id, _T.story_id == story_id)
        await session.execute(update(_T).where(*own).values(**values))


async def first_talks(session: AsyncSession, workspace_id: str, since: datetime) -> tuple[str, ...]:
    """Whose first conversation was since then, written up here or listened in to; none that came by file."""
    talk, short = InterviewRow, RotaTalkRow
    own_hand = func.sum(case((talk.source_key.like("draft:%"), 1), else_=0))
    written = (
        select(talk.author_id, func.min(talk.created_at))
        .where(talk.workspace_id == workspace_id)
        .group_by(talk.author_id)
    )
    had = (
        select(short.user_id, func.min(short.created_at))
        .where(short.workspace_id == workspace_id, short.state == State.DONE.value)
        .group_by(short.user_id)
    )
    first: dict[str, datetime] = {}
    for query in (written.having(own_hand > 0), had):
        for person, at in await session.execute(query):
            first[person] = min(at, first.get(person, at))
    return tuple(sorted(person for person, at in first.items() if at >= since))


async def first_stories(session: AsyncSession, workspace_id: str, since: datetime) -> tuple[str, ...]:
    """Whose first story was told since then."""
    story, talk = StoryRow, InterviewRow
    query = (
        select(talk.author_id)
        .join(story, and_(story.workspace_id == talk.workspace_id, story.interview_id == talk.id))
        .where(talk.workspace_id == workspace_id, story.published_at.is_not(None))
        .group_by(talk.author_id)
        .having(func.min(story.published_at) >= since)
    )
    return await _people(session, query)


async def first_changes(session: AsyncSession, workspace_id: str, since: datetime) -> tuple[str, ...]:
    """Who said for the first time since then what they changed because of a customer."""
    row = FollowUpRow
    query = (
        select(row.owner_id)
        .where(row.workspace_id == workspace_id, row.outcome == DONE, row.closing != "")
        .group_by(row.owner_id)
        .having(func.min(row.done_at) >= since)
    )
    return await _people(session, query)


async def _people(session: AsyncSession, query: Any) -> tuple[str, ...]:
    return tuple(sorted((await session.execute(query)).scalars()))
