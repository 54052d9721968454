"""A customer whom a colleague proposes for the rota: they asked them first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.offering import customer_named
from bot.rota.following import follow_customer
from storage import contacts
from storage.contacts import Became, NewContact, Source
from storage.customers import folded
from stories.calendars import parse_time_zone
from stories.errors import UserError
from stories.language import _
from stories.rota.hours import Party
from stories.text import clean, one_line, says_something


async def propose(
    session: AsyncSession, workspace_id: str, values: Mapping[str, Any], *, by: str, now: datetime
) -> str:
    """Keep the customer; what whoever proposed them hears. Raises UserError that names the field."""
    new = _read(values, by)
    became = await contacts.take_in(session, workspace_id, new, source=Source.COLLEAGUE, by=by, now=now)
    if became in (Became.ERASED, Became.SAID_NO):
        return _("They asked not to be contacted, so they stay off the rota. Thank you for thinking of them.")
    known = await customer_named(session, workspace_id, new.name, new.company, user_id=by, at=now)
    if known is not None:
        await follow_customer(session, workspace_id, known.id, now=now)
    return _("They are on the rota’s list now. Whoever’s turn it is hears of them, and nobody else.")


def _read(values: Mapping[str, Any], by: str) -> NewContact:
    name, company = one_line(values.get("name") or ""), one_line(values.get("company") or "")
    if not says_something(name):
        raise UserError(_("Please say who it is."), field="name")
    if "yes" not in (values.get("agreed") or ()):
        raise UserError(_("Please ask them first: only who agreed is contacted."), field="agreed")
    try:
        zone = parse_time_zone(values.get("time_zone") or "")
    except UserError as error:
        raise UserError(error.message, field="time_zone") from None
    return NewContact(
        key=f"by:{folded(name)}:{folded(company)}",
        name=name,
        company=company,
        segment=one_line(values.get("segment") or ""),
        reach=one_line(values.get("reach") or ""),
        party=Party(zone),
        languages=tuple(values.get("languages") or ("en",)),
        owner_id=by,
        words=clean(values.get("words") or ""),
        agreed_on=None,
    )
