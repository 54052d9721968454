"""Who follows the series: channels and people, each since when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_new
from storage.tables_series_heard import SeriesFollowRow


async def follow(session: AsyncSession, workspace_id: str, place: str, *, by: str, now: datetime) -> bool:
    """Bring new episodes to a channel or a person (their Slack id); tells whether they did not follow yet."""
    return await add_new(session, SeriesFollowRow, workspace_id=workspace_id, place=place, by=by, since=now)


async def unfollow(session: AsyncSession, workspace_id: str, place: str) -> bool:
    """Bring it no more episodes; tells whether it followed."""
    row = SeriesFollowRow
    gone = await session.execute(
        delete(row).where(row.workspace_id == workspace_id, row.place == place).returning(row.place)
    )
    return gone.first() is not None


async def follows(session: AsyncSession, workspace_id: str, place: str) -> bool:
    """Whether a channel or a person follows the series."""
    row = SeriesFollowRow
    query = select(row.place).where(row.workspace_id == workspace_id, row.place == place)
    return (await session.execute(query)).first() is not None


async def places(session: AsyncSession, workspace_id: str) -> tuple[str, ...]:
    """Every channel and person that follows, the first to do so at the top."""
    row = SeriesFollowRow
    query = select(row.place).where(row.workspace_id == workspace_id).order_by(row.since, row.place)
    return tuple((await session.execute(query)).scalars())
