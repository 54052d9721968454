"""The segments by their words: what can be asked about, and under which number it is counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.nps_segments import cell_of, fold
from storage.prepared import Prepared
from storage.rows import run
from storage.tables_nps import NpsPropertyRow, NpsSegmentRow
from stories.values import dataclass

Cell = Mapping[str, str]
"""None, one or two properties with the value that answers have: {} is all answers."""

MOST_TOGETHER = 2
"""Segments of which every combination is counted as answers arrive."""

_CHUNK = 400


@dataclass(frozen=True, slots=True)
class Words:
    """Every segment of a workspace: `values` of each property, and the number of each (folded) segment."""

    values: dict[str, tuple[str, ...]]
    numbers: Mapping[tuple[str, str], int]

    def number(self, cell: Cell) -> int | None:
        """The number of a cell of up to two segments; None where nobody has these values."""
        return _number(cell, self.numbers)


async def words(session: AsyncSession, workspace_id: str) -> Words:
    """Every property that is a segment, and its values, as first written and in alphabetical order."""
    return words_of(await run(session, _WORDS, {"workspace_id": workspace_id}))


def words_of(rows: Iterable[Any]) -> Words:
    """The same from rows of a property's name and folded name, a value, its folded one and its number."""
    values: dict[str, list[str]] = defaultdict(list)
    numbers: dict[tuple[str, str], int] = {}
    for name, folded, value, folded_value, number in rows:
        values[name].append(value)
        numbers[folded, folded_value] = number
    ordered = {name: tuple(sorted(values[name], key=fold)) for name in sorted(values, key=fold)}
    return Words(ordered, numbers)


async def vocabulary(session: AsyncSession, workspace_id: str) -> dict[str, tuple[str, ...]]:
    """The values of every property, without their numbers."""
    return (await words(session, workspace_id)).values


async def refused_properties(session: AsyncSession, workspace_id: str) -> dict[str, str]:
    """Properties that are no segments, and why: see the reasons in `storage.nps_segments`."""
    query = select(NpsPropertyRow.name, NpsPropertyRow.refused).where(
        NpsPropertyRow.workspace_id == workspace_id, NpsPropertyRow.refused != ""
    )
    rows = await session.execute(query.order_by(NpsPropertyRow.folded))
    return {row.name: row.refused for row in rows}


async def cell_numbers(session: AsyncSession, workspace_id: str, cells: Sequence[Cell]) -> list[int | None]:
    """Each cell's number; None where nobody has these values. Raises ValueError for over two segments."""
    wanted = {(fold(name), fold(value)) for cell in cells for name, value in cell.items()}
    if any(len(cell) > MOST_TOGETHER for cell in cells):
        raise ValueError(f"counts are kept for {MOST_TOGETHER} segments together at the most")
    known: dict[tuple[str, str], int] = {}
    names, values = sorted({name for name, _value in wanted}), sorted({value for _name, value in wanted})
    for start in range(0, len(values), _CHUNK):
        asked = {"workspace_id": workspace_id, "names": names, "values": values[start : start + _CHUNK]}
        rows = await session.execute(_some_words(), asked)
        known |= {(row.folded, row.folded_value): row.id for row in rows}
    return [_number(cell, known) for cell in cells]


def _number(cell: Cell, known: Mapping[tuple[str, str], int]) -> int | None:
    segments = [known.get((fold(name), fold(value))) for name, value in cell.items()]
    return cell_of(*(one for one in segments if one is not None)) if None not in segments else None


@cache
def _words() -> Select[Any, Any, Any, Any, Any]:
    of_property = and_(
        NpsSegmentRow.workspace_id == NpsPropertyRow.workspace_id,
        NpsSegmentRow.property_id == NpsPropertyRow.id,
    )
    folded_value = NpsSegmentRow.folded.label("folded_value")
    columns = (
        NpsPropertyRow.name,
        NpsPropertyRow.folded,
        NpsSegmentRow.value,
        folded_value,
        NpsSegmentRow.id,
    )
    query = select(*columns).join(NpsSegmentRow, of_property)
    return query.where(NpsPropertyRow.workspace_id == bindparam("workspace_id"), NpsPropertyRow.refused == "")


@cache
def _some_words() -> Select[Any, Any, Any, Any, Any]:
    return _words().where(
        NpsPropertyRow.folded.in_(bindparam("names", expanding=True)),
        NpsSegmentRow.folded.in_(bindparam("values", expanding=True)),
    )


_WORDS = Prepared(_words())
