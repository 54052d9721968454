"""Seasons of the series: opened, looked after, ended; whom each follows, and what they agreed to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import customers
from storage.prepared import Prepared
from storage.rows import add, add_new, run, table_of
from storage.tables import CustomerRow
from storage.tables_series import FollowedRow, SeasonRow
from stories.consent import Purpose
from stories.series.episodes import AT_FIRST, Format, Shape
from stories.series.seasons import Followed, Season, SeasonState, agreed


async def open_season(
    session: AsyncSession,
    workspace_id: str,
    *,
    title: str,
    begins_on: date,
    ends_on: date,
    every_days: int,
    by: str,
    now: datetime,
    shape: Shape = AT_FIRST,
) -> int | None:
    """Open the next season; its id, or None while one is running."""
    if await running(session, workspace_id, now) is not None:
        return None
    query = select(func.coalesce(func.max(SeasonRow.number), 0)).where(SeasonRow.workspace_id == workspace_id)
    return await add(
        session,
        SeasonRow,
        workspace_id=workspace_id,
        number=int((await session.execute(query)).scalar_one()) + 1,
        title=title,
        state=SeasonState.RUNNING.value,
        begins_on=begins_on,
        ends_on=ends_on,
        every_days=every_days,
        next_on=begins_on,
        format=shape.format.value,
        quotes=shape.quotes,
        opened_by=by,
        opened_at=now,
    )


async def season(session: AsyncSession, workspace_id: str, season_id: int, at: datetime) -> Season | None:
    """This season with whom it follows, and what they agree to at this moment; None when there is none."""
    found = await _seasons(session, workspace_id, at, SeasonRow.id == season_id)
    return found[0] if found else None


async def running(session: AsyncSession, workspace_id: str, at: datetime) -> Season | None:
    """The season that runs; None when none does."""
    found = await _seasons(session, workspace_id, at, SeasonRow.state == SeasonState.RUNNING.value)
    return found[0] if found else None


async def seasons(session: AsyncSession, workspace_id: str, at: datetime) -> tuple[Season, ...]:
    """Every season there was, the newest first."""
    return await _seasons(session, workspace_id, at)


async def due(session: AsyncSession, workspace_id: str, today: date) -> tuple[int, ...]:
    """The running seasons of which it is to be looked today whether there is an episode."""
    row = SeasonRow
    query = select(row.id).where(
        row.workspace_id == workspace_id,
        row.state == SeasonState.RUNNING.value,
        row.next_on.is_not(None),
        row.next_on <= today,
    )
    return tuple((await session.execute(query.order_by(row.id))).scalars())


async def look_again(session: AsyncSession, workspace_id: str, season_id: int, next_on: date | None) -> None:
    """Look on this day whether there is an episode; None: not by itself."""
    await _change(session, workspace_id, season_id, next_on=next_on)


async def tell_so(session: AsyncSession, workspace_id: str, season_id: int, shape: Shape) -> None:
    """Tell the season's next episodes in this shape."""
    await _change(session, workspace_id, season_id, format=shape.format.value, quotes=shape.quotes)


async def finish(
    session: AsyncSession, workspace_id: str, season_id: int, *, state: SeasonState, now: datetime
) -> bool:
    """End or close a running season; tells whether it ran."""
    row = SeasonRow
    ended = await session.execute(
        update(row)
        .where(
            row.workspace_id == workspace_id,
            row.id == season_id,
            row.state == SeasonState.RUNNING.value,
        )
        .values(state=state.value, ended_at=now, next_on=None)
        .returning(row.id)
    )
    return ended.first() is not None


async def follow_customer(
    session: AsyncSession, workspace_id: str, season_id: int, customer_id: int, *, by: str, now: datetime
) -> bool:
    """Have a season follow a customer, of whom it tells once they agreed; tells whether that is new."""
    own: dict[str, Any] = {
        "workspace_id": workspace_id,
        "season_id": season_id,
        "customer_id": customer_id,
    }
    added = await add_new(session, FollowedRow, **own, added_by=by, added_at=now)
    if added:
        await _change(session, workspace_id, season_id, began_with=SeasonRow.began_with + 1)
    return added


async def leave_out(session: AsyncSession, workspace_id: str, season_id: int, customer_id: int) -> bool:
    """Follow a customer no more in this season; tells whether it did."""
    row = FollowedRow
    gone = await session.execute(
        delete(row)
        .where(
            row.workspace_id == workspace_id,
            row.season_id == season_id,
            row.customer_id == customer_id,
        )
        .returning(row.customer_id)
    )
    return gone.first() is not None


async def following_customer(session: AsyncSession, workspace_id: str, customer_id: int) -> tuple[int, ...]:
    """The seasons, running or over, that follow this customer."""
    rows = await run(session, _FOLLOWING, {"workspace": workspace_id, "customer": customer_id})
    return tuple(season_id for (season_id,) in rows)


_F = table_of(FollowedRow)
# Built once: whatever changes of a customer or their stories asks.
_FOLLOWING = Prepared(
    select(_F.c.season_id)
    .where(_F.c.workspace_id == bindparam("workspace"), _F.c.customer_id == bindparam("customer"))
    .order_by(_F.c.season_id)
)


async def _seasons(
    session: AsyncSession, workspace_id: str, at: datetime, *conditions: Any
) -> tuple[Season, ...]:
    query = select(SeasonRow).where(SeasonRow.workspace_id == workspace_id, *conditions)
    query = query.order_by(SeasonRow.number.desc()).execution_options(populate_existing=True)
    found = [_season(row) for row in (await session.execute(query)).scalars()]
    return tuple([replace(one, followed=await _followed(session, workspace_id, one, at)) for one in found])


async def _followed(
    session: AsyncSession, workspace_id: str, one: Season, at: datetime
) -> tuple[Followed, ...]:
    row, known = FollowedRow, CustomerRow
    own = (known.workspace_id == row.workspace_id) & (known.id == row.customer_id)
    query = (
        select(row.customer_id, row.added_at, known.name, known.alias, known.segment)
        .join(known, own)
        .where(row.workspace_id == workspace_id, row.season_id == one.id)
        .order_by(row.added_at, row.customer_id)
    )
    rows = (await session.execute(query)).all()
    records = await customers.consents(session, workspace_id, [each.customer_id for each in rows])
    return tuple(
        Followed(
            customer_id=each.customer_id,
            who=each.alias,
            segment=each.segment,
            added_at=each.added_at,
            agreed=agreed(said := records.get(each.customer_id, ()), Purpose.FOLLOWED_IN_SERIES, one, at),
            photo=agreed(said, Purpose.SHOWN_IN_SERIES, one, at),
            voice=agreed(said, Purpose.HEARD_IN_SERIES, one, at),
        )
        for each in rows
    )


def _season(row: SeasonRow) -> Season:
    return Season(
        id=row.id,
        number=row.number,
        title=row.title,
        state=SeasonState(row.state),
        begins_on=row.begins_on,
        ends_on=row.ends_on,
        every_days=row.every_days,
        next_on=row.next_on,
        shape=Shape(format=Format(row.format), quotes=row.quotes),
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        began_with=row.began_with,
        ended_at=row.ended_at,
    )


async def _change(session: AsyncSession, workspace_id: str, season_id: int, **values: Any) -> None:
    own = (SeasonRow.workspace_id == workspace_id, SeasonRow.id == season_id)
    await session.execute(update(SeasonRow).where(*own).values(**values))
