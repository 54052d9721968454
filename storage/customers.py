"""Customers, and what they agreed to."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import search_due
from storage.cases import same_text
from storage.rows import add, add_many, run_own, table_of
from storage.several import for_each, one_of
from storage.tables import ConsentRow, CustomerRow
from stories.consent import Consent, Purpose
from stories.customers import Customer


def folded(name: str) -> str:
    """A name as it is looked up: without case, accents or doubled spaces."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


async def create(
    session: AsyncSession,
    workspace_id: str,
    *,
    name: str,
    alias: str,
    company: str,
    segment: str,
    created_by: str,
    now: datetime,
    contact: str | None = None,
) -> int:
    """Know a new customer; returns their id."""
    columns = new_columns(
        name=name, alias=alias, company=company, segment=segment, created_by=created_by, now=now
    )
    return await add(session, CustomerRow, workspace_id=workspace_id, contact=contact, **columns)


def new_columns(
    *, name: str, alias: str, company: str, segment: str, created_by: str, now: datetime
) -> dict[str, Any]:
    """A new customer as their row's columns, but for whose they are and how to reach them."""
    return {
        "name": name,
        "folded_name": folded(name),
        "alias": alias,
        "company": company,
        "segment": segment,
        "former_names": [],
        "former_companies": [],
        "created_by": created_by,
        "created_at": now,
    }


async def get(session: AsyncSession, workspace_id: str, customer_id: int) -> Customer | None:
    """This customer; None for one who is not (or no longer) known here."""
    query = select(CustomerRow).where(CustomerRow.workspace_id == workspace_id, CustomerRow.id == customer_id)
    row = (await session.execute(query)).scalar_one_or_none()
    return None if row is None else as_value(row)


async def contact_of(session: AsyncSession, workspace_id: str, customer_id: int) -> str | None:
    """How to reach a customer, where somebody wrote it down; for those who talked with them alone."""
    query = select(CustomerRow.contact).where(
        CustomerRow.workspace_id == workspace_id, CustomerRow.id == customer_id
    )
    return (await session.execute(query)).scalar_one_or_none()


async def change(session: AsyncSession, workspace_id: str, customer: Customer) -> None:
    """Write down what we now know of a customer (see `stories.customers.updated`)."""
    await session.execute(
        update(CustomerRow)
        .where(CustomerRow.workspace_id == workspace_id, CustomerRow.id == customer.id)
        .values(
            name=customer.name,
            folded_name=folded(customer.name),
            alias=customer.alias,
            company=customer.company,
            segment=customer.segment,
            former_names=list(customer.former_names),
            former_companies=list(customer.former_companies),
        )
    )
    await search_due.customer_changed(session, workspace_id, customer.id)


async def named(session: AsyncSession, workspace_id: str, name: str, company: str) -> Customer | None:
    """The customer with exactly this name (and company, when given), whichever was known first."""
    query = select(CustomerRow).where(
        CustomerRow.workspace_id == workspace_id, CustomerRow.folded_name == folded(name)
    )
    if company:
        query = query.where(same_text(CustomerRow.company, company))
    row = (await session.execute(query.order_by(CustomerRow.id).limit(1))).scalar_one_or_none()
    return None if row is None else as_value(row)


async def record_consent(session: AsyncSession, workspace_id: str, consent: Consent) -> None:
    """Add one thing that a customer agreed to, or took back."""
    await add_many(session, ConsentRow, [{"workspace_id": workspace_id, **consent_columns(consent)}])


def consent_columns(consent: Consent) -> dict[str, Any]:
    """What was agreed to as its row's columns, but for whose it is."""
    return {
        "customer_id": consent.customer_id,
        "interview_id": consent.interview_id,
        "purpose": consent.purpose.value,
        "granted": consent.granted,
        "words": consent.words,
        "recorded_by": consent.recorded_by,
        "recorded_at": consent.recorded_at,
        "valid_from": consent.valid_from,
        "valid_until": consent.valid_until,
    }


async def consents(
    session: AsyncSession, workspace_id: str, customer_ids: Collection[int]
) -> Mapping[int, tuple[Consent, ...]]:
    """What each of these customers agreed to, oldest first; no entry for one who never did."""
    values = {"workspace": workspace_id, "customers": list(customer_ids)}
    return consented(await run_own(session, CONSENTS, values))


def consented(rows: Iterable[Any]) -> dict[int, tuple[Consent, ...]]:
    """The same from the rows that CONSENTS answers."""
    found: dict[int, tuple[Consent, ...]] = {}
    for row in rows:
        found[row.customer_id] = (*found.get(row.customer_id, ()), _consent(row))
    return found


_AGREED = table_of(ConsentRow)
# Built once: consent is asked with every story that is shown.
CONSENTS = for_each(
    lambda dialect: (
        select(_AGREED)
        .where(
            _AGREED.c.workspace_id == bindparam("workspace"),
            one_of(dialect, _AGREED.c.customer_id, "customers"),
        )
        .order_by(_AGREED.c.id)
    )
)


def as_value(row: CustomerRow) -> Customer:
    """The customer in a row."""
    return Customer(
        id=row.id,
        name=row.name,
        alias=row.alias,
        company=row.company,
        segment=row.segment,
        former_names=tuple(row.former_names),
        former_companies=tuple(row.former_companies),
    )


def _consent(row: Any) -> Consent:
    return Consent(
        customer_id=row.customer_id,
        interview_id=row.interview_id,
        purpose=Purpose(row.purpose),
        granted=row.granted,
        words=row.words,
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )
