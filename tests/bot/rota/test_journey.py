"""Invited, a guide, a talk, notes, a story, thanks: the whole way in the playground."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot import ids
from bot.messages.blocks import values_of
from bot.rota import ids as rota_ids
from playground.client import Modal, Room, SeenMessage
from tests.bot.rota.conftest import NIA, House, ask, next_day
from tests.conftest import NOW


def held(modal: Modal) -> dict[str, Any]:
    return values_of({"state": {"values": modal.values}})


async def joined_by_command(house: House) -> None:
    """Ana joins by the command, once her country is one that there is."""
    ana = house.person("ana")
    await ask(house.desk.database)
    await ana.command("/firsthand rota", channel="pilot")
    window = await ana.modal("The rota")
    await window.submit({"rhythm": "4", "part": "Support", "country": "Atlantis"})
    assert "no public holidays" in (await ana.errors())["country"]
    await (await ana.modal()).submit({"country": "United Kingdom"})
    assert "You are on the rota" in (await ana.modal()).words()


async def said_yes(house: House) -> SeenMessage:
    """Ana is invited in private and says yes; her guide."""
    ana = house.person("ana")
    await next_day(house, NOW)
    await next_day(house, NOW + timedelta(hours=6))
    private = house.world.channel(await ana.dm())
    asked = await private.wait_for("Would you talk with Nia Prothero of Cardiff Clinics?", as_="ana")
    assert "No is a fine answer" in asked.words()
    assert NIA.reach not in str(asked.raw)
    await ana.click(asked, rota_ids.ROTA_YES)
    guide = await private.wait_for("Three questions worth asking", as_="ana")
    assert "Nobody here has written up a talk with them yet" in guide.words()
    await private.wait_for("You said yes to talking with Nia Prothero", as_="ana")
    return guide


async def prepared(house: House, guide: SeenMessage) -> None:
    """She looks up how to reach the customer, takes a calendar file, and jots two notes down."""
    ana = house.person("ana")
    private = house.world.channel(await ana.dm())
    await ana.click(guide, rota_ids.ROTA_REACH)
    reached = await ana.modal("How to reach them")
    assert NIA.reach in reached.words()
    assert "Hello Nia" in reached.words()
    await reached.close()
    await ana.click(guide, rota_ids.ROTA_CALENDAR)
    await file_in(private, "customer-talk.ics")
    for note in (
        "She was trying to get the ward's forms done before the night shift.",
        '"Paper never asks me to log in."',
    ):
        await ana.say(note, private.name, thread=guide)
    await private.wait_for("Kept, and so is", as_="ana")


async def written_up(house: House, guide: SeenMessage) -> None:
    """After the talk the write-up is half done, and she tells it."""
    ana = house.person("ana")
    await ana.command("/interview", channel="pilot")
    drafts = await ana.modal()
    assert "Nia Prothero" in drafts.words(), "half written already"
    await drafts.close()
    await ana.click(guide, ids.INTERVIEW_FROM_THREAD)
    who = await ana.modal()
    assert [value for field, value in held(who).items() if field.startswith("company")] == ["Cardiff Clinics"]
    house.clock.moment = NOW + timedelta(days=7)
    await who.submit({"talked_on": "2026-11-20"})
    what = await ana.modal()
    assert "night shift" in str(held(what))
    await what.submit({"trying_to": "Get the forms done before the shift.", "happened": "She printed them."})
    assert held(await ana.modal())["quote_0"] == "Paper never asks me to log in."
    for given in ({}, {"title": "Paper on every ward"}, {"sharing": "with_name"}, {}):
        await ana.submit(given)


async def test_invited_guided_noted_written_up_told_and_thanked(house: House) -> None:
    await joined_by_command(house)
    guide = await said_yes(house)
    await prepared(house, guide)
    await written_up(house, guide)
    ((story, state),) = await house.rows("SELECT id, state FROM stories")
    assert state == "published"

    ben = house.person("ben")
    await house.share(story)
    told = await house.world.channel("pilot").wait_for("Paper never asks me to log in", as_="ben")
    await ben.click(told, ids.STORY_THANKS)
    await next_day(house, NOW + timedelta(days=15))
    assert await house.rows("SELECT state FROM rota_talks") == [("done",)]
    assert await house.rows("SELECT kind FROM reactions") == [("thanks",)]


async def file_in(room: Room, name: str) -> None:
    """Wait for a file of this name."""

    async def look() -> bool:
        seen = await room.messages(as_="ana", threads=True)
        return any(file["name"] == name for one in seen for file in one.raw.get("files", ()))

    assert await room._control.until(look, f"the file {name}", seconds=20)
