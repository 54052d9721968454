"""Workspaces: whom everything belongs to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import table_of
from storage.tables import WorkspaceRow


async def ensure(
    session: AsyncSession, workspace_id: str, *, name: str, installed_by: str | None, now: datetime
) -> None:
    """Know this workspace; what is known of it stays."""
    table = table_of(WorkspaceRow)
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    await session.execute(
        insert(table).on_conflict_do_nothing(),
        {"id": workspace_id, "name": name, "installed_by": installed_by, "created_at": now},
    )


async def installer(session: AsyncSession, workspace_id: str) -> str | None:
    """Who installed the bot here, when that is known."""
    query = select(WorkspaceRow.installed_by).where(WorkspaceRow.id == workspace_id)
    return (await session.execute(query)).scalar_one_or_none()


async def name_installer(session: AsyncSession, workspace_id: str, user_id: str) -> None:
    """Remember who met the bot first, when nobody is known to have installed it."""
    await session.execute(
        update(WorkspaceRow)
        .where(WorkspaceRow.id == workspace_id, WorkspaceRow.installed_by.is_(None))
        .values(installed_by=user_id)
    )


async def known(session: AsyncSession) -> tuple[tuple[str, str], ...]:
    """Every workspace: its id and its name, in the order in which they were met."""
    query = select(WorkspaceRow.id, WorkspaceRow.name).order_by(WorkspaceRow.created_at, WorkspaceRow.id)
    return tuple((row.id, row.name) for row in await session.execute(query))
