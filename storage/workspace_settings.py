"""What admins chose for everybody in a workspace."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_new
from storage.tables_trust import WorkspaceSettingsRow


async def get(session: AsyncSession, workspace_id: str) -> dict[str, Any]:
    """What was chosen, for `stories.workspace_rules.rules_of`; empty while nobody has."""
    query = select(WorkspaceSettingsRow.chosen).where(WorkspaceSettingsRow.workspace_id == workspace_id)
    return dict((await session.execute(query)).scalar_one_or_none() or {})


async def choose(
    session: AsyncSession, workspace_id: str, chosen: dict[str, Any], *, by: str, now: datetime
) -> None:
    """Replace what was chosen."""
    values: dict[str, Any] = {"chosen": chosen, "changed_by": by, "changed_at": now}
    if await add_new(session, WorkspaceSettingsRow, workspace_id=workspace_id, **values):
        return
    row = WorkspaceSettingsRow
    await session.execute(update(row).where(row.workspace_id == workspace_id).values(**values))
