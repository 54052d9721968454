"""What people wrote in a thread for a draft: message by message, as they wrote it."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_new
from storage.tables_stories import DraftNoteRow


async def keep(session: AsyncSession, workspace_id: str, draft_id: int, slack_ts: str, text: str) -> bool:
    """Keep a message; tells whether it was new. One that is known already stays as it is now."""
    return await add_new(
        session, DraftNoteRow, workspace_id=workspace_id, draft_id=draft_id, slack_ts=slack_ts, text=text
    )


async def rewrite(session: AsyncSession, workspace_id: str, draft_id: int, slack_ts: str, text: str) -> None:
    """Follow an edited message, whether the first version ever arrived or not."""
    if not await keep(session, workspace_id, draft_id, slack_ts, text):
        await session.execute(
            update(DraftNoteRow)
            .where(
                DraftNoteRow.workspace_id == workspace_id,
                DraftNoteRow.draft_id == draft_id,
                DraftNoteRow.slack_ts == slack_ts,
            )
            .values(text=text)
        )


async def whole(session: AsyncSession, workspace_id: str, draft_id: int) -> str:
    """All that was written for this draft, in the order in which it was; empty when nothing was."""
    query = (
        select(DraftNoteRow.text)
        .where(DraftNoteRow.workspace_id == workspace_id, DraftNoteRow.draft_id == draft_id)
        .order_by(DraftNoteRow.slack_ts)
    )
    return "\n\n".join((await session.execute(query)).scalars())


async def remove(session: AsyncSession, workspace_id: str, draft_id: int, slack_ts: str) -> None:
    """Take out a message that its author deleted."""
    await session.execute(
        delete(DraftNoteRow).where(
            DraftNoteRow.workspace_id == workspace_id,
            DraftNoteRow.draft_id == draft_id,
            DraftNoteRow.slack_ts == slack_ts,
        )
    )
