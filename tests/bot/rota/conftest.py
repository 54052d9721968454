"""A few colleagues on the rota, and a customer who agreed to be asked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from bot.rota.rounds import hold_round
from bot.rota.steps import look_after
from storage import contacts, rota
from storage.contacts import Became, NewContact, Source
from storage.database import Database
from stories.rota.hours import Party
from stories.rota.people import Member
from tests.bot.stories.conftest import House, house
from tests.conftest import NOW, WORKSPACE

__all__ = ["House", "house"]

LONDON = Party("Europe/London", "GB")
NIA = NewContact(
    key="crm-7",
    name="Nia Prothero",
    company="Cardiff Clinics",
    segment="clinics",
    reach="nia@clinics.example",
    party=LONDON,
    words="Yes, ring me any time.",
)


async def ask(database: Database, new: NewContact = NIA, *, now: datetime = NOW) -> Became:
    """Take a customer in, as a file would."""
    async with database.begin() as session:
        return await contacts.take_in(session, WORKSPACE, new, source=Source.FILE, by="import", now=now)


async def joined(database: Database, user_id: str, **chosen: Any) -> None:
    """Have somebody be on the rota."""
    member = Member(user_id=user_id, party=LONDON, joined_at=NOW, **chosen)
    async with database.begin() as session:
        await rota.choose(session, WORKSPACE, member)


async def next_day(house: House, day: datetime) -> None:
    """Have a moment come: the round is held, and what is due is done."""
    house.clock.moment = day
    await hold_round(house.desk, WORKSPACE)
    await look_after(house.desk, WORKSPACE)


@pytest.fixture
def today() -> date:
    """The day on which all of this happens."""
    return NOW.date()
