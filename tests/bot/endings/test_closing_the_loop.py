"""From a promise to a customer who was told, and to everybody who had listened, through Slack."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from bot import ids
from bot.attention_rounds import decide_waiting
from bot.endings.spreading import spread
from bot.reminders import remind
from playground.panes import Clickable
from storage import customers
from tests.bot.digest.conftest import form, listens, ticks
from tests.bot.home.test_home import home_of
from tests.bot.stories.conftest import BAKER, House
from tests.conftest import WORKSPACE

MONDAY, TUESDAY = date(2026, 11, 16), datetime(2026, 11, 17, 9, 0, 5, tzinfo=UTC)
PROMISED = replace(BAKER, promise="Send her the new list", promise_by=MONDAY.isoformat())
CHANGED = "The VAT number is asked for last, <!channel> & *here*"
NEWS = (
    "On Sunday somebody rang before breakfast: seven trays were burnt while she searched behind the counter "
    "for yesterday's receipts. Nobody had warned her that the printer sleeps after midnight. We found it "
    "together, laughing, between flour sacks, bicycles, school bags and three very patient customers."
)
ANEW = "It is asked last, and once"
SHOWN = "The VAT number is asked for last"


async def end_it(house: House, name: str, shown: Clickable, closing: str = CHANGED, link: str = "") -> None:
    person = house.person(name)
    await person.click(shown, ids.FOLLOW_UP_DONE)
    await (await person.modal("It’s done")).submit({"closing": closing, "link": link})


async def hear(house: House) -> None:
    """What waits goes, as with the next tick."""
    await spread(house.desk, WORKSPACE)
    await decide_waiting(house.desk, WORKSPACE)
    house.desk.wake_outbox()


async def kept(house: House) -> None:
    """Ana writes a promise up, Ben reacts to its story, and on its day Ana has kept it."""
    house.clock.moment = datetime(2026, 11, 16, 6, tzinfo=UTC)
    await house.share(await house.story(PROMISED))
    post = await house.world.channel("pilot").wait_for(BAKER.title)
    ana, ben = house.person("ana"), house.person("ben")
    await ben.click(post, ids.STORY_THOUGHT)
    house.clock.moment = datetime(2026, 11, 16, 9, tzinfo=UTC)
    await remind(house.desk, WORKSPACE)
    direct = house.world.channel(await ana.dm())
    reminder = await direct.wait_for("Today is the day you promised", as_="ana")
    await end_it(house, "ana", reminder, link="https://tracker.example/INV-12")
    draft = await direct.wait_for("Here is a message to send", as_="ana")
    assert "Hello Marta Ortega," in draft.words()
    assert "I promised you: Send her the new list" in draft.words()
    await ana.click(draft, ids.ENDING_TOLD)
    await direct.wait_for("You told the customer on 16 November", as_="ana")


async def test_a_promise_is_kept_the_customer_told_and_everybody_who_listened_hears(house: House) -> None:
    await kept(house)
    ana, ben, pilot = house.person("ana"), house.person("ben"), house.world.channel("pilot")
    # The story itself ends so, wherever it stands, with nothing in it obeyed.
    ended = await pilot.wait_for("What came of it")
    assert SHOWN in ended.words()
    assert "<!channel>" not in str(ended.blocks)
    # Its readers hear of it once, and so does the channel: no story of hers is new to ride along with.
    await listens(house)
    await house.story(replace(form(1), name="Ida Ek"))
    await hear(house)
    heard = await house.world.channel(await ben.dm()).wait_for("Something came of a story", as_="ben")
    assert SHOWN in heard.words()
    told = await pilot.wait_for(f"What came of “{BAKER.title}”")
    assert (BAKER.quotes[0] in told.words(), SHOWN in told.words()) == (True, True)
    house.clock.moment = TUESDAY
    assert await ticks(house) == 1
    house.desk.wake_outbox()
    assert SHOWN not in (await pilot.wait_for("Story 1")).words()
    await hear(house)
    assert await house.rows("SELECT count(*) FROM unasked WHERE kind IN ('heard', 'said_and_done')") == [(2,)]
    # Said in other words, all of them follow; taken back, it leaves them at once.
    direct = house.world.channel(await ana.dm())
    await ana.click(await direct.wait_for("You told the customer", as_="ana"), ids.ENDING_CHANGE)
    await (await ana.modal("What came of it")).submit({"closing": ANEW})
    await pilot.wait_until_gone(SHOWN)
    assert any("What came of “" in one.words() and ANEW in one.words() for one in await pilot.messages())
    await ana.click(await direct.wait_for("You told the customer", as_="ana"), ids.ENDING_CHANGE)
    await ana.click(await ana.modal("What came of it"), ids.ENDING_TAKE_BACK)
    await pilot.wait_until_gone(ANEW)
    await house.world.channel(await ben.dm()).wait_until_gone(ANEW, as_="ben")
    await pilot.wait_for("a customer’s story that was taken back")


async def test_what_came_of_it_rides_along_with_the_customers_next_story(house: House) -> None:
    await kept(house)
    await listens(house)
    house.clock.moment = datetime(2026, 11, 16, 20, tzinfo=UTC)
    await spread(house.desk, WORKSPACE)
    await house.story(
        replace(BAKER, customer_id=1, title="The ovens are hot", happened=NEWS, quotes=("I asked. It went.",))
    )
    house.clock.moment = TUESDAY
    assert await ticks(house) == 1
    house.desk.wake_outbox()
    told = (await house.world.channel("pilot").wait_for("You said, we did")).words()
    assert told.index("The ovens are hot") < told.index(SHOWN)


async def test_who_did_not_talk_with_the_customer_learns_no_more_than_readers_do(house: House) -> None:
    await house.story(PROMISED)
    async with house.desk.begin() as session:
        customer = await customers.named(session, WORKSPACE, "Marta Ortega", "")
        assert customer is not None
    ana, mika = house.person("ana"), house.person("mika")
    home = await home_of(house, "ana", "Send her the new list")
    await ana.click(home, ids.FOLLOW_UP_DONE)
    await ana.click(await ana.modal("It’s done"), ids.FOLLOW_UP_HAND)
    await (await ana.modal("Hand it over")).submit({"colleague": mika.id})
    asked = await house.world.channel(await mika.dm()).wait_for("would take this over", as_="mika")
    seats = "SELECT kind, attention_seat FROM deliveries WHERE slot_key LIKE 'hand:%'"
    assert await house.rows(seats) == [("hand_over", 1)], "it counts among what they hear in a week"
    await mika.click(asked, ids.FOLLOW_UP_TAKE)
    await house.world.channel(await mika.dm()).wait_for("You took this over", as_="mika")
    await house.world.channel(await ana.dm()).wait_for("takes this over", as_="ana")
    await end_it(house, "mika", await home_of(house, "mika", "Send her the new list"))
    draft = await house.world.channel(await mika.dm()).wait_for("Here is a message", as_="mika")
    assert "Marta" not in draft.words()
    assert "knows how to reach them" in draft.words()
    assert BAKER.quotes[0] in draft.words(), "readers know what was said"
