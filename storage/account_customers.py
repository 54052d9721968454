"""An account's customers: those who surely are, and those of whom its owner is to say it."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.accounts import called_like, of_customers, said_of
from storage.follow_ups import PROMISE
from storage.rows import add_many
from storage.tables import CustomerRow
from storage.tables_accounts import AccountCustomerRow
from storage.tables_stories import FollowUpRow, InterviewRow, StoryRow
from stories.accounts import Account, belonging, folded_name
from stories.company_forms import short_name
from stories.values import dataclass

_WORD = re.compile(r"[a-z0-9]{2,}")
MOST = 2_000
"""Customers of one account that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Customers:
    """An account's customers, by number; `asked` are those who may be, with their company's name."""

    surely: tuple[int, ...] = ()
    asked: tuple[tuple[int, str], ...] = ()


async def of_account(session: AsyncSession, workspace_id: str, account: Account) -> Customers:
    """Who of the customers known here belongs to this account."""
    query = select(CustomerRow.id, CustomerRow.company).where(
        CustomerRow.workspace_id == workspace_id, *_may_be_called(session, account.name)
    )
    found = (await session.execute(query.order_by(CustomerRow.id).limit(MOST))).all()
    alike = {row.id: row.company for row in found if folded_name(row.company) == folded_name(account.name)}
    sure = await of_customers(session, workspace_id, alike)
    surely = tuple(one for one in alike if one in sure and sure[one].id == account.id)
    left = {one: company for one, company in alike.items() if one not in sure}
    known = await called_like(session, workspace_id, set(left.values()))
    said = await said_of(session, workspace_id, left)
    asked = tuple(
        (one, company)
        for one, company in left.items()
        if account.id not in said.get(one, {})
        and account.id in {maybe.id for maybe in belonging(company, known).maybe}
    )
    return Customers(surely=surely, asked=asked)


async def say(
    session: AsyncSession,
    workspace_id: str,
    account_id: int,
    customer_id: int,
    *,
    belongs: bool,
    by: str,
    now: datetime,
) -> None:
    """Keep what an account's owner says of a customer, in place of what was said before."""
    row = AccountCustomerRow
    await session.execute(
        delete(row).where(
            row.workspace_id == workspace_id, row.customer_id == customer_id, row.account_id == account_id
        )
    )
    said = {"customer_id": customer_id, "account_id": account_id, "belongs": belongs}
    await add_many(session, row, [{"workspace_id": workspace_id, **said, "said_by": by, "said_at": now}])


async def talks_with(
    session: AsyncSession, workspace_id: str, customer_ids: Collection[int], *, most: int
) -> tuple[tuple[int, date], ...]:
    """The stories of conversations with these customers and the days of those, the latest first."""
    query = (
        select(StoryRow.id, InterviewRow.talked_on)
        .join(
            StoryRow,
            (StoryRow.workspace_id == InterviewRow.workspace_id) & (StoryRow.interview_id == InterviewRow.id),
        )
        .where(InterviewRow.workspace_id == workspace_id, InterviewRow.customer_id.in_(customer_ids))
        .order_by(InterviewRow.talked_on.desc(), InterviewRow.id.desc())
        .limit(most)
    )
    rows = await session.execute(query) if customer_ids else ()
    return tuple((story_id, day) for story_id, day in rows)


async def promised_to(
    session: AsyncSession, workspace_id: str, customer_ids: Collection[int], *, most: int
) -> tuple[int, ...]:
    """The open promises to these customers, the soonest day first."""
    row = FollowUpRow
    query = (
        select(row.id)
        .join(
            InterviewRow,
            (InterviewRow.workspace_id == row.workspace_id) & (InterviewRow.id == row.interview_id),
        )
        .where(
            InterviewRow.workspace_id == workspace_id,
            InterviewRow.customer_id.in_(customer_ids),
            row.kind == PROMISE,
            row.done_at.is_(None),
        )
        .order_by(row.due_on.is_(None), row.due_on, row.id)
        .limit(most)
    )
    return tuple((await session.execute(query)).scalars()) if customer_ids else ()


def _may_be_called(session: AsyncSession, name: str) -> tuple[Any, ...]:
    """A condition that every customer of this company meets, so that few others are looked at.

    The database folds no accents: whoever is written with letters beyond ASCII is looked at anyway.
    """
    company = CustomerRow.company
    held = (company != "",)
    longest = max(_WORD.findall(short_name(name)), key=len, default="")
    if not longest or not name.isascii():
        return held
    embedded = session.get_bind().dialect.name == "sqlite"
    octets: Any = func.length(func.hex(company)) / 2 if embedded else func.octet_length(company)
    return (*held, or_(func.lower(company).contains(longest), octets > func.length(company)))
