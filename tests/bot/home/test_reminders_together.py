"""All that is due on one day is one private message, and says what the week still holds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot import ids, publishing
from bot.messages import follow_up
from bot.messages.follow_up import Due
from storage import follow_ups, reminders
from tests.blockkit import assert_valid
from tests.bot.home.test_follow_ups import MONDAY, look_after
from tests.bot.stories.conftest import BAKER, House
from tests.conftest import WORKSPACE

EARLY = datetime(2026, 11, 16, 5, tzinfo=UTC)
MORNING = datetime(2026, 11, 16, 9, tzinfo=UTC)
THINGS = ("Call her back", "Send the list", "Move the VAT number", "Ask about Lisbon", "Fix the printer")


async def take_on_all(house: House, story_id: int, days: dict[str, date]) -> None:
    """Ben says that he will do these, early in the morning."""
    house.clock.moment = EARLY
    [(interview,)] = await house.rows(f"SELECT interview_id FROM stories WHERE id = {story_id}")
    async with house.desk.begin() as session:
        for what, due_on in days.items():
            await follow_ups.take_on(
                session, WORKSPACE, interview, kind=follow_ups.ACT, owner_id=house.person("ben").id,
                what=what, due_on=due_on, now=EARLY,
            )  # fmt: skip
    house.clock.moment = MORNING


async def test_what_is_due_on_one_day_comes_in_one_message_and_is_ticked_off_there(house: House) -> None:
    story_id, ben = await house.story(), house.person("ben")
    await take_on_all(house, story_id, dict.fromkeys(THINGS, MONDAY))
    assert await look_after(house) == 1
    direct = house.world.channel(await ben.dm())
    message = await direct.wait_for("the day for 5 things", as_="ben")
    assert all(what in message.words() for what in THINGS)
    assert await house.rows("SELECT count(*) FROM deliveries WHERE attention_seat IS NOT NULL") == [(1,)]
    for number, _what in enumerate(THINGS):
        left = len(THINGS) - number - 1
        await ben.click(message, ids.FOLLOW_UP_DONE)
        await (await ben.modal("It’s done")).submit({"closing": "The page says so now"})
        lines = {0: "Nothing left for today", 1: "the day for one thing"}
        message = await direct.wait_for(lines.get(left, f"the day for {left} things"), as_="ben")
    assert ids.FOLLOW_UP_DONE not in message.actions()
    assert await house.rows("SELECT count(*) FROM follow_ups WHERE done_at IS NULL") == [(0,)]
    said = [message.words() for message in await direct.messages(as_="ben")]
    assert len([one for one in said if "Nothing left" in one or "day for" in one]) == 1


async def test_the_message_names_what_the_week_still_holds(house: House) -> None:
    week = {f"Thing {number}": MONDAY + timedelta(days=number) for number in range(8)}
    await take_on_all(house, await house.story(), week)
    assert await look_after(house) == 1
    ben = house.person("ben")
    message = await house.world.channel(await ben.dm()).wait_for("Thing 0", as_="ben")
    assert "Later this week:" in message.words()
    assert "*Thing 5*, Saturday" in message.words()
    assert "one more, in my Home tab" in message.words(), "of six, five are named"
    assert "Thing 7" not in message.words(), "next Monday is another week"


async def test_a_story_taken_back_is_named_in_none_of_its_reminders(house: House) -> None:
    story_id, ben = await house.story(), house.person("ben")
    await take_on_all(house, story_id, dict.fromkeys(THINGS[:2], MONDAY))
    await look_after(house)
    direct = house.world.channel(await ben.dm())
    await direct.wait_for(BAKER.title, as_="ben")
    async with house.desk.begin() as session:
        await publishing.withdraw(session, WORKSPACE, story_id, by="U1", now=MORNING)
    house.desk.wake_outbox()
    await direct.wait_until_gone(BAKER.title, as_="ben")
    assert "Send the list" in (await direct.wait_for("Call her back", as_="ben")).words()


async def test_what_was_said_this_morning_for_today_is_not_told_back(house: House) -> None:
    await take_on_all(house, await house.story(), {"Call her back": MONDAY})
    async with house.desk.begin() as session:
        ben, story = house.person("ben").id, await house.rows("SELECT interview_id FROM stories")
        await follow_ups.take_on(
            session, WORKSPACE, story[0][0], kind=follow_ups.ACT, owner_id=ben,
            what="Just said", due_on=MONDAY, now=MORNING + timedelta(minutes=20),
        )  # fmt: skip
    house.clock.moment = MORNING + timedelta(minutes=30)
    assert await look_after(house) == 1
    message = await house.world.channel(await house.person("ben").dm()).wait_for("Call her", as_="ben")
    assert "Just said" not in message.words()


async def test_nobodys_reminders_are_torn_apart_by_how_many_are_looked_at(house: House) -> None:
    await take_on_all(house, await house.story(), dict.fromkeys(THINGS, MONDAY))
    async with house.desk.begin() as session:
        for task in await follow_ups.open_of(session, WORKSPACE, house.person("ben").id):
            await reminders.set_time(session, WORKSPACE, task.id, MORNING)
        assert len(await reminders.due(session, WORKSPACE, MORNING, most=2)) == len(THINGS)


def test_the_longest_day_fits_slack() -> None:
    longest, nasty = "W" * 300, "<!channel> & *so* _on_"
    several = [
        Due(
            follow_up_id=number,
            what=longest if number % 2 else nasty,
            about=longest,
            promised=number % 3 == 0,
        )
        for number in range(50)
    ]
    week = [(longest, MONDAY)] * 6
    for payload in (
        follow_up.reminders(several, later=week),
        follow_up.reminders([], later=()),
        follow_up.reminder(
            Due(follow_up_id=1, what=longest, about=longest, promised=True, link=f"https://a.b/{'c' * 280}"),
            later=week,
        ),
        follow_up.reminder(Due(follow_up_id=1, what=nasty, about=nasty, promised=True, since=MONDAY)),
    ):
        assert_valid(payload, "message")
        assert "<!channel>" not in str(payload)
    assert "30 more, in my Home tab" in str(follow_up.reminders(several))
