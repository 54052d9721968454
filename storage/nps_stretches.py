"""What the rules on small groups and every question read: histories of cells, and sums over periods.

A cell's history comes as one row of four lists that the database has put together: as rows of their own its
two hundred stretches would take ten times as long to read. Where only a sum is asked for, the database adds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Date,
    Text,
    any_,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from storage.nps_counts import COUNTED, Sources, of_sources
from storage.prepared import Prepared
from storage.rows import run, table_of
from storage.several import several
from storage.tables_nps import NpsWeekRow
from stories.nps.counts import Counts
from stories.nps.stretches import History

Span = tuple[date, date]
"""From a day on that a stretch begins with, to before another."""

NOTHING: Span = (date.min, date.min)

_CHUNK = 400
_day = lru_cache(maxsize=8192)(date.fromisoformat)
_BANDS = ("promoters", "passives", "detractors")


async def stretches(
    session: AsyncSession, workspace_id: str, cells: Sequence[int], *, of: Sources = COUNTED
) -> dict[int, History]:
    """The histories of these cells (by their numbers), of those that have answers."""
    found = {}
    for values in _asked(workspace_id, cells, of):
        for cell, *lists in await run(session, _packed(*_how(session, of)), values):
            days, *numbers = (told.split(" ") for told in lists)
            found[cell] = History.of(list(map(_day, days)), *(list(map(int, one)) for one in numbers))
    return found


async def sums(
    session: AsyncSession,
    workspace_id: str,
    cells: Sequence[int],
    one: Span,
    other: Span = NOTHING,
    *,
    of: Sources = COUNTED,
) -> tuple[dict[int, Counts], dict[int, Counts]]:
    """What these cells (by their numbers) come to in one span and in another; those with answers there."""
    found: tuple[dict[int, Counts], dict[int, Counts]] = ({}, {})
    edges = {"first_0": one[0], "after_0": one[1], "first_1": other[0], "after_1": other[1]}
    for values in _asked(workspace_id, cells, of):
        for which, cell, *bands in await run(session, _summed(*_how(session, of)), values | edges):
            warm, neutral, cold = map(int, bands)
            found[which][cell] = Counts(promoters=warm, passives=neutral, detractors=cold)
    return found


def _asked(workspace_id: str, cells: Sequence[int], of: Sources) -> Iterable[dict[str, Any]]:
    own = {"workspace_id": workspace_id} | ({} if of.ids is None else {"sources": list(of.ids)})
    return (own | {"cells": list(cells[at : at + _CHUNK])} for at in range(0, len(cells), _CHUNK))


def _how(session: AsyncSession, of: Sources) -> tuple[str, bool]:
    return session.get_bind().dialect.name, of.ids is None


def _one_of(dialect: str, column: Any, name: str) -> ColumnElement[bool]:
    """That a number is one of the parameter's; PostgreSQL is faster with an array than with a query."""
    if dialect == "postgresql":
        return column == any_(bindparam(name, type_=ARRAY(BigInteger)))  # type: ignore[no-any-return]
    found: ColumnElement[bool] = column.in_(several(dialect, name, BigInteger()))
    return found


def _own(dialect: str, counted: bool) -> list[ColumnElement[bool]]:
    kept = table_of(NpsWeekRow).c
    sources = of_sources(kept.source_id, True) if counted else _one_of(dialect, kept.source_id, "sources")
    return [kept.workspace_id == bindparam("workspace_id"), sources, _one_of(dialect, kept.cell, "cells")]


@cache
def _packed(dialect: str, counted: bool) -> Prepared:
    kept = table_of(NpsWeekRow).c
    joined = func.string_agg if dialect == "postgresql" else func.group_concat
    lists = (joined(cast(kept[name], Text), literal_column("' '")).label(name) for name in ("week", *_BANDS))
    return Prepared(select(kept.cell, *lists).where(*_own(dialect, counted)).group_by(kept.cell))


@cache
def _summed(dialect: str, counted: bool) -> Prepared:
    kept = table_of(NpsWeekRow).c
    added = [func.sum(kept[name]).label(name) for name in _BANDS]
    spans = (
        select(literal(which).label("which"), kept.cell, *added)
        .where(
            *_own(dialect, counted),
            kept.week >= bindparam(f"first_{which}", type_=Date()),
            kept.week < bindparam(f"after_{which}", type_=Date()),
        )
        .group_by(kept.cell)
        for which in (0, 1)
    )
    return Prepared(union_all(*spans))
