"""Customers of a season as they may be told of, and what was promised to them: asked anew every time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import customers
from storage.follow_ups import DONE, PROMISE
from storage.story_loading import WHOLE, load
from storage.tables import CustomerRow
from storage.tables_stories import FollowUpRow, InterviewRow
from stories.series.material import Promised
from stories.series.seasons import Season
from stories.series.voices import Voice, apart, hiding, voice

_OF_CUSTOMERS = WHOLE.where(CustomerRow.id.in_(bindparam("customers", expanding=True)))


async def voices(
    session: AsyncSession, workspace_id: str, season: Season, at: datetime
) -> Mapping[int, Voice]:
    """The customers of a season who agreed to it and still do, by their numbers."""
    ids = [one.customer_id for one in season.followed if one.agreed]
    if not ids:
        return {}
    query = select(CustomerRow).where(CustomerRow.workspace_id == workspace_id, CustomerRow.id.in_(ids))
    query = query.execution_options(populate_existing=True)
    known = {row.id: customers.as_value(row) for row in (await session.execute(query)).scalars()}
    stories = await load(session, workspace_id, _OF_CUSTOMERS, customers=ids)
    records = await customers.consents(session, workspace_id, ids)
    found = (
        voice(
            known[customer_id],
            [story for story in stories if story.interview.customer.id == customer_id],
            records.get(customer_id, ()),
            season,
            at,
        )
        for customer_id in ids
        if customer_id in known
    )
    return apart([one for one in found if one is not None])


async def absent(
    session: AsyncSession, workspace_id: str, season: Season
) -> tuple[Callable[[str], str], ...]:
    """What takes the names of those out of a text whom the season follows and who do not agree to it now."""
    ids = [one.customer_id for one in season.followed if not one.agreed]
    if not ids:
        return ()
    query = select(CustomerRow).where(CustomerRow.workspace_id == workspace_id, CustomerRow.id.in_(ids))
    return tuple(hiding(customers.as_value(row)) for row in (await session.execute(query)).scalars())


async def promised(
    session: AsyncSession, workspace_id: str, told: Mapping[int, Voice]
) -> tuple[Promised, ...]:
    """What was promised in conversations of these customers that may be told, the oldest first."""
    row = FollowUpRow
    safe = {number: (one, make) for one in told.values() for number, make in one.safe.items()}
    talk = (InterviewRow.workspace_id == row.workspace_id) & (InterviewRow.id == row.interview_id)
    query = (
        select(row, InterviewRow.talked_on)
        .join(InterviewRow, talk)
        .where(row.workspace_id == workspace_id, row.kind == PROMISE, row.interview_id.in_(list(safe)))
        .order_by(InterviewRow.talked_on, row.id)
        .execution_options(populate_existing=True)
    )
    found = []
    for one, talked_on in await session.execute(query):
        who, make = safe[one.interview_id]
        tells = one.outcome != DONE or not one.untold
        found.append(
            Promised(
                id=one.id,
                interview_id=one.interview_id,
                customer_id=who.customer_id,
                owner_id=one.owner_id,
                what=make(one.what),
                made_on=talked_on,
                due_on=one.due_on,
                outcome=one.outcome,
                closing=make(one.closing) if tells else "",
                ended_on=one.done_at.date() if one.done_at is not None else None,
            )
        )
    return tuple(found)
