"""A proposal to ask customers follows what they agree to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot import attention, publishing
from bot.desk import Desk
from bot.priorities import rounds
from bot.priorities.proposing import SLOT
from storage import customers, people, posted, series_notes
from stories.attention_hours import person_hours
from stories.consent import Consent, Purpose
from tests.bot.priorities.conftest import theme
from tests.bot.priorities.test_rounds import commented, pytestmark, talk, turned_off
from tests.conftest import NOW, WORKSPACE, SetClock

__all__ = ["pytestmark"]


async def test_who_takes_back_that_they_may_be_asked_leaves_the_proposal_that_names_them(
    desk: Desk, clock: SetClock
) -> None:
    about = await commented(desk)
    for number in (1, 2):
        await talk(desk, number, f"The printer, no. {number}.", on="2026-08-03")
    await theme(desk, "Printers", *about, "The printer, no. 1.", "The printer, no. 2.")
    clock.advance(timedelta(days=1))
    async with desk.begin() as session:
        await people.grant(session, WORKSPACE, "U7", "editor", by="U0", now=NOW)
    await rounds.look(desk, WORKSPACE)
    async with desk.begin() as session:
        await attention.settle(session, WORKSPACE, "U7", person_hours("UTC", desk.now()), desk.now())
        (sent,) = await series_notes.telling_of(session, WORKSPACE, 1, SLOT)
    assert "baker no. 1" in await stands(desk, sent.id)
    never = Consent(
        customer_id=1,
        interview_id=None,
        purpose=Purpose.CONTACTED_AGAIN,
        granted=False,
        recorded_by="U0",
        recorded_at=desk.now(),
        valid_from=desk.now(),
    )
    async with desk.begin() as session:
        await customers.record_consent(session, WORKSPACE, never)
        await publishing.follow_customer(session, WORKSPACE, 1, but=0, now=desk.now())
    said = await stands(desk, sent.id)
    assert "baker no. 1" not in said
    assert "baker no. 2; <@U3> talked with them" in said
    await turned_off(desk, "U7")
    async with desk.begin() as session:
        await customers.record_consent(session, WORKSPACE, replace(never, customer_id=2))
        await publishing.follow_customer(session, WORKSPACE, 2, but=0, now=desk.now())
    assert await stands(desk, sent.id) == "None", "nothing is left of it"


async def stands(desk: Desk, delivery_id: int) -> str:
    """What a message says, or is about to say; "None" for one that goes."""
    async with desk.read() as session:
        return str(await posted.says(session, WORKSPACE, delivery_id))
