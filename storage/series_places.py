"""Who had a channel follow the series."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables_series_heard import SeriesFollowRow


async def asked_by(session: AsyncSession, workspace_id: str, place: str) -> str | None:
    """Who had this place follow; None for one that does not."""
    row = SeriesFollowRow
    query = select(row.by).where(row.workspace_id == workspace_id, row.place == place)
    return (await session.execute(query)).scalar_one_or_none()
