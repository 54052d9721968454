"""Who may do what with the two commands, through Slack."""

from __future__ import annotations

from bot.stage import ids as stage_ids
from storage import people
from tests.bot.stage.conftest import House
from tests.conftest import NOW


async def test_editors_choose_days_and_guests_see_no_events(house: House) -> None:
    ana, ben, gus = (house.person(one) for one in ("ana", "ben", "gus"))
    await ben.command("/firsthand remember", channel="pilot")
    assert "Only editors and workspace admins" in (await ben.ephemerals("pilot"))[-1].words()
    async with house.desk.begin() as session:
        await people.grant(session, house.world.team_id, ben.id, "editor", by=ana.id, now=NOW)
    await ben.command("/firsthand remember", channel="pilot")
    window = await ben.modal("Remember why")
    await window.submit({"words": "The day we opened", "of": "A customer’s day", "since": "2019-11-16"})
    assert "which customer" in (await ben.errors())[stage_ids.REMEMBER_CUSTOMER]
    await (await ben.modal()).submit({"of": "Our own anniversary"})
    listed = await ben.modal("Remember why")
    assert "The day we opened* · 16 November 2019 (ours)" in listed.words()
    await listed.choose(stage_ids.REMEMBER_REMOVE)
    await ben.modal(holding="No day has been chosen yet")
    assert await house.rows("SELECT act FROM audit WHERE object_kind = 'remember_day' ORDER BY id") == [
        ("add_remember_day",),
        ("drop_remember_day",),
    ]
    await gus.command("/firsthand event", channel="lobby")
    assert "company’s own people" in (await gus.ephemerals("lobby"))[-1].words()
