"""What admins chose for everybody in a workspace."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.prepared import Gathered
from storage.rows import add_new, run, table_of
from storage.tables_trust import WorkspaceSettingsRow


async def get(session: AsyncSession, workspace_id: str) -> dict[str, Any]:
    """What was chosen, for `stories.workspace_rules.rules_of`; empty while nobody has."""
    rows = await run(session, _CHOSEN, {"workspace": workspace_id})
    return dict(rows.scalar_one_or_none() or {})


async def chosen_by(session: AsyncSession, workspace_id: str) -> str | None:
    """Who chose last; None while nobody has."""
    row = WorkspaceSettingsRow
    query = select(row.changed_by).where(row.workspace_id == workspace_id)
    return (await session.execute(query)).scalar_one_or_none()


async def choose(
    session: AsyncSession, workspace_id: str, chosen: dict[str, Any], *, by: str, now: datetime
) -> None:
    """Replace what was chosen."""
    values: dict[str, Any] = {"chosen": chosen, "changed_by": by, "changed_at": now}
    if await add_new(session, WorkspaceSettingsRow, workspace_id=workspace_id, **values):
        return
    row = WorkspaceSettingsRow
    await session.execute(update(row).where(row.workspace_id == workspace_id).values(**values))


_SETTINGS = table_of(WorkspaceSettingsRow)
# Built once: every publication asks.
_CHOSEN = Gathered(
    select(_SETTINGS.c.chosen).where(_SETTINGS.c.workspace_id == bindparam("workspace")),
    """SELECT given.n, workspace_settings.chosen FROM json_to_recordset(%(given)s::json)
    AS given (n int, workspace text)
    JOIN workspace_settings ON workspace_settings.workspace_id = given.workspace""",
)
