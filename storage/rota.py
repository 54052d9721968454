"""Who joined the rota and what they chose, the rhythm of each part, and what the year has heard so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Text, cast, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_new
from storage.tables import CustomerRow
from storage.tables_rota import RotaPartRow, RotaPersonRow, RotaRoundRow, RotaTalkRow
from storage.tables_stories import InterviewRow
from stories.rota.hours import Party
from stories.rota.people import DEFAULT_RHYTHM, Employee, Member, Seniority
from stories.rota.talks import State
from stories.values import dataclass

_P, _T = RotaPersonRow, RotaTalkRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What conversations there were: when each segment was last heard, and by whom how often."""

    last: Mapping[str, date]
    voices: Mapping[tuple[str, Seniority], int]


async def member(session: AsyncSession, workspace_id: str, user_id: str) -> Member | None:
    """What somebody chose; None for one of whom nothing is known."""
    query = select(_P).where(_P.workspace_id == workspace_id, _P.user_id == user_id)
    row = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    return None if row is None else _member(row)


async def choose(session: AsyncSession, workspace_id: str, chosen: Member) -> None:
    """Write down what somebody chose, in place of what was known of them."""
    values = {
        "part": chosen.part,
        "seniority": chosen.seniority.value,
        "languages": list(chosen.languages),
        "time_zone": chosen.party.time_zone,
        "country": chosen.party.country,
        "every_weeks": chosen.every_weeks,
        "pairs": chosen.pairs,
        "joined_at": chosen.joined_at,
        "paused_at": chosen.paused_at,
        "left_at": chosen.left_at,
        "not_before": chosen.not_before,
    }
    known = {"workspace_id": workspace_id, "user_id": chosen.user_id}
    if not await add_new(session, _P, **known, **values):
        own = (_P.workspace_id == workspace_id, _P.user_id == chosen.user_id)
        await session.execute(update(_P).where(*own).values(**values))


async def conversations(session: AsyncSession, workspace_id: str, user_id: str) -> int:
    """How many conversations somebody has had in all, whichever way."""
    return (await _talks_of(session, workspace_id, user_id)).get(user_id, (0, None))[0]


async def employees(session: AsyncSession, workspace_id: str) -> tuple[Employee, ...]:
    """Everybody who takes part, with what the rota knows of them, but for those who have a talk open."""
    open_ones = (_T.workspace_id == workspace_id, _T.next_at.is_not(None))
    busy = select(_T.user_id).where(*open_ones)
    along = select(_T.partner_id).where(*open_ones, _T.partner_id.is_not(None))
    query = select(_P).where(
        _P.workspace_id == workspace_id,
        _P.joined_at.is_not(None),
        _P.paused_at.is_(None),
        _P.left_at.is_(None),
        _P.user_id.not_in(busy),
        _P.user_id.not_in(along),
    )
    rows = (await session.execute(query.order_by(_P.user_id))).scalars().all()
    had = await _talks_of(session, workspace_id)
    rhythms = await parts(session, workspace_id)
    return tuple(_employee(_member(row), had.get(row.user_id, (0, None)), rhythms) for row in rows)


async def parts(session: AsyncSession, workspace_id: str) -> dict[str, int]:
    """The rhythm of each part that has one of its own, in weeks."""
    row = RotaPartRow
    query = select(row.part, row.every_weeks).where(row.workspace_id == workspace_id)
    return {part: weeks for part, weeks in await session.execute(query.order_by(row.part))}  # noqa: C416 rows


async def known_parts(session: AsyncSession, workspace_id: str) -> tuple[str, ...]:
    """The parts of the business that anybody named, by the alphabet."""
    query = select(_P.part).where(_P.workspace_id == workspace_id, _P.part != "").distinct()
    named = set((await session.execute(query)).scalars()) | set(await parts(session, workspace_id))
    return tuple(sorted(named, key=str.casefold))


async def set_part(
    session: AsyncSession, workspace_id: str, part: str, every_weeks: int, *, by: str, now: datetime
) -> None:
    """Give a part of the business its own rhythm."""
    row, values = RotaPartRow, {"every_weeks": every_weeks, "set_by": by, "set_at": now}
    if not await add_new(session, row, workspace_id=workspace_id, part=part, **values):
        own = (row.workspace_id == workspace_id, row.part == part)
        await session.execute(update(row).where(*own).values(**values))


async def begin_round(session: AsyncSession, workspace_id: str, day: date) -> bool:
    """Have this day's round be one's own; False when it was held already. Held until the transaction ends."""
    row = RotaRoundRow
    if await add_new(session, row, workspace_id=workspace_id, on_day=day, matched=0):
        return True
    own = (row.workspace_id == workspace_id, row.on_day < day)
    changed = await session.execute(
        update(row).where(*own).values(on_day=day, matched=0).returning(row.workspace_id)
    )
    return changed.first() is not None


async def held_on(session: AsyncSession, workspace_id: str) -> date | None:
    """The day of the last round; None before the first."""
    row = RotaRoundRow
    return (
        await session.execute(select(row.on_day).where(row.workspace_id == workspace_id))
    ).scalar_one_or_none()


async def end_round(session: AsyncSession, workspace_id: str, matched: int) -> None:
    """Write down how many were matched."""
    row = RotaRoundRow
    await session.execute(update(row).where(row.workspace_id == workspace_id).values(matched=matched))


async def heard(session: AsyncSession, workspace_id: str, since: date) -> Heard:
    """Which segments were heard since that day, when last, and how often by each seniority."""
    own = (InterviewRow.workspace_id == CustomerRow.workspace_id) & (
        InterviewRow.customer_id == CustomerRow.id
    )
    who = (_P.workspace_id == InterviewRow.workspace_id) & (_P.user_id == InterviewRow.author_id)
    query = (
        select(CustomerRow.segment, _P.seniority, func.count(), func.max(InterviewRow.talked_on))
        .select_from(InterviewRow)
        .join(CustomerRow, own)
        .outerjoin(_P, who)
        .where(InterviewRow.workspace_id == workspace_id, InterviewRow.talked_on >= since)
        .group_by(CustomerRow.segment, _P.seniority)
    )
    last: dict[str, date] = {}
    voices: dict[tuple[str, Seniority], int] = {}
    for segment, seniority, count, day in await session.execute(query):
        last[segment] = max(day, last.get(segment, day))
        if seniority:
            voices[segment, Seniority(seniority)] = count
    return Heard(last=last, voices=voices)


async def _talks_of(
    session: AsyncSession, workspace_id: str, user_id: str | None = None
) -> dict[str, tuple[int, date | None]]:
    """How many conversations each person had, and when the last: written up, listened in to, helped with."""
    written = select(
        InterviewRow.author_id, func.count().label("many"), func.max(InterviewRow.talked_on).label("last")
    ).where(InterviewRow.workspace_id == workspace_id)
    # A talk that was written up is counted by its write-up.
    stored = select(InterviewRow.id).where(
        InterviewRow.workspace_id == _T.workspace_id,
        InterviewRow.source_key == literal("draft:") + cast(_T.draft_id, Text),
    )
    short = select(_T.user_id, func.count().label("many"), func.max(_T.on_day).label("last")).where(
        _T.workspace_id == workspace_id, _T.state == State.DONE.value, ~stored.exists()
    )
    if user_id is not None:
        written = written.where(InterviewRow.author_id == user_id)
        short = short.where(_T.user_id == user_id)
    found: dict[str, tuple[int, date | None]] = {}
    queries: Sequence[Any] = (written.group_by(InterviewRow.author_id), short.group_by(_T.user_id))
    for query in queries:
        for person, many, last in await session.execute(query):
            before, when = found.get(person, (0, None))
            found[person] = (before + many, max((day for day in (when, last) if day), default=None))
    return found


def _employee(one: Member, had: tuple[int, date | None], rhythms: Mapping[str, int]) -> Employee:
    return Employee(
        user_id=one.user_id,
        part=one.part,
        seniority=one.seniority,
        languages=frozenset(one.languages),
        party=one.party,
        every_weeks=one.every_weeks or rhythms.get(one.part, DEFAULT_RHYTHM),
        last_on=had[1],
        not_before=one.not_before,
        talks=had[0],
        pairs=one.pairs,
    )


def _member(row: RotaPersonRow) -> Member:
    return Member(
        user_id=row.user_id,
        part=row.part,
        seniority=Seniority(row.seniority),
        languages=tuple(row.languages),
        party=Party(row.time_zone, row.country),
        every_weeks=row.every_weeks,
        pairs=row.pairs,
        joined_at=row.joined_at,
        paused_at=row.paused_at,
        left_at=row.left_at,
        not_before=row.not_before,
    )
