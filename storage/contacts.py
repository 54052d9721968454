"""Customers whom the rota may ask, as they are taken in from a file, a system or a colleague."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import accounts, customers, nps_people, nps_settings
from storage.rows import add_new
from storage.tables import CustomerRow
from storage.tables_rota import ContactRow
from stories.consent import Consent, Purpose
from stories.customers import updated
from stories.rota.hours import Party
from stories.values import dataclass

_C = ContactRow


class Source(StrEnum):
    """Where a contact came from."""

    FILE = "file"
    PUSH = "push"
    COLLEAGUE = "colleague"


class Became(StrEnum):
    """What became of one that was taken in. ERASED and SAID_NO were left out: people outrank files."""

    NEW = "new"
    KNOWN = "known"
    ERASED = "erased"
    SAID_NO = "said_no"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContact:
    """A customer as a file, a system or a colleague tells of them.

    `key` tells them from others there ("" where only how to reach them does); `reach` is how to reach them:
    an address, a number. `agreed` is whether they agreed to be contacted, `words` how that was said,
    `agreed_on` when (None: nobody knows).
    """

    key: str
    name: str
    company: str = ""
    segment: str = ""
    reach: str = ""
    party: Party
    languages: tuple[str, ...] = ("en",)
    part: str = ""
    owner_id: str = ""
    agreed: bool = True
    words: str = ""
    agreed_on: date | None = None


async def take_in(
    session: AsyncSession, workspace_id: str, new: NewContact, *, source: Source, by: str, now: datetime
) -> Became:
    """Know this customer for the rota, and what they agreed to; somebody known by key or name is not doubled.

    Who was erased stays away, and a no that is newer than what is taken in stands.
    """
    if await _is_erased(session, workspace_id, new):
        return Became.ERASED
    new = replace(new, key=await _secret(session, workspace_id, new))
    customer_id = await _known_as(session, workspace_id, new)
    known = customer_id is not None
    if customer_id is not None and await _said_no_since(session, workspace_id, customer_id, new, now):
        return Became.SAID_NO
    if customer_id is None:
        customer_id = await customers.create(
            session,
            workspace_id,
            name=new.name,
            alias="",
            company=new.company,
            segment=new.segment,
            created_by=by,
            now=now,
            contact=new.reach or None,
        )
    else:
        await _follow_news(session, workspace_id, customer_id, new)
    await _keep(session, workspace_id, customer_id, new, source=source, by=by, now=now)
    await _agree(session, workspace_id, customer_id, new, by=by, now=now)
    return Became.KNOWN if known else Became.NEW


async def _is_erased(session: AsyncSession, workspace_id: str, new: NewContact) -> bool:
    pepper = await nps_settings.pepper(session, workspace_id)
    hashes = {
        one for one in (nps_people.hashed(pepper, new.reach), nps_people.hashed(pepper, new.key)) if one
    }
    return bool(await nps_people.erased_among(session, workspace_id, hashes))


async def customer_of(session: AsyncSession, workspace_id: str, new: NewContact) -> int | None:
    """The customer whom this is about, known by key or by name and company; None for nobody yet."""
    kept = replace(new, key=await _secret(session, workspace_id, new))
    return await _known_as(session, workspace_id, kept)


async def _secret(session: AsyncSession, workspace_id: str, new: NewContact) -> str:
    """The key as it is kept: what is an address, or stands for one, as a keyed hash alone."""
    if new.key and "@" not in new.key:
        return new.key
    pepper = await nps_settings.pepper(session, workspace_id)
    return f"#{nps_people.hashed(pepper, new.key or new.reach or f'{new.name}/{new.company}')}"


async def _known_as(session: AsyncSession, workspace_id: str, new: NewContact) -> int | None:
    query = select(_C.customer_id).where(_C.workspace_id == workspace_id, _C.key == new.key)
    by_key: int | None = (await session.execute(query)).scalar_one_or_none()
    if by_key is not None or not new.company:
        return by_key
    found = await customers.named(session, workspace_id, new.name, new.company)
    return found.id if found else None


async def _said_no_since(
    session: AsyncSession, workspace_id: str, customer_id: int, new: NewContact, now: datetime
) -> bool:
    """Whether they took it back themselves, later than what is taken in says that they agreed.

    A day that is still to come says nothing of when they did.
    """
    records = (await customers.consents(session, workspace_id, [customer_id])).get(customer_id, ())
    own = [one for one in records if one.purpose is Purpose.CONTACTED_AGAIN]
    if not new.agreed or not own or own[-1].granted:
        return False
    tomorrow = now.date() + timedelta(days=1)
    return new.agreed_on is None or new.agreed_on <= own[-1].recorded_at.date() or new.agreed_on > tomorrow


async def _follow_news(session: AsyncSession, workspace_id: str, customer_id: int, new: NewContact) -> None:
    known = await customers.get(session, workspace_id, customer_id)
    if known is not None:
        now_known = updated(known, name=new.name, company=new.company, segment=new.segment)
        if now_known != known:
            await customers.change(session, workspace_id, now_known)
    if new.reach:
        own = (CustomerRow.workspace_id == workspace_id, CustomerRow.id == customer_id)
        await session.execute(update(CustomerRow).where(*own).values(contact=new.reach))


async def _keep(
    session: AsyncSession,
    workspace_id: str,
    customer_id: int,
    new: NewContact,
    *,
    source: Source,
    by: str,
    now: datetime,
) -> None:
    owner_id = new.owner_id
    if source is Source.COLLEAGUE or not owner_id:
        # Whoever looks after the account is who they belong to; a proposal alone makes nobody's customer.
        account = (await accounts.of_customers(session, workspace_id, [customer_id])).get(customer_id)
        owner_id = (account.owner_id if account else "") or owner_id
    values = {
        "key": new.key,
        "source": source.value,
        "time_zone": new.party.time_zone,
        "country": new.party.country,
        "languages": list(new.languages),
        "part": new.part,
        "owner_id": owner_id,
        "added_by": by,
        "updated_at": now,
    }
    if not await add_new(session, _C, workspace_id=workspace_id, customer_id=customer_id, **values):
        own = (_C.workspace_id == workspace_id, _C.customer_id == customer_id)
        await session.execute(update(_C).where(*own).values(**values))


async def _agree(
    session: AsyncSession, workspace_id: str, customer_id: int, new: NewContact, *, by: str, now: datetime
) -> None:
    """Record what they agreed to, unless the newest record says the same."""
    records = (await customers.consents(session, workspace_id, [customer_id])).get(customer_id, ())
    own = [one for one in records if one.purpose is Purpose.CONTACTED_AGAIN]
    if (own[-1].granted if own else False) is new.agreed:
        return
    consent = Consent(
        customer_id=customer_id,
        interview_id=None,
        purpose=Purpose.CONTACTED_AGAIN,
        granted=new.agreed,
        words=new.words,
        recorded_by=by,
        recorded_at=now,
        valid_from=now,
    )
    await customers.record_consent(session, workspace_id, consent)
