"""Who is in a conversation of the rota, as its own person may see it right now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages.dates import day
from bot.messages.rota_notes import About
from storage import contacts_free, rota, rota_talks
from storage.contacts_free import Known
from stories.rota.hours import Party
from stories.rota.talks import Talk

NOWHERE = Party("UTC")
"""Where somebody is of whom nothing is known any more."""


async def about(session: AsyncSession, workspace_id: str, talk: Talk) -> tuple[About, Known | None]:
    """The conversation with its people; None for the customer where there is none, or they are gone.

    Whoever comes along hears the customer's name from their colleague.
    """
    own = await rota.member(session, workspace_id, talk.user_id)
    ours = own.party if own else NOWHERE
    again = day(own.not_before) if own and own.not_before else ""
    if talk.with_talk_id is not None:
        led = await rota_talks.get(session, workspace_id, talk.with_talk_id)
        return About(talk=talk, ours=ours, theirs=ours, host=led.user_id if led else "", again=again), None
    known = await contacts_free.get(session, workspace_id, talk.customer_id) if talk.customer_id else None
    if known is None:
        return About(talk=talk, ours=ours, theirs=ours, again=again), None
    found = About(
        talk=talk,
        ours=ours,
        theirs=known.party,
        name=known.name,
        company=known.company,
        segment=known.segment,
        again=again,
    )
    return found, known


async def may_go_on(session: AsyncSession, workspace_id: str, talk: Talk, now: datetime) -> bool:
    """Whether the customer still agrees to be asked; asked anew every time anything of them is shown."""
    if talk.with_talk_id is not None:
        led = await rota_talks.get(session, workspace_id, talk.with_talk_id)
        return led is not None and led.is_open
    if talk.customer_id is None:
        return True
    return await contacts_free.may_be_asked(session, workspace_id, talk.customer_id, now)
