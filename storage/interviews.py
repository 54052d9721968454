"""Conversations: put in once, changed by their author."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import customers, follow_ups
from storage.interview_consent import consents_of, keep_consent
from storage.prepared import Prepared
from storage.rows import add, add_many, run, run_each, table_of
from storage.tables import CustomerRow
from storage.tables_stories import InterviewRow, QuoteRow, StoryRow
from stories.forms import Form, alias_of
from stories.headlines import title_of
from stories.knowing import with_news_of
from stories.story import StoryState
from stories.substance import Judged, judged


async def stored_as(session: AsyncSession, workspace_id: str, source_key: str) -> int | None:
    """The story of the conversation that came from this source; None when it is new."""
    rows = await run(session, _STORED_AS, {"workspace": workspace_id, "source": source_key})
    return rows.scalar_one_or_none()


_I, _S = table_of(InterviewRow), table_of(StoryRow)
# Built once: every write-up asks.
_STORED_AS = Prepared(
    select(_S.c.id)
    .join(_I, (_S.c.workspace_id == _I.c.workspace_id) & (_S.c.interview_id == _I.c.id))
    .where(_I.c.workspace_id == bindparam("workspace"), _I.c.source_key == bindparam("source"))
)
_HIDE = Prepared(
    update(_I)
    .where(_I.c.workspace_id == bindparam("workspace"), _I.c.id == bindparam("interview"))
    .values(hidden=bindparam("decided", type_=_I.c.hidden.type))
)


async def store(
    session: AsyncSession, workspace_id: str, form: Form, *, source_key: str, author_id: str, now: datetime
) -> int:
    """Keep a write-up that has no problems left; returns its story's id.

    A source that was stored before is left as it is. The story is kept, not published.
    """
    known = await stored_as(session, workspace_id, source_key)
    if known is not None:
        return known
    return await store_new(session, workspace_id, form, source_key=source_key, author_id=author_id, now=now)


async def store_new(
    session: AsyncSession,
    workspace_id: str,
    form: Form,
    *,
    source_key: str,
    author_id: str,
    now: datetime,
    state: StoryState = StoryState.KEPT,
    said: Judged | None = None,
) -> int:
    """Like `store`, for a source that is known to be new (a draft that was just taken).

    `said` is what the form's words say of it, where that was judged already.
    A story that is PUBLISHED from the start has to be filed by the caller in the same transaction.
    Raises sqlalchemy.exc.IntegrityError for one that was stored before.
    """
    customer_id = await _customer(session, workspace_id, form, author_id=author_id, now=now)
    interview_id = await add(
        session,
        InterviewRow,
        workspace_id=workspace_id,
        source_key=source_key,
        customer_id=customer_id,
        author_id=author_id,
        created_at=now,
        **columns_of(form, now, said or judged(form, form.quotes)),
    )
    await _keep_quotes(session, workspace_id, interview_id, form.quotes)
    for consent in consents_of(form, customer_id, interview_id, by=author_id, now=now):
        await customers.record_consent(session, workspace_id, consent)
    if form.promise:
        await follow_ups.promise(session, workspace_id, interview_id, form, owner_id=author_id, now=now)
    return await _story_of(session, workspace_id, interview_id, state, now)


async def _story_of(
    session: AsyncSession, workspace_id: str, interview_id: int, state: StoryState, now: datetime
) -> int:
    return await add(
        session,
        StoryRow,
        workspace_id=workspace_id,
        interview_id=interview_id,
        state=state.value,
        published_at=now if state is StoryState.PUBLISHED else None,
        created_at=now,
    )


async def hold(session: AsyncSession, workspace_id: str, interview_id: int) -> None:
    """Have nobody else change this conversation's story until the transaction ends."""
    own = (StoryRow.workspace_id == workspace_id, StoryRow.interview_id == interview_id)
    await session.execute(select(StoryRow.id).where(*own).with_for_update())


async def change(
    session: AsyncSession, workspace_id: str, interview_id: int, form: Form, *, by: str, now: datetime
) -> None:
    """Write an edited form over a stored conversation; its story's revision rises.

    A consent that differs from what was last recorded about this conversation is recorded anew.
    """
    customer_id = await _customer(session, workspace_id, form, author_id=by, now=now)
    await session.execute(
        update(InterviewRow)
        .where(InterviewRow.workspace_id == workspace_id, InterviewRow.id == interview_id)
        .values(customer_id=customer_id, **_changed_columns(form, now))
    )
    await session.execute(
        delete(QuoteRow).where(
            QuoteRow.workspace_id == workspace_id,
            QuoteRow.interview_id == interview_id,
            QuoteRow.position >= len(form.quotes),
        )
    )
    await _rewrite_quotes(session, workspace_id, interview_id, form.quotes)
    await keep_consent(session, workspace_id, form, customer_id, interview_id, by=by, now=now)
    await follow_ups.promise(session, workspace_id, interview_id, form, owner_id=by, now=now)
    await session.execute(
        update(StoryRow)
        .where(StoryRow.workspace_id == workspace_id, StoryRow.interview_id == interview_id)
        .values(revision=StoryRow.revision + 1)
    )


async def hide(session: AsyncSession, workspace_id: str, interview_id: int, hidden: Sequence[str]) -> None:
    """Keep these decisions about names of others (see `stories.hiding`) in place of those from before."""
    decided = {"workspace": workspace_id, "interview": interview_id, "decided": list(hidden)}
    await run_each(session, _HIDE, [decided])


def columns_of(form: Form, now: datetime, said: Judged) -> dict[str, Any]:
    """What a form says of a conversation, and its words of it, as its row's columns."""
    return {
        "talked_on": date.fromisoformat(form.talked_on),
        "how": form.how,
        "title": title_of(form),
        "trying_to": form.trying_to,
        "happened": form.happened,
        "meaning": form.meaning,
        "score": form.score,
        "themes": list(form.themes),
        "hidden": list(form.hidden),
        "language": said.language,
        "substance": said.substance,
        "updated_at": now,
    }


def _changed_columns(form: Form, now: datetime) -> dict[str, Any]:
    """The same for one that stands: the language stays where its author said which it is."""
    columns = columns_of(form, now, judged(form, form.quotes))
    said = case((InterviewRow.language_said, InterviewRow.language), else_=columns["language"])
    return {**columns, "language": said}


async def say_language(session: AsyncSession, workspace_id: str, interview_id: int, language: str) -> None:
    """Keep which language its author says a conversation is written in ("": none that is known here)."""
    await session.execute(
        update(InterviewRow)
        .where(InterviewRow.workspace_id == workspace_id, InterviewRow.id == interview_id)
        .values(language=language, language_said=True)
    )


async def _customer(
    session: AsyncSession, workspace_id: str, form: Form, *, author_id: str, now: datetime
) -> int:
    """The known customer with what the form says of them, or a new one."""
    known = form.customer_id and await customers.get(session, workspace_id, form.customer_id)
    if not known:
        columns = new_customer(form, author_id=author_id, now=now)
        return await add(session, CustomerRow, workspace_id=workspace_id, **columns)
    now_known = with_news_of(known, form)
    if now_known != known:
        await customers.change(session, workspace_id, now_known)
    return known.id


def new_customer(form: Form, *, author_id: str, now: datetime) -> dict[str, Any]:
    """A customer whom nobody knew before, as their row's columns."""
    return customers.new_columns(
        name=form.name,
        alias=alias_of(form),
        company=form.company,
        segment=form.segment,
        created_by=author_id,
        now=now,
    )


async def _keep_quotes(
    session: AsyncSession, workspace_id: str, interview_id: int, quotes: tuple[str, ...], *, start: int = 0
) -> None:
    rows = [
        {"workspace_id": workspace_id, "interview_id": interview_id, "position": position, "text": quote}
        for position, quote in enumerate(quotes)
        if position >= start
    ]
    await add_many(session, QuoteRow, rows)


async def _rewrite_quotes(
    session: AsyncSession, workspace_id: str, interview_id: int, quotes: tuple[str, ...]
) -> None:
    """Quotes keep their rows where they can: posts find them by their ids."""
    own = (QuoteRow.workspace_id == workspace_id) & (QuoteRow.interview_id == interview_id)
    standing = (await session.execute(select(QuoteRow.position).where(own))).scalars().all()
    for position in standing:
        await session.execute(
            update(QuoteRow).where(own, QuoteRow.position == position).values(text=quotes[position])
        )
    await _keep_quotes(session, workspace_id, interview_id, quotes, start=len(standing))
