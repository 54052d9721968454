"""One event that the sample company looks forward to: a customer comes, and is asked things; all made up."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.stage import asking, planning, seating
from demo.company import SampleCompany
from demo.workspace import person_id, room_id
from storage import customers
from storage.database import Database
from stories.consent import Consent, Purpose
from stories.stage.events import Asked, Event, Kind
from stories.stage.times import When

CUSTOMER, HOST = "pugh", "imran"
TITLE = "From a biscuit tin of index cards: an hour with Bronwen"
ABOUT = "Nineteen years of sending carers up and down one valley, and what she would never give to an app."
AGREED = "Gladly, if Cerys may come too. Say it is me."
QUESTION, ASKER = "What was written on the cards that our notes have no room for?", "ruth"
COMING = ("femi", "ruth")
DAYS_AHEAD = 8
AT, MINUTES, SEATS = time(15), 60, 20


async def tell_event(
    database: Database, company: SampleCompany, workspace_id: str, *, morning: datetime
) -> None:
    """Plan it as its host did; the announcement, tickets and reminders are the bot's own."""
    host, office = person_id(HOST), next(one for one in company.about.offices if one.main)
    known = next(one for one in company.customers if one.key == CUSTOMER)
    day = (morning + timedelta(days=DAYS_AHEAD)).date()
    async with database.begin() as session:
        customer = await customers.named(session, workspace_id, known.name, known.company)
        if customer is None:
            raise LookupError(f"{known.name} is not stored")
        await customers.record_consent(session, workspace_id, _agreed(customer.id, host, morning))
        new = Event(
            id=0,
            host_id=host,
            kind=Kind.VISIT,
            title=TITLE,
            about=ABOUT,
            customer_id=customer.id,
            when=When(wall=datetime.combine(day, AT), zone=office.time_zone, minutes=MINUTES),
            place=office.city,
            seats=SEATS,
            language="en",
            channels=(room_id(company, company.project.channel),),
        )
        event = await planning.plan(session, workspace_id, new, now=morning)
        for handle in COMING:
            zone = office.time_zone
            await seating.sign_up(session, workspace_id, event.id, person_id(handle), zone=zone, now=morning)
        await asking.ask(
            session, workspace_id, event.id, person_id(ASKER), QUESTION, anonymous=False, now=morning
        )
        await asking.settle(session, workspace_id, 1, host, Asked.SHOWN, morning)


def _agreed(customer_id: int, host: str, morning: datetime) -> Consent:
    """That the customer may be named."""
    return Consent(
        customer_id=customer_id,
        interview_id=None,
        purpose=Purpose.ON_STAGE,
        words=AGREED,
        recorded_by=host,
        recorded_at=morning,
        valid_from=morning,
    )
