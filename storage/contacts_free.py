"""Customers of the rota as a round finds them: who agrees at this moment, is rested, and nobody else's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import customer_colleagues, customers, rota_talks
from storage.tables import ConsentRow, CustomerRow
from storage.tables_rota import ContactRow, RotaTalkRow
from storage.tables_stories import InterviewRow
from stories.consent import Purpose, permits
from stories.rota.hours import Party
from stories.rota.people import Contact
from stories.rota.talks import OPEN
from stories.values import dataclass

_C, _T = ContactRow, RotaTalkRow

PAGE = 2_000
"""Contacts that are read at a time: a few hundredths of a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A customer of the rota with what is known of them. `reach` is for the one who is invited alone."""

    customer_id: int
    name: str
    company: str
    segment: str
    reach: str
    party: Party
    languages: tuple[str, ...]
    part: str
    owner_id: str
    rests_until: date | None


async def get(session: AsyncSession, workspace_id: str, customer_id: int) -> Known | None:
    """This customer as the rota knows them; None for one who is no contact here."""
    own = (_C.workspace_id == CustomerRow.workspace_id) & (_C.customer_id == CustomerRow.id)
    query = select(_C, CustomerRow).join(CustomerRow, own)
    found = (
        await session.execute(query.where(_C.workspace_id == workspace_id, _C.customer_id == customer_id))
    ).first()
    return None if found is None else _known(*found)


async def may_be_asked(session: AsyncSession, workspace_id: str, customer_id: int, at: datetime) -> bool:
    """Whether this customer agrees to be contacted at this moment."""
    agreed = await customers.consents(session, workspace_id, [customer_id])
    return permits(agreed.get(customer_id, ()), Purpose.CONTACTED_AGAIN, at)


async def how_many(session: AsyncSession, workspace_id: str, at: datetime) -> tuple[int, int]:
    """How many contacts there are, and how many of them agree to be asked at this moment."""
    rows = await session.scalar(select(func.count()).select_from(_C).where(_C.workspace_id == workspace_id))
    return rows or 0, len(await _agreeing(session, workspace_id, at))


async def free(session: AsyncSession, workspace_id: str, at: datetime) -> tuple[Contact, ...]:
    """Everybody who may be asked at this moment: they agree, are rested, and nobody is about to meet them.

    Read page by page: tens of thousands at once would hold up everybody who waits for an answer.
    """
    kept_from = await _kept_from(session, workspace_id)
    found: list[Contact] = []
    after = 0
    while page := await _page(session, workspace_id, at, after):
        span = (after, page[-1].customer_id)
        agreeing = await _agreeing(session, workspace_id, at, span)
        last = await _last_heard(session, workspace_id, span)
        found += [_contact(row, last, kept_from) for row in page if row.customer_id in agreeing]
        after = page[-1].customer_id
    return tuple(found)


async def _page(session: AsyncSession, workspace_id: str, at: datetime, after: int) -> Sequence[Any]:
    """The next contacts by number who are rested and nobody's, whatever they agreed to."""
    busy = select(_T.customer_id).where(
        _T.workspace_id == workspace_id,
        _T.state.in_([one.value for one in OPEN]),
        _T.customer_id.is_not(None),
    )
    own = (_C.workspace_id == CustomerRow.workspace_id) & (_C.customer_id == CustomerRow.id)
    query = (
        select(
            _C.customer_id, CustomerRow.segment, _C.languages, _C.time_zone, _C.country, _C.part, _C.owner_id
        )
        .join(CustomerRow, own)
        .where(
            _C.workspace_id == workspace_id,
            _C.customer_id > after,
            _C.customer_id.not_in(busy),
            _C.rests_until.is_(None) | (_C.rests_until <= at.date()),
        )
        .order_by(_C.customer_id)
        .limit(PAGE)
    )
    return (await session.execute(query)).all()


async def _agreeing(
    session: AsyncSession, workspace_id: str, at: datetime, span: tuple[int, int] | None = None
) -> set[int]:
    """The customers whose newest word about being contacted is a yes that holds (`stories.consent`).

    Those alone whose numbers lie in a span, above its first and up to its last, when given.
    """
    row = ConsentRow
    query = select(row.customer_id, row.granted, row.valid_until, row.recorded_at).where(
        row.workspace_id == workspace_id,
        row.purpose == Purpose.CONTACTED_AGAIN.value,
        row.valid_from <= at,
    )
    if span is not None:
        query = query.where(row.customer_id > span[0], row.customer_id <= span[1])
    newest: dict[int, bool] = {}
    for found in await session.execute(query.order_by(row.recorded_at, row.id)):
        newest[found.customer_id] = found.granted and (found.valid_until is None or at < found.valid_until)
    return {customer for customer, agrees in newest.items() if agrees}


async def _last_heard(session: AsyncSession, workspace_id: str, span: tuple[int, int]) -> dict[int, date]:
    row = InterviewRow
    query = select(row.customer_id, func.max(row.talked_on)).where(
        row.workspace_id == workspace_id, row.customer_id > span[0], row.customer_id <= span[1]
    )
    return {customer: day for customer, day in await session.execute(query.group_by(row.customer_id))}  # noqa: C416 rows


async def _kept_from(session: AsyncSession, workspace_id: str) -> Mapping[int, frozenset[str]]:
    """Whom each customer is not to be matched with: who said so, and whoever they themselves are here."""
    found = await rota_talks.refusals(session, workspace_id)
    for customer, user in (await customer_colleagues.every(session, workspace_id)).items():
        found[customer] = found.get(customer, frozenset()) | {user}
    return found


def _contact(row: Any, last: Mapping[int, date], kept_from: Mapping[int, frozenset[str]]) -> Contact:
    return Contact(
        customer_id=row.customer_id,
        segment=row.segment,
        languages=frozenset(row.languages),
        party=Party(row.time_zone, row.country),
        part=row.part,
        owner_id=row.owner_id,
        last_on=last.get(row.customer_id),
        not_for=kept_from.get(row.customer_id, frozenset()),
    )


def _known(row: ContactRow, customer: CustomerRow) -> Known:
    return Known(
        customer_id=customer.id,
        name=customer.name,
        company=customer.company,
        segment=customer.segment,
        reach=customer.contact or "",
        party=Party(row.time_zone, row.country),
        languages=tuple(row.languages),
        part=row.part,
        owner_id=row.owner_id,
        rests_until=row.rests_until,
    )
