"""Files that people dropped on the bot: which were seen, what was read from them, what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_many, add_new
from storage.tables_uploads import ArrivalRow, ReceiptRow, TalkRow
from stories.values import dataclass

_TOLD_AGAIN_WITHIN = timedelta(days=1)
"""Slack tells of an event again for some minutes; after a day nothing comes twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Who dropped a conversation's file first, and the draft that it became."""

    author_id: str
    draft_id: int


async def arrive(
    session: AsyncSession, workspace_id: str, file_id: str, slack_ts: str, *, now: datetime
) -> bool:
    """Note a file in a message; tells whether that was new, or told a second time."""
    await session.execute(
        delete(ArrivalRow).where(
            ArrivalRow.workspace_id == workspace_id, ArrivalRow.at < now - _TOLD_AGAIN_WITHIN
        )
    )
    return await add_new(
        session, ArrivalRow, workspace_id=workspace_id, file_id=file_id, slack_ts=slack_ts, at=now
    )


async def receipt_of(session: AsyncSession, workspace_id: str, fingerprint: str) -> Receipt | None:
    """The receipt of a conversation with these words; None when it is new."""
    query = select(ReceiptRow).where(
        ReceiptRow.workspace_id == workspace_id, ReceiptRow.fingerprint == fingerprint
    )
    row = (await session.execute(query)).scalar_one_or_none()
    return None if row is None else Receipt(author_id=row.author_id, draft_id=row.draft_id)


async def keep(
    session: AsyncSession,
    workspace_id: str,
    fingerprint: str,
    talk: dict[str, Any],
    *,
    draft: Receipt,
    now: datetime,
) -> None:
    """Keep what was read for a draft, and the receipt; an older receipt of the same words gives way.

    Raises sqlalchemy.exc.IntegrityError when somebody keeps the same words at the same moment.
    """
    await session.execute(
        delete(ReceiptRow).where(
            ReceiptRow.workspace_id == workspace_id, ReceiptRow.fingerprint == fingerprint
        )
    )
    receipt = {"author_id": draft.author_id, "draft_id": draft.draft_id, "at": now}
    kept: dict[str, Any] = {"workspace_id": workspace_id, "fingerprint": fingerprint, **receipt}
    await add_many(session, ReceiptRow, [kept])
    read: dict[str, Any] = {"workspace_id": workspace_id, "draft_id": draft.draft_id, "talk": talk}
    await add_many(session, TalkRow, [read])


async def talk_of(session: AsyncSession, workspace_id: str, draft_id: int) -> dict[str, Any] | None:
    """What was read from a file for this draft; None once the draft was sent or thrown away."""
    query = select(TalkRow.talk).where(TalkRow.workspace_id == workspace_id, TalkRow.draft_id == draft_id)
    return (await session.execute(query)).scalar_one_or_none()
