"""What is older than it may be: found by an index or in the order of its numbers, some rows at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_new, table_of
from storage.tables import AuditRow, Base
from storage.tables_attention import UnaskedRow
from storage.tables_erasing import ErasureRow, RetentionRow
from storage.tables_nps import NpsAnswerRow, NpsSourceRow
from storage.tables_nps_intake import NpsImportRow, NpsUploadRow
from storage.tables_posts import DeliveryRow
from storage.tables_search import SearchTextRow
from storage.tables_stories import DraftRow, InterviewRow
from storage.tables_uploads import ReceiptRow
from stories.values import dataclass

AT_ONCE = 500
"""Rows that go in one transaction."""

SETTLED = ("sent", "failed", "cancelled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How far a look has come: `reached`, the last number, day or moment seen; `next_at`, when it is next."""

    reached: int = 0
    next_at: datetime | None = None


async def mark(session: AsyncSession, workspace_id: str, kind: str) -> Mark:
    """How far this look has come."""
    query = select(RetentionRow).where(RetentionRow.workspace_id == workspace_id, RetentionRow.kind == kind)
    row = (await session.execute(query)).scalar_one_or_none()
    return Mark() if row is None else Mark(reached=row.reached, next_at=row.next_at)


async def set_mark(session: AsyncSession, workspace_id: str, kind: str, new: Mark) -> None:
    """Write down how far it has come."""
    values = {"reached": new.reached, "next_at": new.next_at}
    if not await add_new(session, RetentionRow, workspace_id=workspace_id, kind=kind, **values):
        own = (RetentionRow.workspace_id == workspace_id, RetentionRow.kind == kind)
        await session.execute(update(RetentionRow).where(*own).values(**values))


async def old_conversations(
    session: AsyncSession, workspace_id: str, before: datetime, *, most: int = 20
) -> tuple[int, ...]:
    """Conversations that were written up before then, oldest first."""
    query = select(InterviewRow.id, InterviewRow.created_at).where(InterviewRow.workspace_id == workspace_id)
    rows = await session.execute(query.order_by(InterviewRow.id).limit(most))
    return tuple(row.id for row in rows if row.created_at < before)


async def how_many_conversations(session: AsyncSession, workspace_id: str, before: datetime) -> int:
    """How many conversations were written up before then."""
    query = select(func.count()).where(
        InterviewRow.workspace_id == workspace_id, InterviewRow.created_at < before
    )
    return int((await session.execute(query)).scalar_one())


async def let_go(session: AsyncSession, workspace_id: str, kind: str, before: datetime) -> int:
    """Let some of what is older go; how many rows. To be called until it says 0.

    Raises KeyError for a kind that has no such rule.
    """
    return await LET_GO[kind](session, workspace_id, before)


async def _drafts(session: AsyncSession, workspace_id: str, before: datetime) -> int:
    """What is sent is no draft any more: there are few, however long the history."""
    return await _gone(session, workspace_id, DraftRow, DraftRow.updated_at < before)


async def _audit(session: AsyncSession, workspace_id: str, before: datetime) -> int:
    return await _gone(session, workspace_id, AuditRow, AuditRow.at < before, by=AuditRow.at)


async def _uploads(session: AsyncSession, workspace_id: str, before: datetime) -> int:
    return await _gone(session, workspace_id, NpsUploadRow, NpsUploadRow.at < before, by=NpsUploadRow.at)


async def _files(session: AsyncSession, workspace_id: str, before: datetime) -> int:
    """Forget files by their fingerprints, and their names: of answers that came in, and of conversations."""
    gone = await _gone(session, workspace_id, NpsImportRow, NpsImportRow.started_at < before)
    own = (ReceiptRow.workspace_id == workspace_id, ReceiptRow.at < before)
    some = select(ReceiptRow.fingerprint).where(*own).limit(AT_ONCE)
    went = delete(ReceiptRow).where(ReceiptRow.workspace_id == workspace_id, ReceiptRow.fingerprint.in_(some))
    return gone + len((await session.execute(went.returning(ReceiptRow.fingerprint))).all())


async def _receipts(session: AsyncSession, workspace_id: str, before: datetime) -> int:
    old = ErasureRow.finished_at < before
    return await _gone(session, workspace_id, ErasureRow, old)


async def _decisions(session: AsyncSession, workspace_id: str, before: datetime) -> int:
    """What was offered unasked is numbered as it came; what still waits is younger than any limit."""
    return await _oldest(session, workspace_id, UnaskedRow, UnaskedRow.since < before)


async def _posts(session: AsyncSession, workspace_id: str, before: datetime) -> int:
    """Empty what old posts said; that they were posted, and where, stays."""
    seen = await mark(session, workspace_id, "posts")
    query = select(DeliveryRow.id, DeliveryRow.created_at).where(
        DeliveryRow.workspace_id == workspace_id, DeliveryRow.id > seen.reached
    )
    rows = (await session.execute(query.order_by(DeliveryRow.id).limit(AT_ONCE))).all()
    old = [row.id for row in rows if row.created_at < before]
    if not old:
        return 0
    await session.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.workspace_id == workspace_id, DeliveryRow.id.in_(old), DeliveryRow.state.in_(SETTLED)
        )
        .values(payload={})
        .execution_options(synchronize_session=False)
    )
    await set_mark(session, workspace_id, "posts", Mark(reached=old[-1]))
    return len(old)


async def _answers(session: AsyncSession, workspace_id: str, before: datetime) -> int:
    """Take the words and the person out of old answers, a day at a time; scores stay as numbers."""
    seen, last = await mark(session, workspace_id, "answers"), before.date() - timedelta(days=1)
    sources = select(NpsSourceRow.id).where(NpsSourceRow.workspace_id == workspace_id)
    found = 0
    for source_id in (await session.execute(sources)).scalars().all():
        own = (NpsAnswerRow.workspace_id == workspace_id, NpsAnswerRow.source_id == source_id)
        after = date.fromordinal(max(1, seen.reached))
        days = (NpsAnswerRow.day > after, NpsAnswerRow.day <= last)
        said = (NpsAnswerRow.comment != "") | NpsAnswerRow.person.is_not(None)
        keys = select(NpsAnswerRow.key).where(*own, *days, said).limit(AT_ONCE)
        some = list((await session.execute(keys)).scalars())
        if some:
            emptied = update(NpsAnswerRow).where(*own, NpsAnswerRow.key.in_(some))
            await session.execute(emptied.values(comment="", person=None))
            texts = (SearchTextRow.workspace_id == workspace_id, SearchTextRow.source_id == source_id)
            await session.execute(delete(SearchTextRow).where(*texts, SearchTextRow.answer_key.in_(some)))
            found += len(some)
    if not found:
        await set_mark(session, workspace_id, "answers", Mark(reached=last.toordinal()))
    return found


async def _gone(
    session: AsyncSession, workspace_id: str, row: type[Base], old: ColumnElement[bool], *, by: Any = None
) -> int:
    rows = table_of(row)
    some = select(rows.c.id).where(rows.c.workspace_id == workspace_id, old).limit(AT_ONCE)
    some = some.order_by(by) if by is not None else some
    went = delete(rows).where(rows.c.id.in_(some)).returning(rows.c.id)
    return len((await session.execute(went)).all())


async def _oldest(session: AsyncSession, workspace_id: str, row: type[Base], old: ColumnElement[bool]) -> int:
    """Rows that stand in the order of their age: the first young one ends the look."""
    rows = table_of(row)
    first = select(rows.c.id, old.label("old")).where(rows.c.workspace_id == workspace_id)
    found = (await session.execute(first.order_by(rows.c.id).limit(AT_ONCE))).all()
    ids = [number for number, is_old in found if is_old]
    if ids:
        await session.execute(delete(rows).where(rows.c.id.in_(ids)))
    return len(ids)


LET_GO: dict[str, Callable[[AsyncSession, str, datetime], Awaitable[int]]] = {
    "drafts": _drafts,
    "posts": _posts,
    "answers": _answers,
    "audit": _audit,
    "decisions": _decisions,
    "uploads": _uploads,
    "files": _files,
    "receipts": _receipts,
}
"""The rule of each kind but conversations, which are erased one by one."""
