"""Invited, a guide, a talk, notes, a story, thanks, the objective: the whole way in the playground."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot import ids
from bot.attention_rounds import decide_waiting
from bot.messages.blocks import values_of
from bot.momentum.rounds import look
from bot.objective import ids as objective_ids
from bot.rota import ids as rota_ids
from playground.client import Modal, Room, SeenMessage
from tests.bot.home.test_home import home_of
from tests.bot.rota.conftest import NIA, House, ask, next_day
from tests.conftest import NOW, WORKSPACE


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
    await ana.modal(holding="You are on the rota")


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
    await set_out(house)
    await joined_by_command(house)
    guide = await said_yes(house)
    await prepared(house, guide)
    await written_up(house, guide)
    ((story, state),) = await house.rows("SELECT id, state FROM stories")
    assert state == "published"

    await thanked(house, story)
    await next_day(house, NOW + timedelta(days=15))
    assert await house.rows("SELECT state FROM rota_talks") == [("done",)]
    await reached(house)
    await objective_stands(house)


async def set_out(house: House) -> None:
    """Ana says what she would like to do about customers this quarter."""
    ana = house.person("ana")
    await ana.command("/firsthand objective", channel="pilot")
    form = await ana.modal("Customer insight")
    await form.submit({"words": "Hear why wards still print.", "aim": "gathering", "span": "quarter"})
    await (await ana.modal("Customer insight")).close()


async def thanked(house: House, story: int) -> None:
    """Colleagues think about the story in two channels, thank her for it, and Ben changes something."""
    ben, pilot = house.person("ben"), house.world.channel("pilot")
    await house.share(story)
    await house.share(story, "lobby")
    told = await pilot.wait_for("Paper never asks me to log in", as_="ben")
    await ben.click(told, ids.STORY_THANKS)
    for name in ("ben", "mika", "noor"):
        await house.person(name).click(told, ids.STORY_THOUGHT)
    await ben.click(told, ids.STORY_ACT)
    await (await ben.modal("I’ll act on it")).submit({"what": "Let wards in without a password"})
    task = await home_of(house, "ben", "Let wards in without a password")
    await ben.click(task, ids.FOLLOW_UP_DONE)
    await (await ben.modal("It’s done")).submit({"closing": "Wards stay logged in for a whole shift."})
    direct = house.world.channel(await house.person("ana").dm())
    await direct.wait_for("thanked you", as_="ana")


async def reached(house: House) -> None:
    """She hears how far it went, once: in the week after, as this one brought enough."""
    assert await look(house.desk, WORKSPACE) == 1
    for days in (15, 22):
        house.clock.moment = NOW + timedelta(days=days)
        await decide_waiting(house.desk, WORKSPACE)
    house.desk.wake_outbox()
    ana = house.person("ana")
    note = await house.world.channel(await ana.dm()).wait_for("reached people", as_="ana")
    for words in ("told in 2 channels", "3 people thought about it", "Wards stay logged in"):
        assert words in note.words()


async def objective_stands(house: House) -> None:
    """All of it stands in her objective, by itself, and on a page if she likes."""
    ana = house.person("ana")
    await ana.command("/firsthand objective", channel="pilot")
    window = await ana.modal("Customer insight")
    for words in ("Hear why wards still print.", "Paper on every ward", "Wards stay logged in"):
        assert words in window.words()
    await ana.click(window, objective_ids.OBJECTIVE_PAGE)
    await (await ana.modal("A page for my review")).submit({})
    await (await ana.modal("A page for my review")).submit({})
    await file_in(house.world.channel(await ana.dm()), "customer-insight-2026-12-08.md")


async def file_in(room: Room, name: str) -> None:
    """Wait for a file of this name."""

    async def look() -> bool:
        seen = await room.messages(as_="ana", threads=True)
        return any(file["name"] == name for one in seen for file in one.raw.get("files", ()))

    assert await room._control.until(look, f"the file {name}", seconds=20)
