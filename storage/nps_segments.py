"""Which properties and values answers are counted by: learnt as answers arrive, within bounds.

A cell is what counts are kept for: all answers, one segment (a property's value), or a pair of segments of
two properties. It is one 64-bit number, made from the segments' own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field
from itertools import combinations

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.nps_ledger import forget_segments
from storage.rows import add_many
from storage.tables_nps import NpsPropertyRow, NpsSegmentRow
from stories.values import dataclass

MOST_PROPERTIES = 12
"""Properties that are counted by: each more makes every answer dearer (79 cells an answer at twelve)."""

MOST_VALUES = 200
"""Values of one property; one with more is no segment (an id, a date, free text)."""

LONGEST_VALUE = 80
"""Characters of a value; a longer one makes its property free text."""

TOO_MANY_PROPERTIES, TOO_MANY_VALUES, FREE_TEXT = "properties", "values", "text"
"""Why a property is no segment."""

ALL = 0
"""The cell of all answers."""

_SHIFT = 32


def cell_of(*segments: int) -> int:
    """The cell of none, one or two segments, by their numbers, in any order."""
    low, high = ([0, 0, *sorted(segments)])[-2:]
    return low << _SHIFT | high


def cells_of(segments: Iterable[int]) -> tuple[int, ...]:
    """Every cell in which an answer with these segments counts."""
    ordered = sorted(segments)
    pairs = (low << _SHIFT | high for low, high in combinations(ordered, 2))
    return (ALL, *ordered, *pairs)


Properties = Mapping[str, str]


@dataclass(slots=True)
class _Property:
    id: int
    name: str
    refused: str
    values: dict[str, tuple[int, str]] = field(default_factory=dict)


class Segments:
    """What is known of the segments that a batch of answers names; made by `learn`."""

    def __init__(self, known: Mapping[str, _Property]) -> None:
        self._known = known
        self._cells: dict[tuple[tuple[str, str], ...], tuple[int, ...]] = {}
        self._settled: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}

    def settle(self, properties: Properties) -> dict[str, str]:
        """The properties as they are written here: what differs in case alone is the same."""
        given = tuple(properties.items())
        if given not in self._settled:
            self._settled[given] = dict(sorted(self._written(*pair) for pair in given if pair[1].strip()))
        return self._settled[given]

    def cells(self, properties: Properties) -> tuple[int, ...]:
        """The cells in which an answer with these (settled) properties counts."""
        given = tuple(properties.items())
        if given not in self._cells:
            self._cells[given] = cells_of(self._numbers(given))
        return self._cells[given]

    def _written(self, name: str, value: str) -> tuple[str, str]:
        found = self._known[fold(name)]
        return found.name, found.values.get(fold(value), (0, value.strip()))[1]

    def _numbers(self, given: Iterable[tuple[str, str]]) -> set[int]:
        found = ((self._known.get(fold(name)), fold(value)) for name, value in given)
        return {
            prop.values[value][0]
            for prop, value in found
            if prop and not prop.refused and value in prop.values
        }


def fold(text: str) -> str:
    """A name or a value without what does not tell it apart: case, spaces around it."""
    return text.strip().casefold()


async def learn(session: AsyncSession, workspace_id: str, batch: Collection[Properties]) -> Segments:
    """Know every property and value that these answers name, the new ones within the bounds above.

    A property that crosses a bound stops being a segment: its counts go, and it stays so.
    """
    names: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    for name, value in {pair for properties in batch for pair in properties.items()}:
        if value.strip():
            names.setdefault(fold(name), name.strip())
            values.setdefault(fold(name), {}).setdefault(fold(value), value.strip())
    known = await _properties(session, workspace_id, names)
    await _load(session, workspace_id, known, values)
    missing = {
        folded: {key: value for key, value in told.items() if key not in known[folded].values}
        for folded, told in values.items()
        if not known[folded].refused
    }
    if any(missing.values()):
        await _grow(session, workspace_id, known, missing)
        await _load(session, workspace_id, known, values)
    return Segments(known)


async def _properties(
    session: AsyncSession, workspace_id: str, names: Mapping[str, str]
) -> dict[str, _Property]:
    query = select(NpsPropertyRow.id, NpsPropertyRow.name, NpsPropertyRow.folded, NpsPropertyRow.refused)
    query = query.where(NpsPropertyRow.workspace_id == workspace_id)
    rows = (await session.execute(query)).all()
    new = sorted(set(names) - {row.folded for row in rows})
    if new:
        room = MOST_PROPERTIES - sum(not row.refused for row in rows)
        added = [
            {
                "workspace_id": workspace_id,
                "name": names[folded],
                "folded": folded,
                "refused": "" if number < room else TOO_MANY_PROPERTIES,
            }
            for number, folded in enumerate(new)
        ]
        await add_many(session, NpsPropertyRow, added)
        rows = (await session.execute(query)).all()
    return {row.folded: _Property(row.id, row.name, row.refused) for row in rows}


async def _load(
    session: AsyncSession,
    workspace_id: str,
    known: Mapping[str, _Property],
    values: Mapping[str, Mapping[str, str]],
) -> None:
    """Fill in the values of this batch that stand in the database."""
    by_id = {prop.id: prop for prop in known.values()}
    wanted = [
        (known[folded].id, value)
        for folded, told in values.items()
        if not known[folded].refused
        for value in told
        if value not in known[folded].values
    ]
    query = select(NpsSegmentRow.id, NpsSegmentRow.property_id, NpsSegmentRow.folded, NpsSegmentRow.value)
    for chunk in _chunks(wanted):
        found = query.where(
            NpsSegmentRow.workspace_id == workspace_id,
            tuple_(NpsSegmentRow.property_id, NpsSegmentRow.folded).in_(chunk),
        )
        for row in await session.execute(found):
            by_id[row.property_id].values[row.folded] = (row.id, row.value)


async def _grow(
    session: AsyncSession,
    workspace_id: str,
    known: Mapping[str, _Property],
    missing: Mapping[str, Mapping[str, str]],
) -> None:
    query = select(NpsSegmentRow.property_id, func.count()).where(NpsSegmentRow.workspace_id == workspace_id)
    rows = await session.execute(query.group_by(NpsSegmentRow.property_id))
    standing = Counter({row[0]: row[1] for row in rows})
    added = []
    for folded, new in missing.items():
        prop = known[folded]
        if any(len(value) > LONGEST_VALUE for value in new):
            await _refuse(session, workspace_id, prop, FREE_TEXT)
        elif standing[prop.id] + len(new) > MOST_VALUES:
            await _refuse(session, workspace_id, prop, TOO_MANY_VALUES)
        else:
            own = {"workspace_id": workspace_id, "property_id": prop.id}
            added += [{**own, "folded": key, "value": value} for key, value in sorted(new.items())]
    await add_many(session, NpsSegmentRow, added)


async def _refuse(session: AsyncSession, workspace_id: str, prop: _Property, why: str) -> None:
    own = (NpsSegmentRow.workspace_id == workspace_id) & (NpsSegmentRow.property_id == prop.id)
    numbers = (await session.execute(select(NpsSegmentRow.id).where(own))).scalars().all()
    await forget_segments(session, workspace_id, numbers)
    await session.execute(
        update(NpsPropertyRow)
        .where(NpsPropertyRow.workspace_id == workspace_id, NpsPropertyRow.id == prop.id)
        .values(refused=why)
    )
    prop.refused, prop.values = why, {}


def _chunks(wanted: Sequence[tuple[int, str]], size: int = 500) -> Iterable[Sequence[tuple[int, str]]]:
    return (wanted[start : start + size] for start in range(0, len(wanted), size))
