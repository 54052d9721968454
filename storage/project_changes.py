"""The history of a project's why: who changed what, when, and why. Rows are added and read, never changed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_many
from storage.tables_avatars import ProjectChangeRow
from stories.avatars.project import Change


async def note_changes(
    session: AsyncSession, workspace_id: str, project_id: int, changes: Sequence[Change]
) -> None:
    """Add to the history of the why; it is never changed."""
    rows = [
        {
            "workspace_id": workspace_id,
            "project_id": project_id,
            "what": one.what,
            "words": one.words,
            "why": one.why,
            "by": one.by,
            "at": one.at,
        }
        for one in changes
    ]
    await add_many(session, ProjectChangeRow, rows)


async def changes(
    session: AsyncSession, workspace_id: str, project_id: int, *, most: int = 50
) -> tuple[Change, ...]:
    """The newest changes of the why, newest first."""
    query = (
        select(ProjectChangeRow)
        .where(ProjectChangeRow.workspace_id == workspace_id, ProjectChangeRow.project_id == project_id)
        .order_by(ProjectChangeRow.id.desc())
        .limit(most)
    )
    rows = (await session.execute(query)).scalars()
    return tuple(Change(what=r.what, words=r.words, why=r.why, by=r.by, at=r.at) for r in rows)
