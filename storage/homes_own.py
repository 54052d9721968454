"""What App Home shows somebody of customers of theirs, and what they look after and follow."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from storage.follow_ups import PROMISE
from storage.nps_follows import Cell, cell_of
from storage.rows import table_of
from storage.tables import CustomerRow
from storage.tables_nps_watch import NpsFollowRow
from storage.tables_posts import ChannelRow
from storage.tables_stories import FollowUpRow, InterviewRow, TopicRow

_I, _C, _F = (table_of(row) for row in (InterviewRow, CustomerRow, FollowUpRow))
_N, _CH, _TO = (table_of(row) for row in (NpsFollowRow, ChannelRow, TopicRow))

LOOKED_AT = 40
"""Newest conversations of somebody in which their customers are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCustomer:
    """A customer somebody talked with: when last, and how many promises to them are open."""

    customer_id: int
    name: str
    company: str
    talked_on: date
    promises: int = 0


async def customers_of(
    session: AsyncSession, workspace_id: str, author_id: str, *, most: int
) -> tuple[HomeCustomer, ...]:
    """The customers this person talked with, those written up last first."""
    query = (
        select(_I.c.customer_id, _I.c.talked_on, _C.c.name, _C.c.company)
        .join_from(_I, _C, and_(_C.c.workspace_id == _I.c.workspace_id, _C.c.id == _I.c.customer_id))
        .where(_I.c.workspace_id == workspace_id, _I.c.author_id == author_id)
        .order_by(_I.c.id.desc())
        .limit(LOOKED_AT)
    )
    found: dict[int, HomeCustomer] = {}
    for row in await session.execute(query):
        one = HomeCustomer(
            customer_id=row.customer_id, name=row.name, company=row.company, talked_on=row.talked_on
        )
        known = found.get(row.customer_id)
        if known is None or known.talked_on < one.talked_on:
            found[row.customer_id] = one
    shown = list(found.values())[:most]
    if not shown:
        return ()
    promised = await _promises(session, workspace_id, author_id, [one.customer_id for one in shown])
    return tuple(
        HomeCustomer(
            customer_id=one.customer_id,
            name=one.name,
            company=one.company,
            talked_on=one.talked_on,
            promises=promised.get(one.customer_id, 0),
        )
        for one in shown
    )


async def followed_by(session: AsyncSession, workspace_id: str, user_id: str) -> tuple[Cell, ...]:
    """The segments that channels follow which this person set up, or for which they asked."""
    own = and_(_CH.c.workspace_id == _N.c.workspace_id, _CH.c.channel_id == _N.c.channel_id)
    query = (
        select(_N.c.cells)
        .join_from(_N, _CH, own, isouter=True)
        .where(_N.c.workspace_id == workspace_id, or_(_N.c.asked_by == user_id, _CH.c.set_up_by == user_id))
        .order_by(_N.c.channel_id)
    )
    rows = (await session.execute(query)).scalars()
    return tuple(dict.fromkeys(cell_of(cell) for cells in rows for cell in cells))


async def newest_under(
    session: AsyncSession, workspace_id: str, topics: Collection[str], *, most: int
) -> tuple[int, ...]:
    """The newest stories that are filed under one of these topics, by id."""
    newest = [
        select(_TO.c.story_id)
        .where(_TO.c.workspace_id == workspace_id, _TO.c.topic == topic)
        .order_by(_TO.c.story_id.desc())
        .limit(most)
        .subquery()
        for topic in sorted(topics)
    ]
    if not newest:
        return ()
    # Asked for all topics at once, a database would sort all that was ever filed under them.
    found = (await session.execute(union_all(*(select(one.c.story_id) for one in newest)))).scalars()
    return tuple(sorted(set(found), reverse=True)[:most])


async def _promises(
    session: AsyncSession, workspace_id: str, owner_id: str, customer_ids: Collection[int]
) -> dict[int, int]:
    query = (
        select(_I.c.customer_id, func.count())
        .join_from(_F, _I, and_(_I.c.workspace_id == _F.c.workspace_id, _I.c.id == _F.c.interview_id))
        .where(_F.c.workspace_id == workspace_id, _F.c.owner_id == owner_id, _F.c.done_at.is_(None))
        .where(_F.c.kind == PROMISE, _I.c.customer_id.in_(customer_ids))
        .group_by(_I.c.customer_id)
    )
    return {row[0]: row[1] for row in await session.execute(query)}
