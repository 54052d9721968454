"""Drafts: what people have typed so far."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.prepared import Gathered, Prepared
from storage.rows import add, run, table_of
from storage.tables_stories import DraftRow
from stories.forms import Form
from stories.values import dataclass

UNTOUCHED = ""
"""The step of a draft whose window was opened and in which nothing was kept yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A write-up on its way. `interview_id` is set when a stored one is being edited.

    `thread_ts` (in `thread_channel`) is the direct-message thread in which it is being written, if any.
    """

    id: int
    author_id: str
    form: Form
    step: str
    interview_id: int | None
    thread_channel: str | None
    thread_ts: str | None
    updated_at: datetime


async def begin(
    session: AsyncSession,
    workspace_id: str,
    author_id: str,
    form: Form,
    *,
    now: datetime,
    step: str = UNTOUCHED,
    interview_id: int | None = None,
) -> int:
    """Keep a new draft; returns its id. One that stays untouched is not listed."""
    return await add(
        session,
        DraftRow,
        workspace_id=workspace_id,
        author_id=author_id,
        form=form.as_json(),
        step=step,
        interview_id=interview_id,
        created_at=now,
        updated_at=now,
    )


async def save(
    session: AsyncSession, workspace_id: str, draft_id: int, form: Form, *, step: str, now: datetime
) -> bool:
    """Keep what has been typed by now; tells whether the draft was still there."""
    values = {
        "workspace": workspace_id,
        "draft": draft_id,
        "typed": form.as_json(),
        "at_step": step,
        "at": now,
    }
    saved = await run(session, _SAVE, values)
    return saved.first() is not None


async def get(session: AsyncSession, workspace_id: str, draft_id: int) -> Draft | None:
    """This draft; None when it was submitted or thrown away."""
    row = (await run(session, _GET, {"workspace": workspace_id, "draft": draft_id})).first()
    return None if row is None else _draft(row)


async def of_author(
    session: AsyncSession, workspace_id: str, author_id: str, *, most: int = 10
) -> tuple[Draft, ...]:
    """A person's drafts in which something was kept, the one touched last first."""
    query = (
        select(DraftRow)
        .where(
            DraftRow.workspace_id == workspace_id, DraftRow.author_id == author_id, DraftRow.step != UNTOUCHED
        )
        .order_by(DraftRow.updated_at.desc(), DraftRow.id.desc())
        .limit(most)
    )
    return tuple(_draft(row) for row in (await session.execute(query)).scalars())


async def of_thread(
    session: AsyncSession, workspace_id: str, channel_id: str, thread_ts: str
) -> Draft | None:
    """The draft that is being written in this direct-message thread."""
    query = select(DraftRow).where(
        DraftRow.workspace_id == workspace_id,
        DraftRow.thread_channel == channel_id,
        DraftRow.thread_ts == thread_ts,
    )
    row = (await session.execute(query)).scalars().first()
    return None if row is None else _draft(row)


async def move_to_thread(
    session: AsyncSession, workspace_id: str, draft_id: int, *, channel_id: str, thread_ts: str
) -> None:
    """Go on with this draft in a direct-message thread."""
    await session.execute(
        update(DraftRow)
        .where(DraftRow.workspace_id == workspace_id, DraftRow.id == draft_id)
        .values(thread_channel=channel_id, thread_ts=thread_ts)
    )


async def sweep(session: AsyncSession, workspace_id: str, author_id: str, *, before: datetime) -> None:
    """Throw away a person's drafts that were opened before then and never touched."""
    await session.execute(
        delete(DraftRow).where(
            DraftRow.workspace_id == workspace_id,
            DraftRow.author_id == author_id,
            DraftRow.step == UNTOUCHED,
            DraftRow.updated_at < before,
        )
    )


async def take_seen(session: AsyncSession, workspace_id: str, draft_id: int, seen_at: datetime) -> bool:
    """Take a draft away that stands as it was read; False when it was touched since, or is gone."""
    values = {"workspace": workspace_id, "draft": draft_id, "seen": seen_at}
    return (await run(session, _TAKE_SEEN, values)).first() is not None


async def drop(session: AsyncSession, workspace_id: str, draft_id: int) -> None:
    """Throw a draft away: it was submitted, or its author said so."""
    await session.execute(
        delete(DraftRow).where(DraftRow.workspace_id == workspace_id, DraftRow.id == draft_id)
    )


_DRAFTS = table_of(DraftRow)
_THIS = (_DRAFTS.c.workspace_id == bindparam("workspace"), _DRAFTS.c.id == bindparam("draft"))
# Built once: these are the statements of every step of a write-up and of its end.
_GET = Gathered(
    select(_DRAFTS).where(*_THIS),
    """SELECT given.n, drafts.id, drafts.workspace_id, drafts.author_id, drafts.form, drafts.step,
    drafts.interview_id, drafts.thread_channel, drafts.thread_ts, drafts.created_at, drafts.updated_at
    FROM json_to_recordset(%(given)s::json) AS given (n int, workspace text, draft bigint)
    JOIN drafts ON drafts.workspace_id = given.workspace AND drafts.id = given.draft""",
)
_TAKE_SEEN = Prepared(
    delete(_DRAFTS).where(*_THIS, _DRAFTS.c.updated_at == bindparam("seen")).returning(_DRAFTS.c.id)
)
_SAVE = Gathered(
    update(_DRAFTS)
    .where(*_THIS)
    .values(form=bindparam("typed"), step=bindparam("at_step"), updated_at=bindparam("at"))
    .returning(_DRAFTS.c.id),
    """UPDATE drafts SET form = given.typed, step = given.at_step, updated_at = given.at
    FROM json_to_recordset(%(given)s::json)
    AS given (n int, workspace text, draft bigint, typed json, at_step text, at timestamptz)
    WHERE drafts.workspace_id = given.workspace AND drafts.id = given.draft RETURNING given.n, drafts.id""",
    key=("workspace", "draft"),
)


def _draft(row: Any) -> Draft:
    return Draft(
        id=row.id,
        author_id=row.author_id,
        form=Form.from_json(row.form),
        step=row.step,
        interview_id=row.interview_id,
        thread_channel=row.thread_channel,
        thread_ts=row.thread_ts,
        updated_at=row.updated_at,
    )
