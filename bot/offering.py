"""Which customers somebody is offered by name: their own, and those whom everybody may read about by name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from slack_bolt.context.async_context import AsyncBoltContext
from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import Desk
from storage import customers, offers
from storage.offers import Found
from stories.consent import Purpose, sharing
from stories.customers import Customer

MOST_OFFERED = 20
"""Of what a select offers while somebody types."""

_LOOKED_AT = 200
"""How many customers are asked about at once: some of them may have taken back what they agreed to."""


async def customers_like(
    session: AsyncSession, workspace_id: str, words: str, *, user_id: str, at: datetime, most: int
) -> tuple[Customer, ...]:
    """Customers whose name or company holds these words and who are no secret to this person."""
    found = await offers.customers_like(session, workspace_id, words, user_id=user_id, most=_LOOKED_AT)
    return (await _no_secret(session, workspace_id, found, at))[:most]


async def typed_customers(desk: Desk, context: AsyncBoltContext, typed: str) -> tuple[Customer, ...]:
    """The same for the person at a select, who has typed this so far."""
    place, person = context.team_id or "", context.user_id or ""
    async with desk.read() as session:
        return await customers_like(session, place, typed, user_id=person, at=desk.now(), most=MOST_OFFERED)


async def customer_named(
    session: AsyncSession, workspace_id: str, name: str, company: str, *, user_id: str, at: datetime
) -> Customer | None:
    """The customer of exactly this name (and company, when given) who is no secret to this person."""
    found = await offers.customers_named(
        session, workspace_id, name, company, user_id=user_id, most=_LOOKED_AT
    )
    return next(iter(await _no_secret(session, workspace_id, found, at)), None)


async def _no_secret(
    session: AsyncSession, workspace_id: str, found: Sequence[Found], at: datetime
) -> tuple[Customer, ...]:
    """Those whom this person knows, or who are told with name at this moment: consent is asked anew."""
    others = [one.customer.id for one in found if not one.own]
    agreed = await customers.consents(session, workspace_id, others) if others else {}
    talks = await offers.published_talks(session, workspace_id, others) if others else {}
    named = {
        customer_id
        for customer_id in others
        for interview_id in talks.get(customer_id, ())
        if sharing(agreed.get(customer_id, ()), interview_id, at) is Purpose.WITH_NAME
    }
    return tuple(one.customer for one in found if one.own or one.customer.id in named)
