"""Reckoning the counts anew from the raw answers, which gives the same counts."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import nps_settings
from storage.nps_ledger import Ledger
from storage.nps_segments import learn
from storage.rows import table_of
from storage.tables_nps import NpsAnswerRow, NpsDayRow, NpsSourceRow, NpsWeekRow

_AT_ONCE = 20_000


async def rebuild(session: AsyncSession, workspace_id: str) -> int:
    """Throw the counts away and reckon them from the answers; how many answers there are.

    All in the caller's transaction: nobody sees half of it, and nobody writes meanwhile. What is a segment
    and what is none stays as it was.
    """
    await nps_settings.pepper(session, workspace_id)
    for kept in (NpsDayRow, NpsWeekRow):
        await session.execute(delete(kept).where(kept.workspace_id == workspace_id))
    sources = select(NpsSourceRow.id).where(NpsSourceRow.workspace_id == workspace_id)
    ids = (await session.execute(sources.order_by(NpsSourceRow.id))).scalars().all()
    return sum([await _rebuild_source(session, workspace_id, source_id) for source_id in ids])


async def _rebuild_source(session: AsyncSession, workspace_id: str, source_id: int) -> int:
    table = table_of(NpsAnswerRow)
    query = (
        select(table.c.key, table.c.score, table.c.day, table.c.properties)
        .where(table.c.workspace_id == workspace_id, table.c.source_id == source_id)
        .order_by(table.c.key)
        .limit(_AT_ONCE)
    )
    seen, after = 0, ""
    while rows := (await session.execute(query.where(table.c.key > after))).all():
        segments, ledger = await learn(session, workspace_id, [row.properties for row in rows]), Ledger()
        for row in rows:
            ledger.enter(segments.cells(row.properties), row.day, row.score)
        await ledger.write(session, workspace_id, source_id)
        seen, after = seen + len(rows), rows[-1].key
    return seen
