"""The sample company's coming event."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.stage.showing import shown
from demo.company import load_company
from demo.seeding import Past
from demo.seeding_event import COMING, CUSTOMER, tell_event
from storage import event_questions, events
from storage.database import Database
from stories.stage.events import Asked
from tests.conftest import WORKSPACE

MORNING = datetime(2026, 11, 19, 9, tzinfo=UTC)
COMPANY = load_company()


async def test_a_customer_who_agreed_comes_next_week_and_two_have_signed_up(database: Database) -> None:
    one = next(one for one in COMPANY.interviews if one.customer == CUSTOMER)
    company = type(COMPANY)(**{**vars(COMPANY), "interviews": (one,)})
    await Past(company, WORKSPACE, channel_id="C1", morning=MORNING).tell(database)
    await tell_event(database, company, WORKSPACE, morning=MORNING)
    async with database.read() as session:
        (coming,) = await events.coming(session, WORKSPACE)
        seen = await shown(session, WORKSPACE, coming.event, MORNING)
        (asked,) = await event_questions.of_event(session, WORKSPACE, coming.event.id)
    assert seen.who == "Bronwen Pugh-Harries of Pugh & Daughters Home Care"
    assert seen.crowd.going == len(COMING)
    assert timedelta(days=7) < coming.event.when.starts_at - MORNING < timedelta(days=10)
    assert asked.asked is Asked.SHOWN
