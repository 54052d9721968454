"""Files about somebody that were handed out in Slack, so that they can be taken back there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.holdings import About
from storage.rows import add
from storage.tables_erasing import ExportRow
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """Files that were handed out together: Slack's ids of them."""

    id: int
    files: tuple[str, ...]


async def keep(
    session: AsyncSession,
    workspace_id: str,
    about: About,
    object_key: str,
    files: list[str],
    *,
    by: str,
    now: datetime,
    delete_on: datetime,
) -> int:
    """Write down which files were handed out, and from when they are deleted; the export's number."""
    return await add(
        session,
        ExportRow,
        workspace_id=workspace_id,
        about=about.value,
        object_key=object_key,
        asked_by=by,
        asked_at=now,
        files=files,
        delete_on=delete_on,
    )


async def of(session: AsyncSession, workspace_id: str, about: About, object_key: str) -> tuple[Handed, ...]:
    """What was handed out about somebody, or to them; everything for a whole workspace."""
    query = select(ExportRow.id, ExportRow.files).where(ExportRow.workspace_id == workspace_id)
    if about is not About.WORKSPACE:
        theirs = (ExportRow.about == about.value) & (ExportRow.object_key == object_key)
        query = query.where(theirs | (ExportRow.asked_by == object_key))
    rows = await session.execute(query.order_by(ExportRow.id))
    return tuple(Handed(id=row.id, files=tuple(row.files)) for row in rows)


async def due(
    session: AsyncSession, workspace_id: str, now: datetime, *, most: int = 20
) -> tuple[Handed, ...]:
    """What is to be deleted by now, oldest first."""
    query = select(ExportRow.id, ExportRow.files).where(
        ExportRow.workspace_id == workspace_id, ExportRow.delete_on <= now
    )
    rows = await session.execute(query.order_by(ExportRow.delete_on).limit(most))
    return tuple(Handed(id=row.id, files=tuple(row.files)) for row in rows)


async def end_now(
    session: AsyncSession, workspace_id: str, about: About, object_key: str, *, now: datetime
) -> None:
    """Have what was handed out about this be deleted at the next look, where it would stay longer."""
    own = (ExportRow.workspace_id == workspace_id, ExportRow.delete_on > now)
    whose = (ExportRow.about == about.value, ExportRow.object_key == object_key)
    await session.execute(update(ExportRow).where(*own, *whose).values(delete_on=now))


async def forget(session: AsyncSession, workspace_id: str, export_id: int) -> None:
    """These files are gone."""
    own = (ExportRow.workspace_id == workspace_id, ExportRow.id == export_id)
    await session.execute(delete(ExportRow).where(*own))
