"""Private notes that speak of stories: found again when one of them is taken back, hidden or renamed."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.posted import Posted, posted
from storage.rows import add_new
from storage.tables_following import NoticeStoryRow
from storage.tables_posts import DeliveryRow
from storage.tellings import UNSAID


async def speaks_of(
    session: AsyncSession, workspace_id: str, delivery_id: int, story_ids: Iterable[int]
) -> None:
    """Write down which stories a note speaks of; those it spoke of before are kept."""
    for story_id in sorted(story_ids):
        values = {"workspace_id": workspace_id, "delivery_id": delivery_id, "story_id": story_id}
        await add_new(session, NoticeStoryRow, **values)


async def about(session: AsyncSession, workspace_id: str, story_id: int) -> tuple[Posted, ...]:
    """The notes that speak of this story, sent or on their way, oldest first."""
    query = (
        select(DeliveryRow)
        .join(
            NoticeStoryRow,
            (NoticeStoryRow.workspace_id == DeliveryRow.workspace_id)
            & (NoticeStoryRow.delivery_id == DeliveryRow.id),
        )
        .where(
            NoticeStoryRow.workspace_id == workspace_id,
            NoticeStoryRow.story_id == story_id,
            DeliveryRow.state.not_in(UNSAID),
        )
        .order_by(DeliveryRow.id)
    )
    return tuple(posted(row) for row in (await session.execute(query)).scalars())
