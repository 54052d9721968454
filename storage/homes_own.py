"""What App Home shows somebody of customers of theirs, and what they look after and follow."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import and_, bindparam, func, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from storage.follow_ups import PROMISE
from storage.nps_follows import Cell, cell_of
from storage.prepared import Prepared
from storage.rows import run, run_own, table_of
from storage.several import for_each, one_of
from storage.tables import CustomerRow
from storage.tables_nps_watch import NpsFollowRow
from storage.tables_posts import ChannelRow
from storage.tables_stories import FollowUpRow, InterviewRow, TopicRow
from stories.values import dataclass

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
    found: dict[int, HomeCustomer] = {}
    for row in await run(session, _TALKED_WITH, {"workspace": workspace_id, "author": author_id}):
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
    rows = await run(session, _FOLLOWED, {"workspace": workspace_id, "user": user_id})
    return tuple(dict.fromkeys(cell_of(cell) for row in rows for cell in row.cells))


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
    values = {"workspace": workspace_id, "owner": owner_id, "customers": list(customer_ids)}
    return {row.customer_id: row.number for row in await run_own(session, _PROMISED, values)}


# Built once: they are asked with every Home.

_TALKED_WITH = Prepared(
    select(_I.c.customer_id, _I.c.talked_on, _C.c.name, _C.c.company)
    .join_from(_I, _C, and_(_C.c.workspace_id == _I.c.workspace_id, _C.c.id == _I.c.customer_id))
    .where(_I.c.workspace_id == bindparam("workspace"), _I.c.author_id == bindparam("author"))
    .order_by(_I.c.id.desc())
    .limit(LOOKED_AT)
)

_FOLLOWED = Prepared(
    select(_N.c.cells)
    .join_from(
        _N,
        _CH,
        and_(_CH.c.workspace_id == _N.c.workspace_id, _CH.c.channel_id == _N.c.channel_id),
        isouter=True,
    )
    .where(
        _N.c.workspace_id == bindparam("workspace"),
        or_(_N.c.asked_by == bindparam("user"), _CH.c.set_up_by == bindparam("user")),
    )
    .order_by(_N.c.channel_id)
)

_PROMISED = for_each(
    lambda dialect: (
        select(_I.c.customer_id, func.count().label("number"))
        .join_from(_F, _I, and_(_I.c.workspace_id == _F.c.workspace_id, _I.c.id == _F.c.interview_id))
        .where(_F.c.workspace_id == bindparam("workspace"), _F.c.owner_id == bindparam("owner"))
        .where(_F.c.done_at.is_(None), _F.c.kind == PROMISE)
        .where(one_of(dialect, _I.c.customer_id, "customers"))
        .group_by(_I.c.customer_id)
    )
)
