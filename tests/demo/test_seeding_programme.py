"""The demo's programme: somebody is asked, an objective stands, a thanks and a letter have come."""

from __future__ import annotations

from dataclasses import replace

from bot.desk import Desk
from bot.momentum.letters import told_now
from bot.momentum.rounds import look
from bot.objective.lines import lines_of
from demo.company import load_company
from demo.seeding import Past
from demo.seeding_programme import CHANGED, tell_programme, write_letter
from demo.workspace import channel_id, person_id, room_id
from storage import objectives
from tests.bot.rota.asking import rows
from tests.conftest import NOW, WORKSPACE


async def test_there_is_something_of_each_to_look_at(desk: Desk) -> None:
    whole = load_company()
    few = tuple(one for one in whole.interviews if one.slug in {*CHANGED, "26-accounts-jean"})
    company = replace(whole, interviews=few)
    visitor, place = person_id(company.morning.visitor), room_id(company, company.project.channel)
    past = Past(company, WORKSPACE, channel_id=channel_id(company, "pilot"), morning=NOW)
    await past.tell(desk.database)
    await tell_programme(desk.database, company, WORKSPACE, morning=NOW)
    await write_letter(desk.database, company, WORKSPACE, now=NOW)
    assert await rows(desk.database, "SELECT user_id, step FROM rota_talks") == [(visitor, "invite")]
    await look(desk, WORKSPACE)
    ((slot,),) = await rows(desk.database, "SELECT slot_key FROM unasked WHERE kind = 'part_letter'")
    thanked = await rows(
        desk.database, f"SELECT slot_key FROM unasked WHERE kind = 'reached' AND place = '{visitor}'"
    )
    assert thanked
    async with desk.read() as session:
        standing = await objectives.standing(session, WORKSPACE, visitor)
        assert standing is not None
        assert await lines_of(session, WORKSPACE, standing, desk.now())
        letter = await told_now(session, WORKSPACE, place, slot, desk.now())
    assert letter is not None
    assert "We asked five agencies" in str(letter.payload)
