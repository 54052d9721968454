"""Follow-ups: promises to customers, and what readers said they would do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add, run, table_of
from storage.tables_stories import FollowUpRow, InterviewRow, StoryRow
from stories.forms import Form
from stories.interviews import Promise
from stories.values import dataclass

PROMISE = "promise"
ACT = "act"

DONE = "done"
LET_GO = "let_go"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Something to be done, with the story that it goes back to.

    `title` is the one its author `author_id` gave it, for the author's eyes alone. `done_at` is when it
    ended, `outcome` how (DONE, LET_GO, "" while it is open), `closing` the sentence said then, `untold`
    whether that was taken from the story again. `link` leads to where it is worked on, `offered_to` is who
    is asked to take it over, `told_at` when the customer was told.
    """

    id: int
    kind: str
    owner_id: str
    what: str
    due_on: date | None
    done_at: datetime | None
    story_id: int
    author_id: str
    title: str
    outcome: str = ""
    closing: str = ""
    untold: bool = False
    link: str = ""
    offered_to: str | None = None
    told_at: datetime | None = None


async def promise(
    session: AsyncSession, workspace_id: str, interview_id: int, form: Form, *, owner_id: str, now: datetime
) -> None:
    """Keep the promise that a form holds; an open one from before is replaced."""
    open_promise = (
        FollowUpRow.workspace_id == workspace_id,
        FollowUpRow.interview_id == interview_id,
        FollowUpRow.kind == PROMISE,
        FollowUpRow.done_at.is_(None),
    )
    if not form.promise:
        await session.execute(delete(FollowUpRow).where(*open_promise))
        return
    due_on = date.fromisoformat(form.promise_by) if form.promise_by else None
    changed = await session.execute(
        update(FollowUpRow)
        .where(*open_promise)
        .values(what=form.promise, due_on=due_on, remind_at=None, reminded_at=None, reminded=0)
        .returning(FollowUpRow.id)
    )
    if changed.first() is None:
        await take_on(
            session,
            workspace_id,
            interview_id,
            kind=PROMISE,
            owner_id=owner_id,
            what=form.promise,
            due_on=due_on,
            now=now,
        )


async def take_on(
    session: AsyncSession,
    workspace_id: str,
    interview_id: int,
    *,
    kind: str,
    owner_id: str,
    what: str,
    due_on: date | None,
    now: datetime,
) -> int:
    """Keep something that somebody will do; returns its id."""
    return await add(
        session,
        FollowUpRow,
        workspace_id=workspace_id,
        interview_id=interview_id,
        kind=kind,
        owner_id=owner_id,
        what=what,
        due_on=due_on,
        created_at=now,
    )


async def finish(
    session: AsyncSession,
    workspace_id: str,
    follow_up_id: int,
    *,
    owner_id: str,
    now: datetime,
    closing: str = "",
    outcome: str = DONE,
) -> bool:
    """End one's own follow-up, with what changed or why; tells whether it was open and one's own."""
    done = await session.execute(
        update(FollowUpRow)
        .where(
            FollowUpRow.workspace_id == workspace_id,
            FollowUpRow.id == follow_up_id,
            FollowUpRow.owner_id == owner_id,
            FollowUpRow.done_at.is_(None),
        )
        .values(done_at=now, outcome=outcome, closing=closing, offered_to=None)
        .returning(FollowUpRow.id)
    )
    return done.first() is not None


async def get(session: AsyncSession, workspace_id: str, follow_up_id: int) -> FollowUp | None:
    """This follow-up, done or not; None when it is gone."""
    found = await _found(session, workspace_id, FollowUpRow.id == follow_up_id, most=1)
    return found[0] if found else None


async def some(
    session: AsyncSession, workspace_id: str, follow_up_ids: Sequence[int]
) -> tuple[FollowUp, ...]:
    """These follow-ups, the soonest day first; missing ones are left out."""
    return await _found(
        session, workspace_id, FollowUpRow.id.in_(follow_up_ids), most=max(1, len(follow_up_ids))
    )


async def open_of(
    session: AsyncSession, workspace_id: str, owner_id: str, *, most: int = 20
) -> tuple[FollowUp, ...]:
    """What this person still has to do, the soonest day first."""
    return await _found(
        session,
        workspace_id,
        FollowUpRow.owner_id == owner_id,
        FollowUpRow.done_at.is_(None),
        most=most,
    )


async def open_between(
    session: AsyncSession, workspace_id: str, owner_id: str, first: date, last: date, *, most: int = 50
) -> tuple[FollowUp, ...]:
    """What this person still has to do from the first to the last of these days, the soonest first."""
    return await _found(
        session,
        workspace_id,
        FollowUpRow.owner_id == owner_id,
        FollowUpRow.done_at.is_(None),
        FollowUpRow.due_on.between(first, last),
        most=most,
    )


async def of_story(session: AsyncSession, workspace_id: str, story_id: int) -> tuple[FollowUp, ...]:
    """What was promised and taken on because of this story."""
    return await _found(session, workspace_id, StoryRow.id == story_id, most=50)


async def promise_of(session: AsyncSession, workspace_id: str, interview_id: int) -> Promise | None:
    """The promise made in a conversation, if there was one."""
    row = (await run(session, _PROMISE_OF, {"workspace": workspace_id, "interview": interview_id})).first()
    if row is None:
        return None
    return Promise(
        id=row.id, owner_id=row.owner_id, what=row.what, due_on=row.due_on, done=row.done_at is not None
    )


_F = table_of(FollowUpRow)
_PROMISE_OF = (
    select(_F.c.id, _F.c.owner_id, _F.c.what, _F.c.due_on, _F.c.done_at)
    .where(
        _F.c.workspace_id == bindparam("workspace"),
        _F.c.interview_id == bindparam("interview"),
        _F.c.kind == PROMISE,
    )
    .order_by(_F.c.id.desc())
    .limit(1)
)


async def _found(
    session: AsyncSession, workspace_id: str, *conditions: ColumnElement[bool], most: int
) -> tuple[FollowUp, ...]:
    query = (
        select(FollowUpRow, StoryRow.id, InterviewRow.author_id, InterviewRow.title)
        .join(
            InterviewRow,
            (InterviewRow.workspace_id == FollowUpRow.workspace_id)
            & (InterviewRow.id == FollowUpRow.interview_id),
        )
        .join(
            StoryRow,
            (StoryRow.workspace_id == InterviewRow.workspace_id) & (StoryRow.interview_id == InterviewRow.id),
        )
        .where(FollowUpRow.workspace_id == workspace_id, *conditions)
        .order_by(FollowUpRow.due_on.is_(None), FollowUpRow.due_on, FollowUpRow.id)
        .limit(most)
        .execution_options(populate_existing=True)
    )
    return tuple(
        FollowUp(
            id=row.id,
            kind=row.kind,
            owner_id=row.owner_id,
            what=row.what,
            due_on=row.due_on,
            done_at=row.done_at,
            story_id=story_id,
            author_id=author_id,
            title=title,
            outcome=row.outcome,
            closing=row.closing,
            untold=row.untold,
            link=row.link,
            offered_to=row.offered_to,
            told_at=row.told_at,
        )
        for row, story_id, author_id, title in (await session.execute(query)).all()
    )
