"""The top three of a quarter: chosen, told how they go, ended or dropped, with everything said of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add, add_once, table_of
from storage.tables_priorities import PriorityNoteRow, PriorityRow
from storage.tables_themes import ThemeRow
from stories.nps.counts import Counts
from stories.priorities.priority import AT_MOST, Happening, Note, Priority, Segment, State
from stories.values import dataclass

_P, _N, _T = (table_of(row) for row in (PriorityRow, PriorityNoteRow, ThemeRow))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPriority:
    """What somebody chose, for the quarter from `quarter` to `last_day`."""

    theme_id: int
    quarter: date
    last_day: date
    owner_id: str
    done_means: str
    segment: Segment
    start: Counts | None
    chosen_by: str
    chosen_on: date


async def standing(session: AsyncSession, workspace_id: str, today: date) -> tuple[Priority, ...]:
    """The at most three of the quarter that `today` lies in, done ones among them, in their places."""
    query = _all(workspace_id).where(
        _P.c.quarter <= today, _P.c.last_day >= today, _P.c.state != State.DROPPED
    )
    rows = (await session.execute(query.order_by(_P.c.place))).all()
    return await _values(session, workspace_id, rows)


async def of_quarter(session: AsyncSession, workspace_id: str, quarter: date) -> tuple[Priority, ...]:
    """The at most three of the quarter that begins on this day, in their places."""
    query = _all(workspace_id).where(_P.c.quarter == quarter, _P.c.state != State.DROPPED)
    rows = (await session.execute(query.order_by(_P.c.place))).all()
    return await _values(session, workspace_id, rows)


async def undecided_before(session: AsyncSession, workspace_id: str, quarter: date) -> tuple[Priority, ...]:
    """Those of earlier quarters of which nobody has said yet whether they are done, the oldest first."""
    query = _all(workspace_id).where(_P.c.quarter < quarter, _P.c.state == State.STANDING)
    rows = (await session.execute(query.order_by(_P.c.quarter, _P.c.place))).all()
    return await _values(session, workspace_id, rows)


async def every(session: AsyncSession, workspace_id: str, *, most: int) -> tuple[Priority, ...]:
    """All that were ever chosen, dropped ones as well, the newest quarter first."""
    query = _all(workspace_id).order_by(_P.c.quarter.desc(), _P.c.id.desc()).limit(most)
    return await _values(session, workspace_id, (await session.execute(query)).all())


async def get(session: AsyncSession, workspace_id: str, priority_id: int) -> Priority | None:
    """One of them, whatever became of it."""
    rows = (await session.execute(_all(workspace_id).where(_P.c.id == priority_id))).all()
    return next(iter(await _values(session, workspace_id, rows)), None)


async def choose(session: AsyncSession, workspace_id: str, new: NewPriority, *, now: datetime) -> int | None:
    """Have it take the first free place of its quarter; its id, None where all are taken.

    Raises LookupError for a theme that nobody has.
    """
    called = select(_T.c.name).where(_T.c.workspace_id == workspace_id, _T.c.id == new.theme_id)
    name = (await session.execute(called)).scalar_one_or_none()
    if name is None:
        raise LookupError(f"there is no theme {new.theme_id}")
    taken = {one.place for one in await of_quarter(session, workspace_id, new.quarter)}
    for place in range(1, AT_MOST + 1):
        if place in taken:
            continue
        priority_id = await add_once(session, PriorityRow, **_row(workspace_id, new, name, place))
        if priority_id is not None:
            await tell(session, workspace_id, priority_id, Happening.CHOSEN, new.chosen_by, "", now=now)
            return priority_id
    return None


async def end(
    session: AsyncSession,
    workspace_id: str,
    priority_id: int,
    state: State,
    *,
    by: str,
    words: str,
    now: datetime,
) -> bool:
    """Keep that it is done, not done or dropped, and why; tells whether it was still standing."""
    own = (_P.c.workspace_id == workspace_id, _P.c.id == priority_id, _P.c.state == State.STANDING)
    changed = await session.execute(update(_P).where(*own).values(state=state).returning(_P.c.id))
    if changed.first() is None:
        return False
    await tell(session, workspace_id, priority_id, Happening(state), by, words, now=now)
    return True


async def tell(
    session: AsyncSession,
    workspace_id: str,
    priority_id: int,
    what: Happening,
    by: str,
    words: str,
    *,
    now: datetime,
) -> None:
    """Add a line to its log. Nothing happens for one that this workspace does not have."""
    there = select(_P.c.id).where(_P.c.workspace_id == workspace_id, _P.c.id == priority_id)
    if (await session.execute(there)).first() is not None:
        line = {"priority_id": priority_id, "what": what, "by": by, "at": now, "words": words}
        await add(session, PriorityNoteRow, workspace_id=workspace_id, **line)


async def log(session: AsyncSession, workspace_id: str, priority_id: int) -> tuple[Note, ...]:
    """Everything that was said of it, the oldest first."""
    return (await _notes(session, workspace_id, [priority_id])).get(priority_id, ())


async def themes_merged(
    session: AsyncSession, workspace_id: str, into_id: int | None, theme_ids: Iterable[int]
) -> None:
    """Have those that are about one of these themes be about another one, or about none that is left."""
    named = select(_T.c.name).where(_T.c.workspace_id == workspace_id, _T.c.id == _P.c.theme_id)
    own = (_P.c.workspace_id == workspace_id, _P.c.theme_id.in_(list(theme_ids)))
    if into_id is None:
        # The name as it was last stays with what was chosen under it.
        await session.execute(update(_P).where(*own).values(theme_name=named.scalar_subquery()))
    await session.execute(update(_P).where(*own).values(theme_id=into_id))


def _row(workspace_id: str, new: NewPriority, name: str, place: int) -> dict[str, Any]:
    return {
        "workspace_id": workspace_id,
        "theme_id": new.theme_id,
        "theme_name": name,
        "quarter": new.quarter,
        "last_day": new.last_day,
        "place": place,
        "owner_id": new.owner_id,
        "done_means": new.done_means,
        "segment": [list(pair) for pair in new.segment],
        "start_promoters": new.start.promoters if new.start else None,
        "start_passives": new.start.passives if new.start else None,
        "start_detractors": new.start.detractors if new.start else None,
        "chosen_by": new.chosen_by,
        "chosen_on": new.chosen_on,
        "state": State.STANDING,
    }


def _all(workspace_id: str) -> Select[Any]:
    theme = and_(_T.c.workspace_id == _P.c.workspace_id, _T.c.id == _P.c.theme_id)
    named = select(_P, _T.c.name.label("called")).join_from(_P, _T, theme, isouter=True)
    return named.where(_P.c.workspace_id == workspace_id)


async def _values(session: AsyncSession, workspace_id: str, rows: Iterable[Row[Any]]) -> tuple[Priority, ...]:
    rows = list(rows)
    said = await _notes(session, workspace_id, [row.id for row in rows])
    return tuple(_value(row, said.get(row.id, ())) for row in rows)


async def _notes(session: AsyncSession, workspace_id: str, ids: list[int]) -> dict[int, tuple[Note, ...]]:
    if not ids:
        return {}
    query = select(_N).where(_N.c.workspace_id == workspace_id, _N.c.priority_id.in_(ids)).order_by(_N.c.id)
    found: dict[int, tuple[Note, ...]] = {}
    for row in await session.execute(query):
        note = Note(what=Happening(row.what), by=row.by, at=row.at, words=row.words)
        found[row.priority_id] = (*found.get(row.priority_id, ()), note)
    return found


def _value(row: Row[Any], said: tuple[Note, ...]) -> Priority:
    start = None
    if row.start_promoters is not None:
        start = Counts(
            promoters=row.start_promoters, passives=row.start_passives, detractors=row.start_detractors
        )
    return Priority(
        id=row.id,
        place=row.place,
        theme_id=row.theme_id if row.called is not None else None,
        name=row.called if row.called is not None else row.theme_name,
        quarter=row.quarter,
        last_day=row.last_day,
        owner_id=row.owner_id,
        done_means=row.done_means,
        segment=tuple((str(name), str(value)) for name, value in row.segment),
        start=start,
        chosen_by=row.chosen_by,
        chosen_on=row.chosen_on,
        state=State(row.state),
        latest=next((one for one in reversed(said) if one.what is not Happening.CHOSEN), None),
    )
