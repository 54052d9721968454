"""What only the raw answers can tell: combinations deeper than pairs, and verbatims within consent."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.nps_counts import COUNTED, Cell, Sources, vocabulary
from storage.nps_segments import fold
from storage.tables_nps import NpsAnswerRow, NpsSourceRow
from stories.nps.counts import Band, Counts

LOOKED_THROUGH = 5_000
"""Comments of a source that are held against segments: somebody waits for the answer."""

_OF_BAND = {
    Band.PROMOTER: NpsAnswerRow.score >= 9,
    Band.PASSIVE: NpsAnswerRow.score.between(7, 8),
    Band.DETRACTOR: NpsAnswerRow.score <= 6,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verbatim:
    """What somebody wrote beside their score, from a source whose comments may be shown."""

    source_id: int
    key: str
    score: int
    at: datetime
    day: date
    comment: str
    properties: dict[str, str]


async def counted(
    session: AsyncSession, workspace_id: str, cell: Cell, first: date, last: date, *, of: Sources = COUNTED
) -> Counts:
    """Like `nps_counts.total` for any number of segments, by looking at every answer of those days: slow."""
    query = select(*_sums()).where(*await _within(session, workspace_id, cell, (first, last), of))
    return _counts((await session.execute(query)).one())


async def daily(
    session: AsyncSession, workspace_id: str, cell: Cell, first: date, last: date, *, of: Sources = COUNTED
) -> dict[date, Counts]:
    """Like `nps_counts.daily` for any number of segments: slow."""
    within = await _within(session, workspace_id, cell, (first, last), of)
    query = select(NpsAnswerRow.day, *_sums()).where(*within).group_by(NpsAnswerRow.day)
    rows = await session.execute(query.order_by(NpsAnswerRow.day))
    return {row[0]: _counts(row[1:]) for row in rows}


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
    """Like `nps_counts.by` within any number of segments: slow."""
    within = await _within(session, workspace_id, where, (first, last), of)
    words = await vocabulary(session, workspace_id)
    name = next((told for told in words if fold(told) == fold(of_property)), of_property)
    column: Any = NpsAnswerRow.properties
    value = column[name].as_string()
    query = select(value, *_sums()).where(*within, value.is_not(None)).group_by(value)
    return {row[0]: _counts(row[1:]) for row in await session.execute(query)}


async def verbatims(
    session: AsyncSession,
    workspace_id: str,
    cell: Cell,
    first: date,
    last: date,
    *,
    bands: Collection[Band] = tuple(Band),
    most: int = 20,
    of: Sources = COUNTED,
) -> tuple[Verbatim, ...]:
    """The newest comments of these days in a cell, of sources that an admin lets speak and of no other.

    Those of segments are looked for among the newest `LOOKED_THROUGH` of each source.
    """
    if not bands:
        return ()
    settled = _settled(cell, await vocabulary(session, workspace_id)) if cell else {}
    whose = NpsSourceRow.counted if of.ids is None else NpsSourceRow.id.in_(of.ids)
    speaking = select(NpsSourceRow.id).where(
        NpsSourceRow.workspace_id == workspace_id, NpsSourceRow.verbatims_shared, whose
    )
    found: list[NpsAnswerRow] = []
    # Source by source: of one alone an index has the comments in order, so that the newest are at hand.
    for source_id in (await session.execute(speaking)).scalars().all():
        query = _newest(workspace_id, source_id, (first, last), bands)
        query = _having(query, settled) if settled else query
        found += (await session.execute(query.limit(most))).scalars().all()
    found.sort(key=lambda row: row.key)
    found.sort(key=lambda row: (row.day, row.answered_at), reverse=True)
    return tuple(map(verbatim_of, found[:most]))


def _newest(
    workspace_id: str, source_id: int, days: tuple[date, date], bands: Collection[Band]
) -> Select[NpsAnswerRow]:
    """The comments of one source, the newest first."""
    of_bands = () if set(bands) == set(Band) else (or_(*(_OF_BAND[band] for band in bands)),)
    return (
        select(NpsAnswerRow)
        .where(
            NpsAnswerRow.workspace_id == workspace_id,
            NpsAnswerRow.source_id == source_id,
            and_(NpsAnswerRow.day >= days[0], NpsAnswerRow.day <= days[1]),
            NpsAnswerRow.comment != "",
            *of_bands,
        )
        .order_by(NpsAnswerRow.day.desc(), NpsAnswerRow.answered_at.desc(), NpsAnswerRow.key)
    )


def _having(newest: Select[NpsAnswerRow], settled: Mapping[str, str]) -> Select[NpsAnswerRow]:
    """Those among the first of them that are of these segments, in the same order."""
    one = aliased(NpsAnswerRow, newest.limit(LOOKED_THROUGH).subquery())
    return select(one).where(*(_has(name, value, one.properties) for name, value in settled.items()))


def verbatim_of(row: NpsAnswerRow) -> Verbatim:
    """What somebody wrote, out of their answer."""
    return Verbatim(
        source_id=row.source_id,
        key=row.key,
        score=row.score,
        at=row.answered_at,
        day=row.day,
        comment=row.comment,
        properties=row.properties,
    )


def _sums() -> list[ColumnElement[int]]:
    return [func.coalesce(func.sum(case((fits, 1), else_=0)), 0) for fits in _OF_BAND.values()]


def _counts(row: Sequence[Any]) -> Counts:
    promoters, passives, detractors = (int(number) for number in row)
    return Counts(promoters=promoters, passives=passives, detractors=detractors)


async def _within(
    session: AsyncSession, workspace_id: str, cell: Cell, days: tuple[date, date], of: Sources
) -> list[ColumnElement[bool]]:
    query = select(NpsSourceRow.id).where(NpsSourceRow.workspace_id == workspace_id)
    query = query.where(NpsSourceRow.counted if of.ids is None else NpsSourceRow.id.in_(of.ids))
    sources = (await session.execute(query)).scalars().all()
    settled = _settled(cell, await vocabulary(session, workspace_id)) if cell else {}
    return [
        NpsAnswerRow.workspace_id == workspace_id,
        NpsAnswerRow.source_id.in_(sources),
        and_(NpsAnswerRow.day >= days[0], NpsAnswerRow.day <= days[1]),
        *(_has(name, value) for name, value in settled.items()),
    ]


def _has(name: str, value: str, column: Any = NpsAnswerRow.properties) -> ColumnElement[bool]:
    fits: ColumnElement[bool] = column[name].as_string() == value
    return fits


def _settled(cell: Cell, words: Mapping[str, Collection[str]]) -> dict[str, str]:
    """The segments as answers hold them: a word that differs in case alone is the same."""
    names = {fold(name): name for name in words}
    found: dict[str, str] = {}
    for name, value in cell.items():
        known = names.get(fold(name), name)
        found[known] = next((one for one in words.get(known, ()) if fold(one) == fold(value)), value)
    return found
