"""What is kept of a channel that is listened to: numbers and dense means."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_new
from storage.tables_avatars import ListeningRow
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Where listening stands. `kick_off` is the mean of the first `kick_off_windows` windows."""

    state: dict[str, Any] = field(default_factory=dict)
    kick_off: bytes | None = None
    kick_off_windows: int = 0


async def begin(session: AsyncSession, workspace_id: str, project_id: int, *, now: datetime) -> None:
    """Make room for what will be learnt of a project's channel; what is known already stays."""
    await add_new(
        session,
        ListeningRow,
        workspace_id=workspace_id,
        project_id=project_id,
        state={},
        kick_off_windows=0,
        updated_at=now,
    )


async def hold(session: AsyncSession, workspace_id: str, project_id: int) -> Kept | None:
    """Where listening stands, held until the transaction ends; None where nobody listens."""
    return (await _kept(session, _of(workspace_id, [project_id]).with_for_update())).get(project_id)


async def look(session: AsyncSession, workspace_id: str, project_ids: Collection[int]) -> Mapping[int, Kept]:
    """Where listening stands in these projects' channels; those that nobody listens to are left out."""
    return await _kept(session, _of(workspace_id, project_ids))


async def keep(
    session: AsyncSession, workspace_id: str, project_id: int, kept: Kept, *, now: datetime
) -> None:
    """Replace what is kept."""
    values = {
        "state": kept.state,
        "kick_off": kept.kick_off,
        "kick_off_windows": kept.kick_off_windows,
        "updated_at": now,
    }
    await session.execute(
        update(ListeningRow)
        .where(ListeningRow.workspace_id == workspace_id, ListeningRow.project_id == project_id)
        .values(**values)
    )


async def forget(session: AsyncSession, workspace_id: str, project_id: int) -> None:
    """Delete all that was learnt by listening to a project's channel."""
    own = (ListeningRow.workspace_id == workspace_id, ListeningRow.project_id == project_id)
    await session.execute(delete(ListeningRow).where(*own))


def _of(workspace_id: str, project_ids: Collection[int]) -> Select[ListeningRow]:
    return select(ListeningRow).where(
        ListeningRow.workspace_id == workspace_id, ListeningRow.project_id.in_(project_ids)
    )


async def _kept(session: AsyncSession, query: Select[ListeningRow]) -> dict[int, Kept]:
    rows = (await session.execute(query.execution_options(populate_existing=True))).scalars()
    return {
        row.project_id: Kept(state=row.state, kick_off=row.kick_off, kick_off_windows=row.kick_off_windows)
        for row in rows
    }
