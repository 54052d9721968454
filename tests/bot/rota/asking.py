"""Ana on the rota: invited, what is due for her done, what she was told."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from bot import publishing
from bot.colleagues import Colleague
from bot.desk import Desk
from bot.rota.rounds import hold_round
from bot.rota.steps import _step
from storage import customers, rota_talks
from storage.contacts import NewContact
from storage.database import Database
from stories.consent import Consent, Purpose
from stories.rota.talks import Talk
from tests.bot.rota.conftest import NIA, ask, joined
from tests.conftest import WORKSPACE, SetClock

ANA = Colleague(
    user_id="UANA", name="Ana Lima", time_zone="Europe/London", locale="en-GB", admin=False, guest=False
)


async def rows(database: Database, sql: str) -> list[tuple[Any, ...]]:
    async with database.read() as session:
        return [tuple(row) for row in await session.execute(text(sql))]


async def one_talk(database: Database) -> Talk:
    async with database.read() as session:
        (found,) = await rota_talks.open_of(session, WORKSPACE, "UANA")
    return found


async def due(desk: Desk, clock: SetClock, colleague: Colleague | None = ANA) -> None:
    """Do what is due for Ana's talk, at the moment for which it is planned if that is later."""
    talk = await one_talk(desk.database)
    clock.moment = max(clock.moment, talk.next_at or clock.moment)
    async with desk.database.begin() as session:
        held = await rota_talks.get(session, WORKSPACE, talk.id)
        assert held is not None
        await _step(session, WORKSPACE, held, colleague, desk)


async def invited(desk: Desk, clock: SetClock, new: NewContact = NIA, **chosen: Any) -> Talk:
    """Ana is invited to talk with a customer."""
    await ask(desk.database, new)
    await joined(desk.database, "UANA", **chosen)
    assert await hold_round(desk, WORKSPACE) == 1
    await due(desk, clock)
    return await one_talk(desk.database)


async def says(desk: Desk) -> str:
    """All that was put into words for Ana, as it stands now."""
    return str(await rows(desk.database, "SELECT payload FROM deliveries WHERE state != 'cancelled'"))


async def takes_back(desk: Desk, customer_id: int) -> None:
    no = Consent(
        customer_id=customer_id,
        interview_id=None,
        purpose=Purpose.CONTACTED_AGAIN,
        granted=False,
        recorded_by="customer",
        recorded_at=desk.now(),
        valid_from=desk.now(),
    )
    async with desk.database.begin() as session:
        await customers.record_consent(session, WORKSPACE, no)
        await publishing.follow_customer(session, WORKSPACE, customer_id, but=0, now=desk.now())


async def again(session: Any, talk: Talk) -> Talk:
    found = await rota_talks.get(session, WORKSPACE, talk.id)
    assert found is not None
    return found
