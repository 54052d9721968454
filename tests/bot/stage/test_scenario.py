"""A customer's talk from announcement to story, in three time zones, over the change to summer time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.erasing.handing import delete_files
from bot.messages.blocks import values_of
from bot.stage import ids as stage_ids
from bot.stage.rounds import look
from playground.client import Modal, SeenMessage
from playground.setup import Person as Colleague
from storage import events
from storage.holdings import About
from tests.bot.stage.conftest import House
from tests.bot.stories.conftest import BAKER
from tests.bot.stories.conftest import PEOPLE as OTHERS
from tests.conftest import WORKSPACE

PEOPLE = (
    *(one for one in OTHERS if one.handle != "noor"),
    Colleague("noor", "Noor Haddad", tz="America/New_York"),
)
"""Mika is the host in Helsinki, Ben is in London, Noor in New York; Ana in Lisbon looks on."""

ANNOUNCED = datetime(2027, 3, 10, 9, tzinfo=UTC)
"""Standard time everywhere: three in the afternoon in Helsinki would be 13:00 UTC."""

DAY = datetime(2027, 3, 28, tzinfo=UTC)
"""The Sunday on which Europe changes to summer time at 01:00 UTC. New York did so two weeks before."""

TITLE = "An hour with Marta, who does her invoices at four"


def held(modal: Modal) -> dict[str, Any]:
    return values_of({"state": {"values": modal.values}})


async def come(house: House, moment: datetime) -> None:
    """Have a moment come, and what is due then be done."""
    house.clock.moment = moment
    await look(house.desk, WORKSPACE)


async def announced(house: House) -> SeenMessage:
    """Mika plans it, is told what is wrong with the form, and announces it."""
    mika = house.person("mika")
    house.clock.moment = ANNOUNCED
    await house.story(replace(BAKER, sharing="with_name", talked_on="2027-03-01"), by="mika")
    await mika.command("/firsthand event", channel="pilot")
    await (await mika.modal("Customers on stage")).choose(stage_ids.STAGE_NEW)
    pilot = await house.channel_id("pilot")
    form = await mika.modal("Plan an event")
    given = {
        "title": TITLE,
        stage_ids.STAGE_CUSTOMER: "Marta",
        "on_day": "2027-03-28",
        "at": "03:30",
        "place": "https://meet.example/marta",
        "seats": "2",
        "channels": [pilot],
    }
    await form.submit(given)
    assert "clocks in Europe/Helsinki are put forward" in (await mika.errors())["at"]
    await (await mika.modal()).submit({"at": "15:00"})
    assert "once they agreed to be named" in (await mika.errors())["agreed"]
    await (await mika.modal()).submit({"agreed": ["yes"], "words": "Gladly, and do say it is me."})
    await mika.modal(holding="on its way to the channels")
    return await house.world.channel("pilot").wait_for(TITLE, as_="ben")


async def signed_up(house: House, post: SeenMessage) -> None:
    """Two have a seat; Ana waits for one; they ask, and Mika lets in what she likes."""
    ana, ben, noor, mika = (house.person(one) for one in ("ana", "ben", "noor", "mika"))
    for person in (ben, noor, ana):
        await person.click(post, stage_ids.STAGE_COME)
    for person, said in ((ben, "You have a seat"), (noor, "You have a seat"), (ana, "on the waiting list")):
        room = house.world.channel(await person.dm())
        await room.wait_for(said, as_=person.handle)
    for person, question, unnamed in (
        (ben, "Why flour on the screen?", []),
        (noor, "What would you scrap?", ["yes"]),
        (ana, "Is it any good?", ["yes"]),
    ):
        await person.click(post, stage_ids.STAGE_QUESTIONS)
        await (await person.modal("Questions")).submit({"question": question, "anonymous": unnamed})
        await person.modal(holding="once the host has seen it")
        await (await person.modal()).close(whole_stack=True)
    waits = await house.world.channel(await mika.dm()).wait_for("you:* An hour", as_="mika")
    await mika.click(waits, stage_ids.STAGE_QUESTIONS)
    in_, out = stage_ids.STAGE_LET_IN, stage_ids.STAGE_LEAVE_OUT
    for number, choice in ((1, in_), (2, in_), (3, out)):
        await mika.click(await mika.modal("Questions"), choice, block_id=f"question:{number}")
    await (await mika.modal()).close(whole_stack=True)
    await ben.click(post, stage_ids.STAGE_QUESTIONS)
    asked = await ben.modal("Questions")
    assert "asked without a name" in asked.words()
    assert "any good" not in asked.words()
    await ben.click(asked, stage_ids.STAGE_VOTE, block_id="question:2")
    await (await ben.modal()).close(whole_stack=True)


async def changed(house: House) -> None:
    """An hour later, and a seat more: everybody hears of it, and Ana moves up."""
    mika, ana, ben = house.person("mika"), house.person("ana"), house.person("ben")
    await mika.command("/firsthand event", channel="pilot")
    await (await mika.modal("Customers on stage")).choose(stage_ids.STAGE_OPEN)
    await (await mika.modal("An event")).choose(stage_ids.STAGE_CHANGE)
    form = await mika.modal("Change the event")
    assert held(form)["at"] == "15:00"
    async with house.desk.begin() as session:
        (coming,) = [one.event for one in await events.coming(session, WORKSPACE)]
        await events.save(session, WORKSPACE, replace(coming, about="As an editor has it."))
    await form.submit({"at": "16:00", "seats": "3"})
    assert "Somebody changed this" in str(await mika.errors())
    async with house.desk.begin() as session:
        await events.save(session, WORKSPACE, coming)
    await (await mika.modal()).submit({"at": "16:00", "seats": "3"})
    await mika.modal(holding="hear of it")
    await look(house.desk, WORKSPACE)
    await house.world.channel(await ana.dm()).wait_for("A seat is free, and it is yours", as_="ana")
    moved = await house.world.channel(await ben.dm()).wait_for("Changed:", as_="ben")
    assert f"<!date^{int((DAY + timedelta(hours=13)).timestamp())}^" in str(moved.raw)
    await ben.click(moved, stage_ids.STAGE_CALENDAR)
    await taken_down_with_its_host(house)


async def taken_down_with_its_host(house: House) -> None:
    """The calendar file stands under Ben's ticket, and goes with Mika, whose room it names."""
    ben = house.person("ben")
    ticket = house.world.channel(await ben.dm())

    async def stands() -> bool:
        seen = await ticket.messages(as_="ben", threads=True)
        files = [file for one in seen if "thread_ts" in one.raw for file in one.raw.get("files", ())]
        return any(file.get("mode") != "tombstone" for file in files)

    await house.world.until(stands, "a calendar file")
    await delete_files(house.desk, WORKSPACE, About.EMPLOYEE, house.person("mika").id)
    assert not await stands()


async def reminded(house: House) -> None:
    """The day before by each one's own clock: nine in New York is an hour before two in London."""
    assert await reminders(house) == set()
    await come(house, DAY - timedelta(hours=11, seconds=1))
    assert await reminders(house) == set()
    await come(house, DAY - timedelta(hours=11))
    assert await reminders(house) == {("noor", "day")}
    await come(house, DAY - timedelta(hours=10))
    assert await reminders(house) == {(one, "day") for one in ("noor", "ben", "ana")}
    await come(house, DAY + timedelta(hours=12, minutes=50))
    assert {one for one, what in await reminders(house) if what == "soon"} == {"noor", "ben", "ana"}
    noor = house.person("noor")
    await house.world.channel(await noor.dm()).wait_for("In ten minutes:", as_="noor")


async def reminders(house: House) -> set[tuple[str, str]]:
    names = {house.person(one).id: one for one in ("ana", "ben", "noor", "mika")}
    found = await house.rows("SELECT channel_id, slot_key FROM deliveries WHERE kind = 'event'")
    told = ((names.get(place, ""), slot.split(":")[2]) for place, slot in found)
    return {(name, what) for name, what in told if what in ("day", "soon")}


async def heard(house: House) -> None:
    """The thread of the hour begins; Noor takes notes under her ticket; Mika hears what follows."""
    await come(house, DAY + timedelta(hours=13))
    hour = await house.world.channel("pilot").wait_for("It begins:", as_="ben")
    assert hour.raw["thread_ts"] != hour.raw["ts"]
    words = hour.words()
    assert words.index("What would you scrap?") < words.index("Why flour on the screen?")
    assert "any good" not in words
    noor = house.person("noor")
    private = house.world.channel(await noor.dm())
    ticket = await private.wait_for("You have a seat", as_="noor")
    for note in ("She closes her books at four in the morning.", '"Let me scan it and go to bed."'):
        await noor.say(note, private.name, thread=ticket)
    await private.wait_for("Kept, and so is", as_="noor")
    await come(house, DAY + timedelta(hours=14))
    mika = house.person("mika")
    after = await house.world.channel(await mika.dm()).wait_for("3 colleagues had a seat", as_="mika")
    assert "Hello Marta" in after.words()
    await mika.click(after, stage_ids.STAGE_THANKED)
    await house.world.channel(await mika.dm()).wait_for("You thanked them on 28 March 2027", as_="mika")


async def written_up(house: House) -> None:
    """Noor's notes become a story, which the event leads to."""
    noor = house.person("noor")
    over = await house.world.channel(await noor.dm()).wait_for("Thank you for coming", as_="noor")
    await noor.click(over, stage_ids.STAGE_WRITE_UP)
    who = await noor.modal()
    filled = held(who)
    assert (filled["talked_on"], filled["how"]) == ("2027-03-28", "event")
    assert "Ortega Bakery" in str(filled)
    await who.submit()
    what = await noor.modal()
    assert "closes her books at four" in str(held(what))
    await what.submit({"trying_to": "Close her books.", "happened": "She closes her books at four."})
    assert held(await noor.modal())["quote_0"] == "Let me scan it and go to bed."
    for given in ({}, {"title": "Books at four in the morning"}, {"sharing": "with_name"}, {}):
        await noor.submit(given)
    await (await noor.modal()).close(whole_stack=True)
    ben = house.person("ben")
    await ben.command("/firsthand event", channel="pilot")
    await (await ben.modal("Customers on stage")).choose(stage_ids.STAGE_OPEN)
    assert "Books at four in the morning" in (await ben.modal("An event")).words()
    await (await ben.modal()).close(whole_stack=True)


async def shown_and_taken_back(house: House) -> None:
    """A recording is shown; then Marta takes her name back, and nothing of her stands anywhere."""
    mika, ben = house.person("mika"), house.person("ben")
    await mika.command("/firsthand event", channel="pilot")
    await (await mika.modal("Customers on stage")).choose(stage_ids.STAGE_OPEN)
    await (await mika.modal("An event")).choose(stage_ids.STAGE_RECORDING)
    await (await mika.modal("A recording")).submit({"recording": "https://watch.example/marta"})
    assert "once they agreed to it" in (await mika.errors())["agreed"]
    await (await mika.modal()).submit({"agreed": ["yes"]})
    pilot, private = house.world.channel("pilot"), house.world.channel(await ben.dm())
    await look(house.desk, WORKSPACE)
    await pilot.wait_for("Watch it: <https://watch.example/marta", as_="ben")
    await private.wait_for("Watch it: <https://watch.example/marta", as_="ben")
    await (await mika.modal()).close()
    await (await mika.modal("An event")).choose(stage_ids.STAGE_TAKE_BACK)
    await mika.modal(holding="Their name is gone")
    await look(house.desk, WORKSPACE)
    await pilot.wait_until_gone(TITLE, as_="ben")
    await pilot.wait_until_gone("It begins:", as_="ben")
    await private.wait_until_gone(TITLE, as_="ben")
    for room in (pilot, private):
        seen = await room.messages(as_="ben", threads=True)
        assert not [one for one in seen if "Marta" in str(one.raw) or "watch.example" in str(one.raw)]


async def test_from_announcement_to_story_over_the_change_to_summer_time(house: House) -> None:
    post = await announced(house)
    at = int((DAY + timedelta(hours=12)).timestamp())
    assert f"<!date^{at}^" in str(post.raw), "three in Helsinki by summer time, which holds on that day"
    assert "15:00 (Helsinki)" in post.words()
    await signed_up(house, post)
    await changed(house)
    await reminded(house)
    await heard(house)
    await written_up(house)
    await shown_and_taken_back(house)
