"""Stories that moved people, with what a host has to know before their customers are invited."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import customers, reactions
from storage.follow_ups import DONE
from storage.tables_events import EventRow
from storage.tables_rota import ContactRow, RotaTalkRow
from storage.tables_stories import FollowUpRow, InterviewRow, StoryRow
from stories.consent import Purpose, permits
from stories.rota.talks import OPEN
from stories.stage.events import State
from stories.stage.inviting import Moving
from stories.story import StoryState

LOOKED_AT = 200
"""Stories that are weighed: those that were given most clicks."""

_I, _S, _F = InterviewRow, StoryRow, FollowUpRow


async def moving(session: AsyncSession, workspace_id: str, now: datetime) -> tuple[Moving, ...]:
    """The told stories that were given most, of customers who agree to be contacted at this moment.

    Nobody whom a colleague is about to talk with, or who comes to an event already.
    """
    rows = await _most_given(session, workspace_id)
    whose = {row.customer_id for row in rows}
    agreed = await customers.consents(session, workspace_id, whose)
    busy = await _busy(session, workspace_id, whose)
    free = {one for one in whose - busy if permits(agreed.get(one, ()), Purpose.CONTACTED_AGAIN, now)}
    rows = [row for row in rows if row.customer_id in free]
    counts = await reactions.counts(session, workspace_id, [row.id for row in rows])
    ended = await _endings(session, workspace_id, [row.interview_id for row in rows])
    last, rests = await _last_heard(session, workspace_id, free), await _rests(session, workspace_id, free)
    return tuple(
        Moving(
            story_id=row.id,
            customer_id=row.customer_id,
            counts=counts.get(row.id, {}),
            endings=ended.get(row.interview_id, 0),
            last_on=last[row.customer_id],
            rests_until=rests.get(row.customer_id),
        )
        for row in rows
    )


async def _most_given(session: AsyncSession, workspace_id: str) -> list[Any]:
    query = (
        select(_S.id, _S.interview_id, _I.customer_id)
        .join(_I, (_I.workspace_id == _S.workspace_id) & (_I.id == _S.interview_id))
        .where(_S.workspace_id == workspace_id, _S.state == StoryState.PUBLISHED.value)
        .order_by(_S.appreciation.desc(), _S.id.desc())
        .limit(LOOKED_AT)
    )
    return list((await session.execute(query)).all())


async def _busy(session: AsyncSession, workspace_id: str, customer_ids: Collection[int]) -> set[int]:
    talks = select(RotaTalkRow.customer_id).where(
        RotaTalkRow.workspace_id == workspace_id,
        RotaTalkRow.customer_id.in_(customer_ids),
        RotaTalkRow.state.in_([one.value for one in OPEN]),
    )
    events = select(EventRow.customer_id).where(
        EventRow.workspace_id == workspace_id,
        EventRow.customer_id.in_(customer_ids),
        EventRow.state == State.PLANNED.value,
    )
    found = set[int]()
    for query in (talks, events):
        found |= {number for number in (await session.execute(query)).scalars() if number is not None}
    return found


async def _endings(
    session: AsyncSession, workspace_id: str, interview_ids: Collection[int]
) -> Mapping[int, int]:
    query = select(_F.interview_id, func.count()).where(
        _F.workspace_id == workspace_id,
        _F.interview_id.in_(interview_ids),
        _F.outcome == DONE,
        _F.closing != "",
        _F.untold.is_(False),
    )
    return {number: many for number, many in await session.execute(query.group_by(_F.interview_id))}  # noqa: C416 rows


async def _last_heard(
    session: AsyncSession, workspace_id: str, customer_ids: Collection[int]
) -> Mapping[int, date]:
    query = select(_I.customer_id, func.max(_I.talked_on)).where(
        _I.workspace_id == workspace_id, _I.customer_id.in_(customer_ids)
    )
    return {number: day for number, day in await session.execute(query.group_by(_I.customer_id))}  # noqa: C416 rows


async def _rests(
    session: AsyncSession, workspace_id: str, customer_ids: Collection[int]
) -> Mapping[int, date]:
    query = select(ContactRow.customer_id, ContactRow.rests_until).where(
        ContactRow.workspace_id == workspace_id, ContactRow.customer_id.in_(customer_ids)
    )
    return {number: day for number, day in await session.execute(query) if day is not None}
