"""POST /api/v1/contacts: customers who agreed to be contacted, or took it back, from a system with a key."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.nps.pushing.reading import Refused, WrongField, entries, read_entries
from bot.rota import contact_rows
from bot.rota.following import follow_customer
from bot.rota.table_reading import Cells, Unusable
from storage import contacts
from storage.contacts import Became, NewContact, Source
from storage.nps_keys import Key
from stories.language import _

PATH: Final = "/api/v1/contacts"

FIELDS: Final = frozenset(
    {"id", "name", "company", "segment", "reach", "time_zone", "country", "languages", "part", "owner"}
    | {"agreed", "agreed_on", "words"}
)


async def keep_contacts(session: AsyncSession, key: Key, body: bytes, now: datetime) -> dict[str, Any]:
    """Take a batch in and tell what became of it. Raises BadRequest for a body that is none."""
    found, refused = read_contacts(body)
    became: Counter[Became] = Counter()
    for new in found:
        became[
            await contacts.take_in(session, key.workspace_id, new, source=Source.PUSH, by=key.name, now=now)
        ] += 1
        customer_id = await contacts.customer_of(session, key.workspace_id, new)
        if customer_id is not None and not new.agreed:
            await follow_customer(session, key.workspace_id, customer_id, now=now)
    counts: dict[str, Any] = {one.value: became[one] for one in Became}
    return counts | {"refused": [one.as_json() for one in refused]}


def read_contacts(body: bytes) -> tuple[list[NewContact], list[Refused]]:
    """The customers of a batch and what was refused of it. Raises BadRequest for a body that is no batch."""
    return read_entries(entries(body, "contacts"), _contact)


def _contact(entry: Any) -> NewContact:
    if not isinstance(entry, dict):
        raise WrongField("", _("each entry is an object"))
    unknown = next((name for name in entry if name not in FIELDS), None)
    if unknown is not None:
        raise WrongField(unknown, _("there is no such field; see /api/v1/openapi.json"))
    if not isinstance(entry.get("agreed"), bool):
        raise WrongField("agreed", _("say true or false: only who agreed is contacted"))
    told = {("key" if name == "id" else name): _cell(name, value) for name, value in entry.items()}
    try:
        return contact_rows.contact_of(Cells(told))
    except Unusable as error:
        raise WrongField("id" if error.field == "key" else error.field, error.reason) from None


def _cell(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "languages" and isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ",".join(value)
    if not isinstance(value, str):
        raise WrongField(name, _("this is text"))
    return value
