"""The other buttons in the playground: another time, short forms, a proposal, a pause, a part’s rhythm."""

from __future__ import annotations

from datetime import timedelta

from bot.rota import ids as rota_ids
from storage import people
from tests.bot.rota.conftest import House, ask, next_day
from tests.conftest import NOW


async def on_the_rota(house: House) -> None:
    ana = house.person("ana")
    await ana.command("/firsthand rota", channel="pilot")
    await (await ana.modal("The rota")).submit()
    await (await ana.modal("The rota")).close()


async def test_another_time_is_chosen_and_the_guide_has_it(house: House) -> None:
    ana = house.person("ana")
    await ask(house.desk.database)
    await on_the_rota(house)
    await next_day(house, NOW)
    await next_day(house, NOW + timedelta(hours=6))
    private = house.world.channel(await ana.dm())
    asked = await private.wait_for("Would you talk with Nia", as_="ana")
    await ana.click(asked, rota_ids.ROTA_LATER)
    modal = await ana.modal("Another time")
    await modal.submit({"which": "weeks"})
    assert "when I may ask you again" in (await ana.errors())["weeks"]
    await (await ana.modal()).submit(
        {"which": "at", "at": str(int((NOW + timedelta(days=8, hours=1)).timestamp()))}
    )
    await ana.modal(holding="That time it is")
    await private.wait_for("Tuesday 24 November, 10:00", as_="ana")
    await (await ana.modal()).close()

    await ana.command("/firsthand rota", channel="pilot")
    window = await ana.modal("The rota")
    assert "Coming up:* Nia Prothero" in window.words()
    await window.choose(rota_ids.ROTA_LEAVE)
    await private.wait_for("This conversation is off", as_="ana")
    assert await house.rows("SELECT state FROM rota_talks") == [("called_off",)]


async def test_listening_in_helping_and_proposing_from_the_window(house: House) -> None:
    ana = house.person("ana")
    await on_the_rota(house)
    await ana.command("/firsthand rota", channel="pilot")
    window = await ana.modal("The rota")
    await window.choose(rota_ids.ROTA_HELPED)
    short = await ana.modal("I helped a customer")
    await short.submit({"name": "The baker", "on_day": "2027-01-01"})
    assert "still to come" in (await ana.errors())["on_day"]
    await (await ana.modal()).submit({"on_day": "2026-11-16", "heard": "She cannot find the export."})
    await ana.modal(holding="in a draft on your Home tab")
    assert await house.rows("SELECT kind, state FROM rota_talks") == [("helping", "done")]
    await (await ana.modal()).close(whole_stack=True)

    await ana.command("/firsthand rota", channel="pilot")
    window = await ana.modal("The rota")
    assert "one conversation so far" in window.words()
    await window.choose(rota_ids.ROTA_PROPOSE)
    given = {"name": "Nia", "reach": "nia@clinics.example", "time_zone": "nowhere", "agreed": ["yes"]}
    await (await ana.modal("Propose a customer")).submit(given)
    assert "no time zone" in (await ana.errors())["time_zone"]
    await (await ana.modal()).submit({"time_zone": "London"})
    await ana.modal(holding="on the rota’s list")
    await (await ana.modal()).close(whole_stack=True)

    await ana.command("/firsthand rota", channel="pilot")
    await (await ana.modal("The rota")).choose(rota_ids.ROTA_PAUSE)
    assert "You are pausing" in (await ana.modal("The rota")).words()


async def test_a_parts_rhythm_is_for_managers_and_admins_and_guests_join_nothing(house: House) -> None:
    ana, mika, gus = house.person("ana"), house.person("mika"), house.person("gus")
    async with house.desk.begin() as session:
        await people.grant(session, house.world.team_id, mika.id, "manager", by=ana.id, now=NOW)
    await mika.command("/firsthand rota part", channel="pilot")
    await (await mika.modal("A part’s rhythm")).submit({"part": "Support", "weeks": "4"})
    await mika.modal(holding="It holds for those of Support")
    assert await house.rows("SELECT part, every_weeks FROM rota_parts") == [("Support", 4)]
    assert await house.rows("SELECT act FROM audit WHERE act = 'set_rhythm'") == [("set_rhythm",)]
    await house.person("noor").command("/firsthand rota part", channel="pilot")
    assert "managers and workspace admins" in (await house.person("noor").ephemerals("pilot"))[-1].words()
    await gus.command("/firsthand rota", channel="lobby")
    assert "company’s own people" in (await gus.ephemerals("lobby"))[-1].words()
