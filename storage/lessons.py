"""Where people are in lessons, and which lessons they were offered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, literal_column, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.prepared import Gathered, Prepared
from storage.rows import add_new, run, table_of
from storage.tables import PersonRow
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
    found = await run(session, _OFFERS, {"workspace": workspace_id, "who": user_id})
    return tuple((str(about["lesson"]), since) for about, since in found)


async def before_offering(
    session: AsyncSession, workspace_id: str, user_id: str
) -> tuple[dict[str, Any], datetime | None]:
    """What somebody chose for themself, and when they were offered a lesson last; None for never."""
    found = await run(session, _BEFORE_OFFERING, {"workspace": workspace_id, "who": user_id})
    chosen, last = found.all()[0]
    return dict(chosen or {}), last


_P, _U = table_of(PersonRow).c, table_of(UnaskedRow).c
_OF_THEIRS = (
    _U.workspace_id == bindparam("workspace"),
    _U.place == bindparam("who"),
    # Written out: with a value in place of a state, SQLite would look anew each time whether an index of
    # the waiting ones alone may be used, which takes longer than the question.
    _U.kind == literal_column(f"'{LESSON}'"),
    or_(*(_U.state == literal_column(f"'{state}'") for state in _STANDS)),
)
_OFFERS = Prepared(select(_U.about, _U.since).where(*_OF_THEIRS))
# Asked after every write-up: one look, and on a server one for all who have written something up.
_BEFORE_OFFERING = Gathered(
    select(
        select(_P.settings)
        .where(_P.workspace_id == bindparam("workspace"), _P.user_id == bindparam("who"))
        .scalar_subquery()
        .label("settings"),
        select(func.max(_U.since)).where(*_OF_THEIRS).scalar_subquery().label("last"),
    ),
    f"""SELECT given.n, people.settings,
    (SELECT max(unasked.since) FROM unasked WHERE unasked.workspace_id = given.workspace
    AND unasked.place = given.who AND unasked.kind = '{LESSON}' AND unasked.state IN {_STANDS})
    FROM json_to_recordset(%(given)s::json) AS given (n int, workspace text, who text)
    LEFT JOIN people ON people.workspace_id = given.workspace AND people.user_id = given.who""",  # noqa: S608 ours
)
