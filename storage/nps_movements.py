"""The movements of NPS that channels were told: each once, with whom it quotes and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.nps_deeper import Verbatim, verbatim_of
from storage.nps_follows import Cell, cell_of
from storage.rows import add_once
from storage.tables_nps import NpsAnswerRow, NpsSourceRow
from storage.tables_nps_watch import NpsMovementRow
from stories.nps.counts import Counts
from stories.values import dataclass

AnswerKey = tuple[int, str]
"""A source's id and the key of one of its answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A movement of a channel. `outcome` is "" until its silence is over, then "stood" or "blip"."""

    id: int
    channel_id: str
    cell: Cell
    week_end: date
    before: Counts
    after: Counts
    voices: tuple[AnswerKey, ...]
    outcome: str
    later: Counts
    found_at: datetime


async def tell(
    session: AsyncSession,
    workspace_id: str,
    channel_id: str,
    cell: Cell,
    week_end: date,
    sides: tuple[Counts, Counts],
    *,
    now: datetime,
) -> int | None:
    """Write a movement down (`sides` are before and after); its id, None when it was told before."""
    return await add_once(
        session,
        NpsMovementRow,
        workspace_id=workspace_id,
        channel_id=channel_id,
        cell=[list(segment) for segment in cell],
        cell_key=cell_key(cell),
        week_end=week_end,
        before=_numbers(sides[0]),
        after=_numbers(sides[1]),
        voices=[],
        outcome="",
        later=[0, 0, 0],
        found_at=now,
    )


async def movement(session: AsyncSession, workspace_id: str, movement_id: int) -> Told | None:
    """One movement."""
    own = (NpsMovementRow.workspace_id == workspace_id, NpsMovementRow.id == movement_id)
    row = (await session.execute(select(NpsMovementRow).where(*own))).scalar_one_or_none()
    return None if row is None else _told(row)


async def movements(
    session: AsyncSession, workspace_id: str, channel_id: str, since: date
) -> tuple[Told, ...]:
    """A channel's movements of weeks that ended on `since` or later, oldest first."""
    query = select(NpsMovementRow).where(
        NpsMovementRow.workspace_id == workspace_id,
        NpsMovementRow.channel_id == channel_id,
        NpsMovementRow.week_end >= since,
    )
    rows = await session.execute(query.order_by(NpsMovementRow.week_end, NpsMovementRow.id))
    return tuple(_told(row) for row in rows.scalars())


async def found_since(session: AsyncSession, workspace_id: str, since: datetime) -> tuple[Told, ...]:
    """Every channel's movements that were found since then, oldest first."""
    query = select(NpsMovementRow).where(
        NpsMovementRow.workspace_id == workspace_id, NpsMovementRow.found_at >= since
    )
    return tuple(_told(row) for row in (await session.execute(query.order_by(NpsMovementRow.id))).scalars())


async def settle(
    session: AsyncSession, workspace_id: str, movement_id: int, outcome: str, later: Counts
) -> bool:
    """Write down what became of a movement; False when that was known already."""
    settled = await session.execute(
        update(NpsMovementRow)
        .where(
            NpsMovementRow.workspace_id == workspace_id,
            NpsMovementRow.id == movement_id,
            NpsMovementRow.outcome == "",
        )
        .values(outcome=outcome, later=_numbers(later))
        .returning(NpsMovementRow.id)
    )
    return settled.first() is not None


async def quotes(
    session: AsyncSession, workspace_id: str, movement_id: int, voices: Sequence[AnswerKey]
) -> None:
    """Write down whose comments a movement's post quotes."""
    await session.execute(
        update(NpsMovementRow)
        .where(NpsMovementRow.workspace_id == workspace_id, NpsMovementRow.id == movement_id)
        .values(voices=[list(voice) for voice in voices])
    )


async def quoting(session: AsyncSession, workspace_id: str) -> tuple[Told, ...]:
    """Every movement whose post quotes somebody."""
    own = NpsMovementRow.workspace_id == workspace_id
    rows = (await session.execute(select(NpsMovementRow).where(own))).scalars()
    return tuple(_told(row) for row in rows if row.voices)


async def speaking(
    session: AsyncSession, workspace_id: str, keys: Collection[AnswerKey]
) -> dict[AnswerKey, Verbatim]:
    """Those of these answers whose comments may be shown now."""
    if not keys:
        return {}
    shared = select(NpsSourceRow.id).where(
        NpsSourceRow.workspace_id == workspace_id, NpsSourceRow.verbatims_shared
    )
    query = select(NpsAnswerRow).where(
        NpsAnswerRow.workspace_id == workspace_id,
        NpsAnswerRow.source_id.in_(shared),
        NpsAnswerRow.comment != "",
        tuple_(NpsAnswerRow.source_id, NpsAnswerRow.key).in_(sorted(keys)),
    )
    rows = (await session.execute(query)).scalars()
    return {(row.source_id, row.key): verbatim_of(row) for row in rows}


def cell_key(cell: Cell) -> str:
    """A cell as one text, the same for the same cell: "plan=Enterprise"."""
    return "; ".join(f"{name}={value}" for name, value in cell)


def _told(row: NpsMovementRow) -> Told:
    return Told(
        id=row.id,
        channel_id=row.channel_id,
        cell=cell_of(row.cell),
        week_end=row.week_end,
        before=_counts(row.before),
        after=_counts(row.after),
        voices=tuple((int(source), str(key)) for source, key in row.voices),
        outcome=row.outcome,
        later=_counts(row.later),
        found_at=row.found_at,
    )


def _numbers(counts: Counts) -> list[int]:
    return [counts.promoters, counts.passives, counts.detractors]


def _counts(numbers: Sequence[int]) -> Counts:
    return Counts(promoters=numbers[0], passives=numbers[1], detractors=numbers[2])
