"""Private notes that speak of stories: found again when one of them is taken back, hidden or renamed."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.posted import COLUMNS, Posted, posted
from storage.prepared import Prepared
from storage.rows import add_new, run, table_of
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
    rows = await run(session, _ABOUT, {"workspace": workspace_id, "story": story_id})
    return tuple(posted(row) for row in rows)


_D, _N = table_of(DeliveryRow), table_of(NoticeStoryRow)
# Built once: every story that is told or changed asks.
_ABOUT = Prepared(
    select(*COLUMNS)
    .join(_N, (_N.c.workspace_id == _D.c.workspace_id) & (_N.c.delivery_id == _D.c.id))
    .where(
        _N.c.workspace_id == bindparam("workspace"),
        _N.c.story_id == bindparam("story"),
        *(_D.c.state != unsaid for unsaid in UNSAID),
    )
    .order_by(_D.c.id)
)
