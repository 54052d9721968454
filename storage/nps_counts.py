"""Questions about counts: what a segment's answers come to in a period, never by looking at the answers.

A period is read from the stretches (weeks cut where a month begins) that lie whole within it and the days at
its two ends, so that a year costs 65 rows and at most 12, however many answers there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Executable, bindparam, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from storage.nps_ledger import Kept, moment_of
from storage.nps_segments import ALL, fold
from storage.nps_words import MOST_TOGETHER, Cell, cell_numbers, refused_properties, vocabulary
from storage.rows import table_of
from storage.tables_nps import NpsDayRow, NpsSourceRow, NpsWeekRow
from stories.nps.counts import Counts
from stories.nps.stretches import following, monday, stretch
from stories.values import dataclass

__all__ = [
    "COUNTED",
    "NO_COUNTS",
    "Cell",
    "Sources",
    "by",
    "days_covered",
    "refused_properties",
    "total",
    "vocabulary",
    "weekly",
]

NO_COUNTS = Counts(promoters=0, passives=0, detractors=0)
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
    found = await _stretches(session, workspace_id, cells, (first, _end_of_week(last)), of)
    return [_whole_weeks(series, first) for series in found]


def _end_of_week(day: date) -> date:
    return day + timedelta(days=6 - day.weekday())


def _whole_weeks(series: Mapping[date, Counts], first: date) -> dict[date, Counts]:
    """The two stretches of a week in which a month begins put together."""
    weeks: dict[date, Counts] = {}
    for day, counts in series.items():
        week = monday(day)
        if week >= first:
            known = weeks.get(week)
            weeks[week] = counts if known is None else known + counts
    return weeks


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
    query = select(func.min(NpsDayRow.day), func.max(NpsDayRow.day)).where(
        NpsDayRow.workspace_id == bindparam("workspace_id"),
        of_sources(NpsDayRow.source_id, of.ids is None),
        NpsDayRow.cell == ALL,
    )
    first, last = (await session.execute(query, _asked(workspace_id, of))).one()
    return None if first is None else (first, last)


async def _sums(
    session: AsyncSession, workspace_id: str, numbers: Sequence[int], days: tuple[date, date], of: Sources
) -> dict[int, Counts]:
    """The stretches within the period, and the days before the first of them and after the last."""
    first, after = days[0], days[1] + _DAY
    starts = first if first == stretch(first) else following(stretch(first))
    ends = stretch(after)
    if starts > ends:
        starts = ends = after
    edges = {"first": first, "starts": starts, "ends": ends, "after": after}
    found: dict[int, Counts] = {}
    for chunk in _chunks(numbers):
        rows = await session.execute(
            _summing(of.ids is None), _asked(workspace_id, of) | edges | {"cells": chunk}
        )
        for row in rows:
            found[row.cell] = found.get(row.cell, NO_COUNTS) + _counts(row)
    return found


async def _stretches(
    session: AsyncSession, workspace_id: str, cells: Sequence[Cell], days: tuple[date, date], of: Sources
) -> list[dict[date, Counts]]:
    numbers = await cell_numbers(session, workspace_id, cells)
    asked = _asked(workspace_id, of) | {"first": days[0], "after": days[1] + _DAY}
    found: dict[int, dict[date, Counts]] = defaultdict(dict)
    for chunk in _chunks(sorted({number for number in numbers if number is not None})):
        for row in await session.execute(_in_order(of.ids is None), asked | {"cells": chunk}):
            series = found[row.cell]
            # Most moments come from one source: adding to nothing would double what this costs.
            known, counts = series.get(row.moment), _counts(row)
            series[row.moment] = counts if known is None else known + counts
    return [dict(found[number]) if number is not None else {} for number in numbers]


# Statements are built once: building one costs more than running it.


@cache
def _summing(counted: bool) -> Executable:
    spans = ((NpsWeekRow, "starts", "ends"), (NpsDayRow, "first", "starts"), (NpsDayRow, "ends", "after"))
    return union_all(
        *(
            select(
                kept.cell,
                func.sum(kept.promoters).label("promoters"),
                func.sum(kept.passives).label("passives"),
                func.sum(kept.detractors).label("detractors"),
            )
            .where(*_within(kept, first, after, counted))
            .group_by(kept.cell)
            for kept, first, after in spans
        )
    )


@cache
def _in_order(counted: bool) -> Executable:
    kept = NpsWeekRow
    when = moment_of(kept)
    columns = (kept.cell, when.label("moment"), kept.promoters, kept.passives, kept.detractors)
    return select(*columns).where(*_within(kept, "first", "after", counted)).order_by(when)


def _within(kept: Kept, first: str, after: str, counted: bool) -> list[ColumnElement[bool]]:
    """Rows of the sources and cells asked about, from one day on to before another."""
    when, table = moment_of(kept), table_of(kept)
    return [
        table.c.workspace_id == bindparam("workspace_id"),
        of_sources(table.c.source_id, counted),
        table.c.cell.in_(bindparam("cells", expanding=True)),
        when >= bindparam(first, type_=Date()),
        when < bindparam(after, type_=Date()),
    ]


def of_sources(column: Any, counted: bool) -> ColumnElement[bool]:
    """The sources that `Sources` names, as a condition with the parameters `workspace_id` and `sources`."""
    if counted:
        own = NpsSourceRow.workspace_id == bindparam("workspace_id")
        chosen: ColumnElement[bool] = column.in_(select(NpsSourceRow.id).where(own, NpsSourceRow.counted))
    else:
        chosen = column.in_(bindparam("sources", expanding=True))
    return chosen


def _asked(workspace_id: str, of: Sources) -> dict[str, Any]:
    return {"workspace_id": workspace_id} | ({} if of.ids is None else {"sources": of.ids})


def _counts(row: Any) -> Counts:
    return Counts(promoters=int(row.promoters), passives=int(row.passives), detractors=int(row.detractors))


def _chunks(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))
