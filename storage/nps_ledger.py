"""Writing the counts: what a batch of answers adds and takes away, by cell and day, and by stretch."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import cache

from sqlalchemy import (
    Column,
    Delete,
    Insert,
    Integer,
    TextClause,
    and_,
    bindparam,
    delete,
    exists,
    literal,
    or_,
    select,
    text,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import run, table_of
from storage.tables_nps import NpsDayRow, NpsSegmentRow, NpsSourceRow, NpsWeekRow
from stories.nps.counts import Band, band_of
from stories.nps.stretches import stretch

Kept = type[NpsDayRow] | type[NpsWeekRow]
Delta = dict[tuple[int, date], list[int]]

_BANDS = tuple(tuple(Band).index(band_of(score)) for score in range(11))
_SHIFT, _LOW = 32, (1 << 32) - 1


class Ledger:
    """What one source's answers add to its counts; gathered first, then written at once."""

    def __init__(self) -> None:
        self._by_cells: dict[tuple[tuple[int, ...], date], list[int]] = {}
        self._less = False

    def enter(self, cells: tuple[int, ...], day: date, score: int, sign: int = 1) -> None:
        """Count an answer (`sign` 1) or stop counting it (-1) in these cells."""
        entry = self._by_cells.setdefault((cells, day), [0, 0, 0])
        entry[_BANDS[score]] += sign
        self._less = self._less or sign < 0

    async def write(self, session: AsyncSession, workspace_id: str, source_id: int) -> None:
        """Bring the counts up to date; what came to nothing goes, and segments that nobody has any more."""
        days: Delta = {}
        weeks: Delta = {}
        begins = {day: stretch(day) for _cells, day in self._by_cells}
        for (cells, day), counts in self._by_cells.items():
            week = begins[day]
            for cell in cells:
                _add(days, (cell, day), counts)
                _add(weeks, (cell, week), counts)
        for kept, delta in ((NpsDayRow, days), (NpsWeekRow, weeks)):
            await _upsert(session, workspace_id, source_id, kept, delta)
        if self._less:
            for kept, delta in ((NpsDayRow, days), (NpsWeekRow, weeks)):
                await _drop_empty(session, workspace_id, source_id, kept, delta)
            singles = {cell for cells, _day in self._by_cells for cell in cells if 0 < cell <= _LOW}
            await _drop_unused(session, workspace_id, singles)


async def forget_segments(session: AsyncSession, workspace_id: str, segments: Sequence[int]) -> None:
    """Remove segments with every count in which they have a part, alone or in a pair."""
    if not segments:
        return
    for kept in (NpsDayRow, NpsWeekRow):
        cell = kept.cell
        # PostgreSQL shifts a bigint by an integer alone.
        high = cell.op(">>")(literal(_SHIFT, Integer))
        part = or_(cell.in_(segments), high.in_(segments), cell.op("&")(_LOW).in_(segments))
        await session.execute(delete(kept).where(kept.workspace_id == workspace_id, part))
    own = and_(NpsSegmentRow.workspace_id == workspace_id, NpsSegmentRow.id.in_(segments))
    await session.execute(delete(NpsSegmentRow).where(own))


def _add(delta: Delta, key: tuple[int, date], counts: Sequence[int]) -> None:
    entry = delta.get(key)
    if entry is None:
        delta[key] = list(counts)
    else:
        entry[0] += counts[0]
        entry[1] += counts[1]
        entry[2] += counts[2]


async def _upsert(session: AsyncSession, workspace_id: str, source_id: int, kept: Kept, delta: Delta) -> None:
    # In the order of the key each page is touched once, and two writers never wait for each other in a ring.
    rows = sorted((cell, day, *counts) for (cell, day), counts in delta.items() if any(counts))
    if not rows:
        return
    if session.get_bind().dialect.name == "sqlite":
        names = ("cell", moment_of(kept).name, "promoters", "passives", "detractors")
        own = {"workspace_id": workspace_id, "source_id": source_id}
        await run(session, _one_by_one(kept), [own | dict(zip(names, row, strict=True)) for row in rows])
        return
    cells, days, promoters, passives, detractors = (list(column) for column in zip(*rows, strict=True))
    values = {"cells": cells, "days": days, "promoters": promoters, "passives": passives}
    await session.execute(
        _all_at_once(kept),
        {"workspace": workspace_id, "source": source_id, "detractors": detractors, **values},
    )


def moment_of(kept: Kept) -> Column[date]:
    """The column of a table of counts that says when: the day, or the first day of the stretch."""
    return table_of(kept).c.week if kept is NpsWeekRow else table_of(kept).c.day


@cache
def _one_by_one(kept: Kept) -> Insert:
    table = table_of(kept)
    insert = sqlite.insert(table)
    more = {name: table.c[name] + insert.excluded[name] for name in ("promoters", "passives", "detractors")}
    return insert.on_conflict_do_update(index_elements=list(table.primary_key), set_=more)


@cache
def _all_at_once(kept: Kept) -> TextClause:
    """PostgreSQL takes the rows as five arrays: a tenth of what as many single statements cost."""
    name, day = kept.__tablename__, moment_of(kept).name
    return text(
        f"INSERT INTO {name} (workspace_id, source_id, cell, {day}, promoters, passives, detractors) "  # noqa: S608 our own names
        "SELECT :workspace, :source, * FROM unnest(CAST(:cells AS bigint[]), CAST(:days AS date[]), "
        "CAST(:promoters AS integer[]), CAST(:passives AS integer[]), CAST(:detractors AS integer[])) "
        f"ON CONFLICT (workspace_id, source_id, cell, {day}) DO UPDATE SET "
        f"promoters = {name}.promoters + excluded.promoters, passives = {name}.passives + excluded.passives, "
        f"detractors = {name}.detractors + excluded.detractors"
    )


async def _drop_empty(
    session: AsyncSession, workspace_id: str, source_id: int, kept: Kept, delta: Delta
) -> None:
    lessened = [key for key, counts in delta.items() if min(counts) < 0]
    own = {"in_workspace": workspace_id, "of_source": source_id}
    if lessened:
        values = [own | {"of_cell": cell, "on_day": day} for cell, day in sorted(lessened)]
        await run(session, _empty_one(kept), values)


@cache
def _empty_one(kept: Kept) -> Delete:
    table = table_of(kept)
    return table.delete().where(
        table.c.workspace_id == bindparam("in_workspace"),
        table.c.source_id == bindparam("of_source"),
        table.c.cell == bindparam("of_cell"),
        moment_of(kept) == bindparam("on_day"),
        table.c.promoters == 0,
        table.c.passives == 0,
        table.c.detractors == 0,
    )


async def _drop_unused(session: AsyncSession, workspace_id: str, segments: Collection[int]) -> None:
    """A value that only erased people had is forgotten with them."""
    sources = select(NpsSourceRow.id).where(NpsSourceRow.workspace_id == workspace_id)
    counted = exists().where(
        NpsWeekRow.workspace_id == workspace_id,
        NpsWeekRow.source_id.in_(sources),
        NpsWeekRow.cell == NpsSegmentRow.id,
    )
    own = and_(NpsSegmentRow.workspace_id == workspace_id, NpsSegmentRow.id.in_(segments))
    await session.execute(delete(NpsSegmentRow).where(own, ~counted))
