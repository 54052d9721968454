"""What nobody has told us yet becomes a conversation that somebody is to have, and in the end a story."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bot import ids
from bot.avatars.wanted_reminding import remind_of_talks
from bot.avatars.wanting import Wanted, want
from bot.messages import wanted as words
from bot.messages.blocks import values_of
from playground.client import Modal, Person
from playground.controlling import PATIENCE_SECONDS
from storage import drafts, wanted_talks
from storage.wanted_talks import WantedTalk
from tests.blockkit import assert_valid
from tests.bot.avatars.conftest import NURSE, QUOTABLE, House
from tests.bot.avatars.test_why import set_up
from tests.conftest import NOW, WORKSPACE

QUESTION = "which football club wins the cup?"
NASTY = "<!channel> *bold* " * 40


def held(modal: Modal) -> dict[str, Any]:
    """What stands in the fields of a window."""
    return values_of({"state": {"values": modal.values}})


async def no_more_at_home(person: Person, house: House) -> None:
    """Nothing waits for this person to ask a customer."""

    async def look() -> bool:
        return "Ask a customer" not in (await person.home()).words()

    assert await house.world.control.until(look, "a Home without it", seconds=PATIENCE_SECONDS)


async def in_front(house: House, person: Person, words: str) -> Modal:
    """The window in front, once it says this: another one may stand there still."""

    async def look() -> Modal | None:
        modal = await person.modal()
        return modal if words in modal.words() else None

    return await house.world.until(look, f"a window with {words!r}")


async def refused(house: House) -> None:
    """Ana's question is one that no customer has spoken about."""
    await house.story(QUOTABLE)
    await set_up(house, {ids.WHY_SEGMENT: "small business"})
    for person in (house.person("noor"), ana := house.person("ana")):
        # A Home that was looked at follows by itself.
        await person.open_home()
        await person.home()
    await ana.say(f"@firsthand {QUESTION}", channel="pilot")
    said = await house.world.channel("pilot").wait_for("Nobody has told us about that yet", as_="ana")
    await ana.click(said, ids.TALK_PLAN)


async def test_a_question_that_nobody_answered_is_planned_for_a_colleague_and_begun_in_their_write_up(
    house: House,
) -> None:
    await refused(house)
    ana, noor = house.person("ana"), house.person("noor")
    modal = await ana.modal("Plan a conversation")
    by = (NOW + timedelta(days=9)).date().isoformat()
    await modal.submit({"owner": "noor", "due_on": by})
    await ana.modal(holding="hears of it")
    house.desk.wake_outbox()
    note = await house.world.channel(await noor.dm()).wait_for("would like you to ask", as_="noor")
    assert QUESTION in note.words()
    assert "small business · by 25 November 2026" in note.words()
    assert "chose you when planning it" in note.words()

    home = await noor.home("Ask a customer")
    assert QUESTION in home.words()
    await noor.click(home, ids.DRAFT_OPEN)
    who = await noor.modal()
    assert held(who)["segment:0"] == "small business"
    await noor.command("/interview", channel="pilot")
    assert await in_front(house, noor, QUESTION), "the command offers to go on with it as well"
    await noor.click(note, ids.DRAFT_OPEN)
    await (await in_front(house, noor, "step 1 of 6")).submit({"name": "Nia Prothero", "how": "visit"})
    await noor.modal(holding=f"To be asked: {QUESTION}")
    await noor.submit({"trying_to": "Win the cup.", "happened": "She told me all about it."})
    await noor.submit({"quote_0": "It will be Leeds, and I bet on it."})
    assert held(await noor.modal())["title"] == QUESTION
    await noor.submit({})
    await noor.submit({"sharing": "without_name"})
    await noor.submit()
    await noor.modal()
    await no_more_at_home(noor, house)


async def test_it_can_be_ones_own_and_is_asked_of_no_guest(house: House) -> None:
    await refused(house)
    ana = house.person("ana")
    modal = await ana.modal("Plan a conversation")
    await modal.submit({"owner": "gus"})
    assert "is a guest" in (await ana.errors())["owner"]
    await modal.submit({"owner": "ana", "due_on": "2026-11-01"})
    assert "has passed" in (await ana.errors())["due_on"]
    await (await ana.modal()).submit({"due_on": None})
    await ana.modal(holding="on your Home tab")
    assert await house.rows("SELECT kind FROM unasked") == []
    assert await house.rows("SELECT owner_id, segment FROM wanted_talks") == [(ana.id, "small business")]


async def test_a_draft_that_is_thrown_away_is_wanted_no_more(house: House) -> None:
    await refused(house)
    ana = house.person("ana")
    await (await ana.modal("Plan a conversation")).submit()
    await ana.modal("It’s planned")
    home = await ana.home("Ask a customer")
    await ana.click(home, ids.DRAFT_DROP)
    await no_more_at_home(ana, house)


async def test_what_came_of_a_project_becomes_the_story_of_the_customer_whose_words_began_it(
    house: House,
) -> None:
    await house.story(QUOTABLE, by="ben")
    await house.story(NURSE)
    await set_up(house, {ids.WHY_QUOTES: ["at four in the morning", "fewer passwords"]})
    ben, pilot = house.person("ben"), house.world.channel("pilot")
    await ben.command("/why done", channel="pilot")
    await (await ben.modal()).submit({"outcome": "Invoices take eight minutes now."})
    told = await pilot.wait_for("eight minutes")
    await ben.click(told, ids.WHY_STORY)
    who = await ben.modal()
    assert "Marta Ortega" in str(who.raw), "his own customer is known to him"
    await who.submit({"how": "visit"})
    what = await ben.modal()
    assert held(what)["happened"] == "Invoices take eight minutes now."
    assert held(what)["trying_to"] == "A baker sends the month’s invoices in ten minutes."
    assert NURSE.quotes[0] in what.words(), "others’ words stand beside it"
    assert "(Clinics, November 2026)" in what.words()
    await what.submit()
    assert held(await ben.modal())["quote_0"] == QUOTABLE.quotes[0]

    mika = house.person("mika")
    await mika.click(told, ids.WHY_STORY)
    theirs = await mika.modal()
    assert "Marta" not in str(theirs.raw), "who a colleague’s customer is stays theirs"
    await theirs.submit({"name": "Several bakers", "how": "visit"})
    assert QUOTABLE.quotes[0] in (await mika.modal()).words(), "to copy from, not to pass for somebody else’s"


def test_every_window_and_note_is_one_that_slack_takes() -> None:
    talk = WantedTalk(
        id=1,
        question=NASTY[:600],
        segment=NASTY[:40],
        asked_by="U1",
        owner_id="U2",
        due_on=NOW.date(),
        draft_id=1,
        created_at=NOW,
    )
    payload = words.note_to_colleague(talk)
    assert_valid(payload, "message")
    assert_valid(words.due_today(talk), "message")
    assert "<!channel>" not in str(payload)
    assert_valid(words.plan_view(NASTY, segment="clinics", user_id="U1", project_id=1), "modal")
    assert_valid(words.plan_view("", segment="", user_id="U1", project_id=None), "modal")


async def planned_for(house: House, owner: str, day: date) -> int:
    """Ana plans a conversation of that day for somebody; the draft that waits for it."""
    ana = house.person("ana").id
    client = await house.desk.connections.client(WORKSPACE)
    who = await house.desk.colleagues.get(client, WORKSPACE, house.person(owner).id)
    asked = Wanted(question=QUESTION, segment="", asked_by=ana, owner=who, due_on=day, project_id=None)
    async with house.desk.begin() as session:
        number = await want(session, WORKSPACE, asked, house.desk)
        talk = await wanted_talks.get(session, WORKSPACE, number)
    assert talk is not None
    return talk.draft_id


async def test_a_conversation_is_remembered_once_on_its_day_unless_it_was_thrown_away(house: House) -> None:
    day = (NOW + timedelta(days=9)).date()
    for owner in ("noor", "ana", "ben"):
        draft = await planned_for(house, owner, day)
    async with house.desk.begin() as session:
        await drafts.drop(session, WORKSPACE, draft)
    for days, told in ((8, 0), (1, 2), (0, 0)):
        house.clock.advance(timedelta(days=days))
        assert await remind_of_talks(house.desk, WORKSPACE) == told
    house.desk.wake_outbox()
    noor, ana = house.person("noor"), house.person("ana")
    note = await house.world.channel(await noor.dm()).wait_for("Today is the day for asking", as_="noor")
    assert QUESTION in note.words()
    await house.world.channel(await ana.dm()).wait_for("Today is the day you had in mind", as_="ana")
    assert await house.rows("SELECT count(*) FROM unasked WHERE kind = 'talk_due'") == [(2,)]
