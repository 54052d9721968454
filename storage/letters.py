"""Who wants the monthly letter of a part of the business, and what a month brought."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.follow_ups import DONE
from storage.rows import add_new
from storage.tables import CustomerRow
from storage.tables_objectives import LetterRow
from storage.tables_rota import RotaPersonRow
from storage.tables_stories import FollowUpRow, InterviewRow, StoryRow
from stories.values import dataclass

_L = LetterRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A place that wants a letter: of which part ("" for the whole company), and whether it stopped it."""

    place: str
    part: str
    set_by: str
    stopped_at: datetime | None = None


async def of_place(session: AsyncSession, workspace_id: str, place: str) -> Wanted | None:
    """What a place wants; None where nobody ever said."""
    query = select(_L).where(_L.workspace_id == workspace_id, _L.place == place)
    row = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    return None if row is None else _letter(row)


async def wanted(session: AsyncSession, workspace_id: str) -> tuple[Wanted, ...]:
    """Every place that wants one now."""
    query = select(_L).where(_L.workspace_id == workspace_id, _L.stopped_at.is_(None)).order_by(_L.place)
    return tuple(_letter(row) for row in (await session.execute(query)).scalars())


async def want(
    session: AsyncSession, workspace_id: str, place: str, part: str, *, by: str, now: datetime
) -> None:
    """Have the letter of this part come there from now on."""
    values = {"part": part, "set_by": by, "set_at": now, "stopped_at": None}
    if not await add_new(session, _L, workspace_id=workspace_id, place=place, **values):
        await _set(session, workspace_id, place, **values)


async def stop(session: AsyncSession, workspace_id: str, place: str, *, now: datetime) -> None:
    """No more letters there; it is remembered."""
    await _set(session, workspace_id, place, stopped_at=now)


async def segments_heard(
    session: AsyncSession, workspace_id: str, part: str, first: date, last: date
) -> frozenset[str]:
    """The kinds of customers that people of a part talked with in these days."""
    customer, row = CustomerRow, InterviewRow
    own = (customer.workspace_id == row.workspace_id) & (customer.id == row.customer_id)
    query = (
        select(customer.segment)
        .select_from(row)
        .join(customer, own)
        .where(
            row.workspace_id == workspace_id,
            row.talked_on.between(first, last),
            customer.segment != "",
            *_of_part(workspace_id, part, row.author_id),
        )
        .distinct()
    )
    return frozenset((await session.execute(query)).scalars())


async def segments(session: AsyncSession, workspace_id: str) -> tuple[str, ...]:
    """The kinds of customers that there are, by the alphabet."""
    row = CustomerRow
    query = select(row.segment).where(row.workspace_id == workspace_id, row.segment != "").distinct()
    return tuple(sorted((await session.execute(query)).scalars(), key=str.casefold))


async def changed_because(
    session: AsyncSession, workspace_id: str, part: str, begins: datetime, ends: datetime, *, most: int
) -> tuple[tuple[int, int], ...]:
    """What was done then because of stories of people of a part: (story, follow-up), the latest first."""
    done, talk, story = FollowUpRow, InterviewRow, StoryRow
    query = (
        select(story.id, done.id)
        .select_from(done)
        .join(talk, (talk.workspace_id == done.workspace_id) & (talk.id == done.interview_id))
        .join(story, (story.workspace_id == talk.workspace_id) & (story.interview_id == talk.id))
        .where(
            done.workspace_id == workspace_id,
            done.outcome == DONE,
            done.untold.is_(False),
            done.closing != "",
            done.done_at >= begins,
            done.done_at < ends,
            *_of_part(workspace_id, part, talk.author_id),
        )
        .order_by(done.done_at.desc())
        .limit(most)
    )
    return tuple((story_id, number) for story_id, number in await session.execute(query))


def _of_part(workspace_id: str, part: str, author: Any) -> Sequence[Any]:
    """Whoever is of this part; everybody for ""."""
    person = RotaPersonRow
    of_it = select(person.user_id).where(person.workspace_id == workspace_id, person.part == part)
    return (author.in_(of_it),) if part else ()


async def _set(session: AsyncSession, workspace_id: str, place: str, **values: Any) -> None:
    own = (_L.workspace_id == workspace_id, _L.place == place)
    await session.execute(update(_L).where(*own).values(**values))


def _letter(row: LetterRow) -> Wanted:
    return Wanted(place=row.place, part=row.part, set_by=row.set_by, stopped_at=row.stopped_at)
