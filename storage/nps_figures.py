"""Business figures by month, of everybody or of one segment: what NPS is set beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_many
from storage.tables_nps_watch import NpsFigureRow
from stories.values import dataclass

Segment = tuple[str, str]
EVERYBODY: Segment = ("", "")
"""The segment of a figure that is everybody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of one month, which `month` is the first day of."""

    name: str
    month: date
    amount: float
    segment: Segment = EVERYBODY


async def take_in(session: AsyncSession, workspace_id: str, figures: Sequence[Figure]) -> None:
    """Keep these, in place of what was known of the same figure, segment and month."""
    latest = {(one.name, one.segment, one.month): one for one in figures}
    for name, segment, month in latest:
        await session.execute(
            delete(NpsFigureRow).where(
                NpsFigureRow.workspace_id == workspace_id,
                NpsFigureRow.figure == name,
                NpsFigureRow.property == segment[0],
                NpsFigureRow.value == segment[1],
                NpsFigureRow.month == month,
            )
        )
    rows = [
        {
            "workspace_id": workspace_id,
            "figure": one.name,
            "property": one.segment[0],
            "value": one.segment[1],
            "month": one.month,
            "amount": one.amount,
        }
        for one in latest.values()
    ]
    await add_many(session, NpsFigureRow, rows)


async def series(session: AsyncSession, workspace_id: str, name: str) -> dict[Segment, dict[date, float]]:
    """A figure's amounts by segment and month."""
    query = select(NpsFigureRow).where(NpsFigureRow.workspace_id == workspace_id, NpsFigureRow.figure == name)
    found: dict[Segment, dict[date, float]] = defaultdict(dict)
    for row in (await session.execute(query)).scalars():
        found[row.property, row.value][row.month] = row.amount
    return dict(found)
