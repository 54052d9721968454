"""What people said they would do: listed, remembered on the day, ticked off, and heard of by the author."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot import ids
from bot.follow_through import finish
from bot.preferences import chosen
from bot.reminders import morning_of, remind
from playground.panes import Clickable
from storage import follow_ups, people
from tests.bot.home.test_home import home_of
from tests.bot.stories.conftest import House
from tests.conftest import WORKSPACE

MONDAY = date(2026, 11, 16)


async def take_on(
    house: House,
    by: str,
    what: str,
    due_on: date | None,
    *,
    kind: str = follow_ups.ACT,
    published: bool = True,
) -> int:
    """Somebody takes something on because of Ana's story."""
    story_id = await house.story(published=published)
    [(interview,)] = await house.rows(f"SELECT interview_id FROM stories WHERE id = {story_id}")
    async with house.desk.begin() as session:
        return await follow_ups.take_on(
            session,
            WORKSPACE,
            interview,
            kind=kind,
            owner_id=house.person(by).id,
            what=what,
            due_on=due_on,
            now=house.desk.now(),
        )


async def wanted(house: House, name: str, *kinds: str) -> None:
    """Somebody wants only these private messages."""
    user_id = house.person(name).id
    async with house.desk.begin() as session:
        await people.meet(session, WORKSPACE, user_id, now=house.desk.now())
        await people.choose(session, WORKSPACE, user_id, chosen({}, kinds))


async def look_after(house: House) -> int:
    return await remind(house.desk, WORKSPACE)


async def finish_it(house: House, name: str, shown: Clickable, closing: str = "It is there now") -> None:
    """Somebody says that what this message is about is done."""
    await house.person(name).click(shown, ids.FOLLOW_UP_DONE)
    await (await house.person(name).modal("It’s done")).submit({"closing": closing})


async def test_a_follow_up_due_today_is_the_next_step_and_done_with_a_sentence(house: House) -> None:
    await take_on(house, "ben", "Move the VAT number to the first page", MONDAY)
    ben = house.person("ben")
    home = await home_of(house, "ben", "Move the VAT number")
    assert home.actions()[0] == ids.FOLLOW_UP_DONE
    assert "because of “Invoices at four in the morning”" in home.words()
    await ben.click(home, ids.FOLLOW_UP_DONE, block_id="next_step")
    await (await ben.modal("It’s done")).submit({"closing": "It is asked for last"})
    note = await house.world.channel(await house.person("ana").dm()).wait_for("did what they said", as_="ana")
    assert "Move the VAT number to the first page" in note.words()
    assert "It is asked for last" in note.words()

    async def ticked_off() -> bool:
        return "VAT number" not in (await ben.home()).words()

    await house.world.until(ticked_off, "nothing more to do")


async def test_an_author_hears_once_that_somebody_did_what_they_said(house: House) -> None:
    await take_on(house, "ben", "Call her back", MONDAY)
    home = await home_of(house, "ben", "Call her back")
    await finish_it(house, "ben", home)
    await house.person("ben").click(home, ids.FOLLOW_UP_DONE)
    slots = [slot for (slot,) in await house.rows("SELECT slot_key FROM deliveries ORDER BY slot_key")]
    assert slots == ["done:1", "tell:1"]


async def test_an_author_who_wants_no_such_notes_gets_none(house: House) -> None:
    await take_on(house, "ben", "Call her back", MONDAY)
    await wanted(house, "ana", "reminders")
    await finish_it(house, "ben", await home_of(house, "ben", "Call her back"))
    assert await house.rows("SELECT * FROM deliveries WHERE slot_key LIKE 'done:%'") == []
    assert await house.rows("SELECT id FROM follow_ups WHERE done_at IS NULL") == []


async def test_nobody_ticks_off_what_is_somebody_elses(house: House) -> None:
    task = await take_on(house, "ben", "Call her back", MONDAY)
    async with house.desk.begin() as session:
        by = house.person("mika").id
        assert await finish(session, WORKSPACE, task, by=by, now=house.desk.now()) is None
    assert len(await house.rows("SELECT id FROM follow_ups WHERE done_at IS NULL")) == 1


async def test_the_title_of_a_story_that_is_not_shown_is_not_shown_in_follow_ups(house: House) -> None:
    await take_on(house, "ben", "Call her back", MONDAY, published=False)
    words = (await home_of(house, "ben", "Call her back")).words()
    assert "not shown any more" in words
    assert "Invoices at four" not in words


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        ("Europe/London", datetime(2026, 11, 16, 9, tzinfo=UTC)),
        ("Pacific/Auckland", datetime(2026, 11, 15, 20, tzinfo=UTC)),
        ("America/Los_Angeles", datetime(2026, 11, 16, 17, tzinfo=UTC)),
        ("Mars/Olympus_Mons", datetime(2026, 11, 16, 9, tzinfo=UTC)),
    ],
)
def test_morning_is_where_its_owner_is(zone: str, moment: datetime) -> None:
    assert morning_of(MONDAY, zone) == moment


async def test_a_promise_is_remembered_once_in_its_owners_morning(house: House) -> None:
    house.clock.moment = datetime(2026, 11, 16, 6, 59, tzinfo=UTC)
    await take_on(house, "mika", "Send her the list", MONDAY, kind=follow_ups.PROMISE)
    assert await look_after(house) == 0
    house.clock.advance(timedelta(minutes=1))
    assert await look_after(house) == 1
    assert await look_after(house) == 0
    mika = house.person("mika")
    message = await house.world.channel(await mika.dm()).wait_for("promised a customer", as_="mika")
    await finish_it(house, "mika", message)
    await house.world.channel(await mika.dm()).wait_for("Done: ", as_="mika")
    await house.world.channel(await mika.dm()).wait_until_gone("promised a customer", as_="mika")


async def test_what_stays_open_is_remembered_once_more_and_then_no_more(house: House) -> None:
    house.clock.moment = datetime(2026, 11, 16, 6, tzinfo=UTC)
    await take_on(house, "mika", "Send her the list", MONDAY, kind=follow_ups.PROMISE)
    house.clock.moment = datetime(2026, 11, 16, 9, tzinfo=UTC)
    assert await look_after(house) == 1
    for day, told in ((17, 0), (18, 0), (19, 1), (20, 0), (23, 0), (30, 0)):
        house.clock.moment = datetime(2026, 11, day, 9, tzinfo=UTC)
        assert await look_after(house) == told, day
    mika = house.person("mika")
    message = await house.world.channel(await mika.dm()).wait_for("still open", as_="mika")
    assert "16 November" in message.words()
    # On another day it is remembered afresh; let go, it is not.
    await mika.click(message, ids.FOLLOW_UP_MOVE)
    await (await mika.modal("Another day")).submit({"due_on": "2026-12-01"})
    assert (
        "Another day it is"
        in (await house.world.channel(await mika.dm()).wait_for("Another day it is", as_="mika")).words()
    )
    house.clock.moment = datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert await look_after(house) == 1
    message = await house.world.channel(await mika.dm()).wait_for("Today is the day you prom", as_="mika")
    await mika.click(message, ids.FOLLOW_UP_LET_GO)
    await (await mika.modal("Let it go")).submit({"closing": "She has left <!channel>"})
    await house.world.channel(await mika.dm()).wait_for("Let go: ", as_="mika")
    house.clock.moment = datetime(2026, 12, 4, 9, tzinfo=UTC)
    assert await look_after(house) == 0
    [row] = await house.rows("SELECT outcome, closing, spread_at FROM follow_ups")
    assert row == ("let_go", "She has left <!channel>", None)
    assert await house.rows("SELECT id FROM unasked WHERE kind <> 'reminder'") == []


async def test_somebody_who_turned_reminders_off_gets_none(house: House) -> None:
    await take_on(house, "ben", "Call her back", MONDAY)
    await wanted(house, "ben", "thanks")
    assert await look_after(house) == 0
    await wanted(house, "ben", "thanks", "reminders")
    assert await look_after(house) == 0


async def test_what_was_slept_through_is_not_remembered_in_the_evening(house: House) -> None:
    await take_on(house, "ben", "Call her back", MONDAY)
    house.clock.moment = datetime(2026, 11, 16, 18, 1, tzinfo=UTC)
    assert await look_after(house) == 0


async def test_a_promise_that_is_done_or_has_no_day_is_not_remembered(house: House) -> None:
    await take_on(house, "ben", "Some day", None)
    done = await take_on(house, "ben", "Already done", MONDAY)
    async with house.desk.begin() as session:
        ben = house.person("ben").id
        await follow_ups.finish(session, WORKSPACE, done, owner_id=ben, now=house.desk.now())
    assert await look_after(house) == 0


async def test_slack_being_away_only_delays_a_reminder(house: House) -> None:
    await take_on(house, "ben", "Call her back", MONDAY)
    await house.world.faults.add("users.info", "refuse", error="internal_error", times=0)
    assert await look_after(house) == 0
    await house.world.faults.clear()
    assert await look_after(house) == 1


UNTIMED = (
    "SELECT id FROM follow_ups WHERE workspace_id = 'T' AND due_on BETWEEN '2026-11-15' AND '2026-11-17' "
    "AND done_at IS NULL AND remind_at IS NULL ORDER BY due_on, id LIMIT 100"
)
TO_REMIND = (
    "SELECT id FROM follow_ups WHERE workspace_id = 'T' AND remind_at <= '2026-11-16' "
    "AND done_at IS NULL AND reminded_at IS NULL ORDER BY remind_at LIMIT 100"
)


@pytest.mark.parametrize("sql", [UNTIMED, TO_REMIND])
async def test_reminders_look_only_at_what_is_near_through_an_index(house: House, sql: str) -> None:
    plan = " ".join(str(row) for row in await house.rows(f"EXPLAIN QUERY PLAN {sql}"))
    assert "ix_follow_ups_" in plan
    assert "TEMP B-TREE FOR ORDER BY" not in plan


async def test_somebody_who_wants_no_thanks_gets_no_note_but_keeps_the_count(house: House) -> None:
    story_id = await house.story()
    await wanted(house, "ana", "reminders")
    await house.share(story_id)
    message = await house.world.channel("pilot").wait_for("Invoices at four")
    await house.person("ben").click(message, ids.STORY_THANKS)
    assert "One person said thank you" in (await home_of(house, "ana", "One person said thank you")).words()
    assert await house.rows("SELECT slot_key FROM deliveries WHERE channel_id LIKE 'U%'") == []


async def test_what_somebody_took_on_appears_on_their_open_home(house: House) -> None:
    story_id = await house.story()
    await house.share(story_id)
    ben = house.person("ben")
    await home_of(house, "ben", "What this is")
    message = await house.world.channel("pilot").wait_for("Invoices at four")
    await ben.click(message, ids.STORY_ACT)
    await (await ben.modal("act on it")).submit({"what": "Ask for the VAT number later"})
    assert "Ask for the VAT number later" in (await ben.home("Ask for the VAT")).words()
