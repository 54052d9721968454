"""Where people are in lessons, and which lessons they were offered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.prepared import Prepared
from storage.rows import add_new, run, table_of
from storage.tables_attention import UnaskedRow
from storage.tables_lessons import LessonPlaceRow
from stories.attention_kinds import LESSON
from stories.lessons.offering import Place, State

_STANDS = ("waiting", "planned")
"""States of an offer that is on its way or has reached somebody; one that found no room is made again."""


async def places(session: AsyncSession, workspace_id: str, user_id: str) -> dict[str, Place]:
    """Where somebody is in each lesson that they began or put off, by its key."""
    row = LessonPlaceRow
    query = select(row.lesson, row.screen, row.state).where(
        row.workspace_id == workspace_id, row.user_id == user_id
    )
    found = await session.execute(query)
    return {
        lesson: Place(lesson=lesson, screen=screen, state=State(state)) for lesson, screen, state in found
    }


async def keep(
    session: AsyncSession, workspace_id: str, user_id: str, place: Place, *, now: datetime
) -> None:
    """Remember where somebody is."""
    row = LessonPlaceRow
    values = {"screen": place.screen, "state": place.state.value, "at": now}
    who = {"workspace_id": workspace_id, "user_id": user_id, "lesson": place.lesson}
    if not await add_new(session, row, **who, **values):
        own = (row.workspace_id == workspace_id, row.user_id == user_id, row.lesson == place.lesson)
        await session.execute(update(row).where(*own).values(**values))


async def offers(session: AsyncSession, workspace_id: str, user_id: str) -> tuple[tuple[str, datetime], ...]:
    """The lessons that somebody was offered, or is about to be, and when."""
    found = await run(session, _OFFERS, {"workspace": workspace_id, "user": user_id})
    return tuple((str(about["lesson"]), since) for about, since in found)


_U = table_of(UnaskedRow).c
_OFFERS = Prepared(
    select(_U.about, _U.since).where(
        _U.workspace_id == bindparam("workspace"),
        _U.place == bindparam("user"),
        _U.kind == LESSON,
        or_(*(_U.state == state for state in _STANDS)),
    )
)
