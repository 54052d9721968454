"""The demo's top three: chosen by the rules that hold for everybody, and shown on the visitor's Home."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot import home_leading, home_near
from bot.desk import Desk
from bot.home_values import Home
from bot.messages.home_leading import top_three
from demo.company import load_company
from demo.seeding import Past
from demo.seeding_nps import tell_answers
from demo.seeding_priorities import ACCOUNTS, TOP_THREE, tell_priorities
from demo.workspace import channel_id, person_id
from tests.conftest import WORKSPACE

NEW_YEAR = datetime(2027, 1, 1, 9, tzinfo=UTC)
"""The first day of a quarter: what was chosen twelve days ago would be of another one."""


async def test_three_stand_with_their_measure_and_the_visitor_leads_one(desk: Desk) -> None:
    whole, filed = load_company(), {one.theme for one in TOP_THREE}
    told = tuple(one for one in whole.interviews if filed & set(one.themes))
    company = replace(whole, interviews=told, nps=tuple(one for one in whole.nps if one.days_ago < 120))
    visitor, pilot = person_id(company.morning.visitor), channel_id(company, "pilot")
    await Past(company, WORKSPACE, channel_id=pilot, morning=NEW_YEAR).tell(desk.database)
    await tell_answers(desk.database, company, WORKSPACE, morning=NEW_YEAR)
    await tell_priorities(desk.settings, desk.database, company, WORKSPACE, morning=NEW_YEAR)
    async with desk.read() as session:
        around = await home_near.around(session, WORKSPACE, visitor, NEW_YEAR.date())
        led = await home_leading.led_by(session, WORKSPACE, visitor, {}, around, NEW_YEAR)
    assert len(around.accounts) == len(ACCOUNTS)
    assert [one.priority.name for one in led.standing] == [one.called for one in TOP_THREE]
    assert all(one.priority.start for one in led.standing)
    shown = top_three(Home(user_id=visitor, today=NEW_YEAR.date(), standing=led.standing))
    assert "Say what changed" in str(shown), "one of them is the visitor's own"
