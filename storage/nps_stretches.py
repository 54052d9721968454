"""Whole histories of cells, by stretch: what the rules on small groups and every question read.

A cell's history comes as one row of text that the database has put together: as rows of their own its two
hundred stretches would take ten times as long to read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Executable, Text, bindparam, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.nps_counts import COUNTED, Sources, of_sources
from storage.rows import run, table_of
from storage.tables_nps import NpsWeekRow

Stretch = tuple[date, int, int, int]
"""The first day of a stretch, and its promoters, passives and detractors."""

_CHUNK = 400
_day = lru_cache(maxsize=8192)(date.fromisoformat)


async def stretches(
    session: AsyncSession, workspace_id: str, cells: Sequence[int], *, of: Sources = COUNTED
) -> dict[int, list[Stretch]]:
    """Every stretch of these cells (by their numbers) that has answers, one for each source, in any order."""
    asked = {"workspace_id": workspace_id} | ({} if of.ids is None else {"sources": of.ids})
    found: dict[int, list[Stretch]] = {}
    for start in range(0, len(cells), _CHUNK):
        values = asked | {"cells": list(cells[start : start + _CHUNK])}
        for cell, told in await run(session, _packed(of.ids is None), values):
            found[cell] = list(_unpacked(told))
    return found


def _unpacked(told: str) -> Iterator[Stretch]:
    parts = told.split(" ")
    days, numbers = map(_day, parts[0::4]), [map(int, parts[band::4]) for band in (1, 2, 3)]
    return zip(days, *numbers, strict=True)


@cache
def _packed(counted: bool) -> Executable:
    kept: Any = table_of(NpsWeekRow).c
    told: Any = cast(kept.week, Text)
    for column in (kept.promoters, kept.passives, kept.detractors):
        told = told + " " + cast(column, Text)
    return (
        select(kept.cell, func.aggregate_strings(told, " "))
        .where(
            kept.workspace_id == bindparam("workspace_id"),
            of_sources(kept.source_id, counted),
            kept.cell.in_(bindparam("cells", expanding=True)),
        )
        .group_by(kept.cell)
    )
