"""Customer-insight objectives, each its owner's own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, distinct, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add
from storage.tables_objectives import ObjectiveRow
from stories.objectives.objective import Aim, NewObjective, Objective

_O = ObjectiveRow


async def standing(session: AsyncSession, workspace_id: str, user_id: str) -> Objective | None:
    """Somebody's objective: the newest, also once its period is over; None where there is none."""
    query = select(_O).where(_O.workspace_id == workspace_id, _O.user_id == user_id)
    query = query.order_by(_O.id.desc()).limit(1).execution_options(populate_existing=True)
    row = (await session.execute(query)).scalar_one_or_none()
    return None if row is None else _objective(row)


async def begin(
    session: AsyncSession, workspace_id: str, user_id: str, new: NewObjective, *, now: datetime
) -> int:
    """Keep a new one; its id."""
    return await add(
        session,
        _O,
        workspace_id=workspace_id,
        user_id=user_id,
        struck=[],
        note="",
        created_at=now,
        **_columns(new),
    )


async def change(session: AsyncSession, workspace_id: str, objective_id: int, new: NewObjective) -> None:
    """Have it say this from now on."""
    await _set(session, workspace_id, objective_id, **_columns(new))


async def look_through(
    session: AsyncSession, workspace_id: str, objective_id: int, *, struck: Collection[str], note: str
) -> None:
    """Keep which lines its owner struck out, by their keys, and what they say in their own words."""
    await _set(session, workspace_id, objective_id, struck=sorted(struck), note=note)


async def drop(session: AsyncSession, workspace_id: str, user_id: str) -> None:
    """Let somebody have none any more, nor those of earlier periods."""
    await session.execute(delete(_O).where(_O.workspace_id == workspace_id, _O.user_id == user_id))


async def how_many_of(
    session: AsyncSession, workspace_id: str, user_ids: Collection[str], today: date
) -> int:
    """How many of these people have one on this day."""
    query = select(func.count(distinct(_O.user_id))).where(
        _O.workspace_id == workspace_id,
        _O.user_id.in_(sorted(user_ids)),
        _O.first <= today,
        _O.last >= today,
    )
    return int((await session.execute(query)).scalar_one())


async def _set(session: AsyncSession, workspace_id: str, objective_id: int, **values: Any) -> None:
    own = (_O.workspace_id == workspace_id, _O.id == objective_id)
    await session.execute(update(_O).where(*own).values(**values))


def _columns(new: NewObjective) -> dict[str, Any]:
    return {"aim": new.aim.value, "words": new.words, "first": new.first, "last": new.last}


def _objective(row: ObjectiveRow) -> Objective:
    return Objective(
        id=row.id,
        user_id=row.user_id,
        words=row.words,
        aim=Aim(row.aim),
        first=row.first,
        last=row.last,
        struck=tuple(row.struck),
        note=row.note,
    )
