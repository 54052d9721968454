"""Accounts: found by whose they are, by their customers, and by when they renew."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import CustomerRow
from storage.tables_accounts import AccountCustomerRow, AccountRow
from storage.tables_stories import InterviewRow, StoryRow
from stories.accounts import Account, Worth, belonging, folded_name

_TOGETHER = 500
"""What is asked for by name at once."""


async def get(session: AsyncSession, workspace_id: str, account_id: int) -> Account | None:
    """This account; None when there is none (any more)."""
    row = (await session.execute(_own(workspace_id).where(AccountRow.id == account_id))).scalar_one_or_none()
    return None if row is None else value(row)


async def of_owner(
    session: AsyncSession, workspace_id: str, owner_id: str, *, most: int = 50
) -> tuple[Account, ...]:
    """The accounts that this person looks after, the one that renews first at the top."""
    query = _own(workspace_id).where(AccountRow.owner_id == owner_id)
    return await _listed(session, query, most=most)


async def listed(session: AsyncSession, workspace_id: str, *, most: int = 50) -> tuple[Account, ...]:
    """Everybody's accounts, the one that renews first at the top."""
    return await _listed(session, _own(workspace_id), most=most)


async def called_like(
    session: AsyncSession, workspace_id: str, companies: Collection[str]
) -> tuple[Account, ...]:
    """The accounts whose names are those of one of these companies but for the legal form."""
    names = sorted({folded_name(company) for company in companies if company})
    found: list[Account] = []
    for start in range(0, len(names), _TOGETHER):
        query = _own(workspace_id).where(AccountRow.folded.in_(names[start : start + _TOGETHER]))
        found += map(value, (await session.execute(query.order_by(AccountRow.id))).scalars())
    return tuple(found)


async def of_customers(
    session: AsyncSession, workspace_id: str, customer_ids: Collection[int]
) -> dict[int, Account]:
    """Whose customer each of these surely is: by their company's name, or since its owner said so.

    No entry for one of no account, or of whom nobody has said it yet.
    """
    ids, found = sorted(customer_ids), dict[int, Account]()
    for start in range(0, len(ids), _TOGETHER):
        found |= await _of_some(session, workspace_id, ids[start : start + _TOGETHER])
    return found


async def _of_some(
    session: AsyncSession, workspace_id: str, customer_ids: Sequence[int]
) -> dict[int, Account]:
    query = select(CustomerRow.id, CustomerRow.company).where(
        CustomerRow.workspace_id == workspace_id, CustomerRow.id.in_(customer_ids)
    )
    companies = {row.id: row.company for row in await session.execute(query)}
    known = await called_like(session, workspace_id, set(companies.values()))
    by_id = {one.id: one for one in known}
    found: dict[int, Account] = {}
    said = await said_of(session, workspace_id, customer_ids)
    for customer_id, company in companies.items():
        answers = said.get(customer_id, {})
        yes = [by_id[account] for account, theirs in answers.items() if theirs and account in by_id]
        left = [one for one in known if answers.get(one.id) is not False]
        surely = yes[0] if yes else belonging(company, left).surely if company else None
        if surely is not None:
            found[customer_id] = surely
    return found


async def value_of_customers(
    session: AsyncSession, workspace_id: str, customer_ids: Collection[int], viewer: str
) -> tuple[Account, ...]:
    """The accounts of these customers that this person looks after and whose worth is known, each once.

    Nobody else learns what an account is worth: whoever owns none of them gets nothing. Add their worth up
    with `stories.accounts.totals`.
    """
    theirs = await of_customers(session, workspace_id, customer_ids)
    own = {one.id: one for one in theirs.values() if one.owner_id == viewer and one.worth is not None}
    return tuple(own[account_id] for account_id in sorted(own))


async def value_of_story(
    session: AsyncSession, workspace_id: str, story_id: int, viewer: str
) -> tuple[Account, ...]:
    """The same for the customer of one story."""
    query = (
        select(InterviewRow.customer_id)
        .join(
            StoryRow,
            (StoryRow.workspace_id == InterviewRow.workspace_id) & (StoryRow.interview_id == InterviewRow.id),
        )
        .where(StoryRow.workspace_id == workspace_id, StoryRow.id == story_id)
    )
    of_them = (await session.execute(query)).scalars().all()
    return await value_of_customers(session, workspace_id, of_them, viewer)


async def said_of(
    session: AsyncSession, workspace_id: str, customer_ids: Collection[int]
) -> dict[int, dict[int, bool]]:
    """What owners said of each of these customers, by account: theirs, or not."""
    row = AccountCustomerRow
    query = select(row.customer_id, row.account_id, row.belongs).where(
        row.workspace_id == workspace_id, row.customer_id.in_(customer_ids)
    )
    found: dict[int, dict[int, bool]] = {}
    for customer_id, account_id, belongs in await session.execute(query) if customer_ids else ():
        found.setdefault(customer_id, {})[account_id] = belongs
    return found


async def renewing(
    session: AsyncSession, workspace_id: str, first: date, last: date, *, most: int = 50
) -> tuple[Account, ...]:
    """Owned accounts that renew from the first to the last of these days and whose owner was not told yet."""
    row = AccountRow
    query = _own(workspace_id).where(
        row.renewal_on.between(first, last),
        row.owner_id.is_not(None),
        or_(row.noted_for.is_(None), row.noted_for != row.renewal_on),
    )
    return await _listed(session, query, most=most)


async def is_noted(session: AsyncSession, workspace_id: str, account: Account) -> None:
    """Its owner was told of this renewal, or is not to be: do not look at it again."""
    same = AccountRow.owner_id == account.owner_id
    await _set(session, workspace_id, account.id, same, noted_for=account.renewal_on)


async def unknown_owners(
    session: AsyncSession, workspace_id: str, *, most: int = 20
) -> tuple[tuple[int, str], ...]:
    """Accounts whose owner a list named by an address that nobody has looked up yet: number and address."""
    row = AccountRow
    query = select(row.id, row.owner_said).where(
        row.workspace_id == workspace_id, row.owner_said != "", row.asked_at.is_(None)
    )
    return tuple(
        (one.id, one.owner_said) for one in await session.execute(query.order_by(row.id).limit(most))
    )


async def nobodys(session: AsyncSession, workspace_id: str, *, most: int = 20) -> tuple[tuple[str, str], ...]:
    """Accounts whose owner was looked up and not found: their name, and the address in the list."""
    row = AccountRow
    query = select(row.name, row.owner_said).where(
        row.workspace_id == workspace_id, row.owner_said != "", row.asked_at.is_not(None)
    )
    rows = await session.execute(query.order_by(row.key).limit(most))
    return tuple((one.name, one.owner_said) for one in rows)


async def know_owner(
    session: AsyncSession,
    workspace_id: str,
    account_id: int,
    owner_id: str | None,
    *,
    said: str,
    now: datetime,
) -> None:
    """Who an account's owner is in Slack; None: Slack does not know the address, which is kept to be seen.

    Nothing where a list names another address by now than the one that was looked up (`said`). A new owner
    has not heard of its renewal.
    """
    row = AccountRow
    told = case((row.owner_id == owner_id, row.noted_for), else_=None)
    found = {"owner_id": owner_id, "owner_said": "", "noted_for": told} if owner_id else {}
    await _set(session, workspace_id, account_id, row.owner_said == said, asked_at=now, **found)


def value(row: AccountRow) -> Account:
    """The account in a row."""
    return Account(
        id=row.id,
        name=row.name,
        owner_id=row.owner_id,
        worth=Worth.of(row.worth) if row.worth else None,
        renewal_on=row.renewal_on,
        segment=row.segment,
    )


async def _listed(session: AsyncSession, query: Any, *, most: int) -> tuple[Account, ...]:
    row = AccountRow
    ordered = query.order_by(row.renewal_on.is_(None), row.renewal_on, row.key).limit(most)
    rows: Sequence[AccountRow] = (await session.execute(ordered)).scalars().all()
    return tuple(map(value, rows))


async def _set(
    session: AsyncSession, workspace_id: str, account_id: int, still: ColumnElement[bool], **values: Any
) -> None:
    await session.execute(
        update(AccountRow)
        .where(AccountRow.workspace_id == workspace_id, AccountRow.id == account_id, still)
        .values(**values)
    )


def _own(workspace_id: str) -> Any:
    return (
        select(AccountRow)
        .where(AccountRow.workspace_id == workspace_id)
        .execution_options(populate_existing=True)
    )
