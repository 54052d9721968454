"""What only the raw answers can tell: combinations deeper than pairs, and verbatims within consent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cache, partial
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Text,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from storage.nps_counts import COUNTED, Cell, Sources, vocabulary
from storage.nps_lookup import Lookup
from storage.nps_segments import fold
from storage.prepared import Prepared
from storage.rows import run, table_of
from storage.tables_nps import NpsAnswerRow, NpsSourceRow
from stories.languages import KNOWN, written_in
from stories.nps.counts import Band, Counts
from stories.values import dataclass

LOOKED_THROUGH = 5_000
"""Comments of a source among which those of a band or a segment are looked for: somebody waits."""

_TOLD = ("source_id", "key", "score", "answered_at", "day", "comment", "properties", "language")
_FITS: Mapping[Band, Callable[[Any], ColumnElement[bool]]] = {
    Band.PROMOTER: lambda score: score >= 9,
    Band.PASSIVE: lambda score: score.between(7, 8),
    Band.DETRACTOR: lambda score: score <= 6,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verbatim:
    """What somebody wrote beside their score, from a source whose comments may be shown.

    `language` as it is kept: None while nobody has looked.
    """

    source_id: int
    key: str
    score: int
    at: datetime
    day: date
    comment: str
    properties: dict[str, str]
    language: str | None = None

    @property
    def written_in(self) -> str:
        """The language (ISO 639-1) of the comment, looked for now where nobody has; "" for none."""
        return written_in(self.comment) if self.language is None else self.language


async def counted(
    session: AsyncSession, workspace_id: str, cell: Cell, first: date, last: date, *, of: Sources = COUNTED
) -> Counts:
    """Like `nps_counts.total` for any number of segments, by looking at every answer of those days: slow."""
    query = select(*_sums()).where(*await _within(session, workspace_id, cell, (first, last), of))
    return _counts((await session.execute(query)).one())


async def daily(
    session: AsyncSession, workspace_id: str, cell: Cell, first: date, last: date, *, of: Sources = COUNTED
) -> dict[date, Counts]:
    """What `counted` comes to day by day, oldest first; days without answers are left out. Slow."""
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
    languages: Collection[str] = (),
    most: int = 20,
    of: Sources = COUNTED,
    known: Lookup | None = None,
) -> tuple[Verbatim, ...]:
    """The newest comments of these days in a cell, of sources that an admin lets speak and of no other.

    They are looked for among the newest `LOOKED_THROUGH` of each source in those days. Where `languages` are
    asked for, those of others are left out; "" stands for those that cannot be told. `known` is what has been
    looked up of the workspace just before.
    """
    if not bands:
        return ()
    words = known.words.values if known else await vocabulary(session, workspace_id) if cell else {}
    settled, dialect = _settled(cell, words), session.get_bind().dialect.name
    query = _newest(dialect, frozenset(bands), len(settled), frozenset(languages))
    asked: dict[str, Any] = {"workspace_id": workspace_id, "first": first, "last": last, "most": most}
    for number, (name, value) in enumerate(settled.items()):
        asked |= {
            f"name_{number}": name if dialect == "postgresql" else f'$."{name}"',
            f"value_{number}": value,
        }
    found: list[Any] = []
    # Source by source: of one alone an index has the comments in order, so that the newest are at hand.
    for source_id in await _speaking(session, workspace_id, of, known):
        found += (await run(session, query, asked | {"source_id": source_id})).all()
    found.sort(key=lambda row: (row.day, row.answered_at, row.key), reverse=True)
    told = (verbatim_of(row) for row in found)
    return tuple(islice((one for one in told if not languages or one.written_in in languages), most))


async def _speaking(
    session: AsyncSession, workspace_id: str, of: Sources, known: Lookup | None
) -> Sequence[int]:
    if known and of.ids is None:
        return sorted(known.speaking & known.counted)
    whose = NpsSourceRow.counted if of.ids is None else NpsSourceRow.id.in_(of.ids)
    own = (NpsSourceRow.workspace_id == workspace_id, NpsSourceRow.verbatims_shared, whose)
    return (await session.execute(select(NpsSourceRow.id).where(*own))).scalars().all()


@cache
def _newest(dialect: str, bands: frozenset[Band], segments: int, languages: frozenset[str]) -> Prepared:
    """Of the newest comments of one source those of some bands, with so many properties, in their order."""
    table = table_of(NpsAnswerRow).c
    newest = (
        select(*(table[name] for name in _TOLD))
        .where(
            table.workspace_id == bindparam("workspace_id"),
            table.source_id == bindparam("source_id"),
            table.day >= bindparam("first", type_=Date()),
            table.day <= bindparam("last", type_=Date()),
            table.comment != literal_column("''"),
        )
        .order_by(table.day.desc(), table.answered_at.desc(), table.key.desc())
        .limit(LOOKED_THROUGH)
        .subquery()
    )
    taken = (
        newest.c.properties.op("->>")
        if dialect == "postgresql"
        else partial(func.json_extract, newest.c.properties)
    )
    having = [
        taken(bindparam(f"name_{number}", type_=Text())) == bindparam(f"value_{number}", type_=Text())
        for number in range(segments)
    ]
    of_bands = (
        []
        if bands == set(Band)
        else [or_(*(fits(newest.c.score) for band, fits in _FITS.items() if band in bands))]
    )
    # Codes of languages are ours, and few sets of them are ever asked for.
    known: list[ColumnElement[str]] = [
        literal_column(f"'{code}'", Text()) for code in sorted(languages & {"", *KNOWN})
    ]
    spoken = [or_(newest.c.language.is_(None), newest.c.language.in_(known))] if languages else []
    query = select(newest).where(*of_bands, *having, *spoken)
    return Prepared(query.limit(bindparam("most", type_=Integer())))


def verbatim_of(row: Any) -> Verbatim:
    """What somebody wrote, out of a row with the columns of their answer."""
    return Verbatim(
        source_id=row.source_id,
        key=row.key,
        score=row.score,
        at=row.answered_at,
        day=row.day,
        comment=row.comment,
        properties=row.properties,
        language=row.language,
    )


def _sums() -> list[ColumnElement[int]]:
    return [
        func.coalesce(func.sum(case((fits(NpsAnswerRow.score), 1), else_=0)), 0) for fits in _FITS.values()
    ]


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


def _has(name: str, value: str) -> ColumnElement[bool]:
    column: Any = NpsAnswerRow.properties
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
