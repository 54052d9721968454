"""Questions about counts: what a segment's answers come to in a period, never by looking at the answers.

A period is read from the weeks that lie whole within it and the days at its two ends, so that a year costs
52 rows and at most 12, however many answers there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from storage.nps_ledger import Kept, moment_of, monday
from storage.nps_segments import ALL, fold
from storage.nps_words import MOST_TOGETHER, Cell, cell_numbers, refused_properties, vocabulary
from storage.tables_nps import NpsDayRow, NpsSourceRow, NpsWeekRow
from stories.nps.counts import Counts

__all__ = [
    "COUNTED",
    "NO_COUNTS",
    "Cell",
    "Sources",
    "by",
    "daily",
    "days_covered",
    "refused_properties",
    "total",
    "vocabulary",
    "weekly",
]

NO_COUNTS = Counts(promoters=0, passives=0, detractors=0)
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_CHUNK = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Whose answers are asked about: these sources, or (None) all that are not left out."""

    ids: tuple[int, ...] | None = None


COUNTED = Sources()


async def total(
    session: AsyncSession, workspace_id: str, cell: Cell, first: date, last: date, *, of: Sources = COUNTED
) -> Counts:
    """What the answers of these days (both included) in a cell come to; a value nobody has comes to nothing.

    Raises ValueError for more than two segments: see `storage.nps_deeper.counted`.
    """
    numbers = await cell_numbers(session, workspace_id, [cell])
    found = await _sums(session, workspace_id, [n for n in numbers if n is not None], (first, last), of)
    return found.get(numbers[0], NO_COUNTS) if numbers[0] is not None else NO_COUNTS


async def daily(
    session: AsyncSession, workspace_id: str, cell: Cell, first: date, last: date, *, of: Sources = COUNTED
) -> dict[date, Counts]:
    """The same by day, oldest first; days without answers are left out. Raises ValueError as `total` does."""
    series = await _series(session, workspace_id, [cell], NpsDayRow, (first, last), of)
    return series[0]


async def weekly(
    session: AsyncSession,
    workspace_id: str,
    cells: Sequence[Cell],
    first: date,
    last: date,
    *,
    of: Sources = COUNTED,
) -> list[dict[date, Counts]]:
    """For each cell its counts by week (its Monday), of the weeks that begin in these days; oldest first.

    Weeks without answers are left out. Raises ValueError as `total` does.
    """
    return await _series(session, workspace_id, cells, NpsWeekRow, (first, last), of)


async def by(
    session: AsyncSession,
    workspace_id: str,
    of_property: str,
    where: Cell,
    first: date,
    last: date,
    *,
    of: Sources = COUNTED,
) -> dict[str, Counts]:
    """For each value of a property its counts, among a segment's answers ({} for all), but the empty ones.

    Raises ValueError for more than one segment in `where`, or the property itself.
    """
    if len(where) >= MOST_TOGETHER or fold(of_property) in {fold(name) for name in where}:
        raise ValueError("a breakdown goes by one property, within one segment of another at the most")
    words = await vocabulary(session, workspace_id)
    values = next((told for name, told in words.items() if fold(name) == fold(of_property)), ())
    cells: list[Cell] = [{**where, of_property: value} for value in values]
    numbers = await cell_numbers(session, workspace_id, cells)
    found = await _sums(session, workspace_id, [n for n in numbers if n is not None], (first, last), of)
    pairs = zip(values, numbers, strict=True)
    return {value: found[number] for value, number in pairs if number is not None and number in found}


async def days_covered(
    session: AsyncSession, workspace_id: str, *, of: Sources = COUNTED
) -> tuple[date, date] | None:
    """The first and the last day on which anybody answered; None before the first answer."""
    sources = await _sources(session, workspace_id, of)
    query = select(func.min(NpsDayRow.day), func.max(NpsDayRow.day)).where(
        NpsDayRow.workspace_id == workspace_id, NpsDayRow.source_id.in_(sources), NpsDayRow.cell == ALL
    )
    first, last = (await session.execute(query)).one()
    return None if first is None else (first, last)


async def _sources(session: AsyncSession, workspace_id: str, of: Sources) -> Sequence[int]:
    query = select(NpsSourceRow.id).where(NpsSourceRow.workspace_id == workspace_id)
    query = query.where(NpsSourceRow.counted if of.ids is None else NpsSourceRow.id.in_(of.ids))
    return (await session.execute(query)).scalars().all()


async def _sums(
    session: AsyncSession, workspace_id: str, numbers: Sequence[int], days: tuple[date, date], of: Sources
) -> dict[int, Counts]:
    sources, found = await _sources(session, workspace_id, of), dict[int, Counts]()
    for chunk in _chunks(numbers):
        parts = _parts(workspace_id, sources, chunk, days)
        for row in await session.execute(union_all(*parts)):
            found[row.cell] = found.get(row.cell, NO_COUNTS) + _counts(row)
    return found


def _parts(
    workspace_id: str, sources: Sequence[int], numbers: Sequence[int], days: tuple[date, date]
) -> list[Select[Any, Any, Any, Any]]:
    """The weeks within the period, and the days before the first of them and after the last."""
    first, last = days
    starts = first if first == monday(first) else monday(first) + _WEEK
    ends = monday(last + _DAY)
    if starts >= ends:
        return [_part(NpsDayRow, workspace_id, sources, numbers, (first, last + _DAY))]
    return [
        _part(NpsWeekRow, workspace_id, sources, numbers, (starts, ends)),
        _part(NpsDayRow, workspace_id, sources, numbers, (first, starts)),
        _part(NpsDayRow, workspace_id, sources, numbers, (ends, last + _DAY)),
    ]


def _part(
    kept: Kept,
    workspace_id: str,
    sources: Sequence[int],
    numbers: Sequence[int],
    span: tuple[date, date],
) -> Select[Any, Any, Any, Any]:
    """Sums by cell from the first day of the span to the one before its second."""
    when = moment_of(kept)
    return (
        select(
            kept.cell,
            func.sum(kept.promoters).label("promoters"),
            func.sum(kept.passives).label("passives"),
            func.sum(kept.detractors).label("detractors"),
        )
        .where(kept.workspace_id == workspace_id, kept.source_id.in_(sources), kept.cell.in_(numbers))
        .where(when >= span[0], when < span[1])
        .group_by(kept.cell)
    )


async def _series(
    session: AsyncSession,
    workspace_id: str,
    cells: Sequence[Cell],
    kept: Kept,
    days: tuple[date, date],
    of: Sources,
) -> list[dict[date, Counts]]:
    numbers = await cell_numbers(session, workspace_id, cells)
    sources = await _sources(session, workspace_id, of)
    when = moment_of(kept)
    columns = (kept.cell, when.label("moment"), kept.promoters, kept.passives, kept.detractors)
    query = select(*columns).where(kept.workspace_id == workspace_id, kept.source_id.in_(sources))
    query = query.where(when >= days[0], when <= days[1]).order_by(when)
    found: dict[int, dict[date, Counts]] = defaultdict(dict)
    for chunk in _chunks(sorted({number for number in numbers if number is not None})):
        for row in await session.execute(query.where(kept.cell.in_(chunk))):
            series = found[row.cell]
            series[row.moment] = series.get(row.moment, NO_COUNTS) + _counts(row)
    return [dict(found[number]) if number is not None else {} for number in numbers]


def _counts(row: Any) -> Counts:
    return Counts(promoters=int(row.promoters), passives=int(row.passives), detractors=int(row.detractors))


def _chunks(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))
