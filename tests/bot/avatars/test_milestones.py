"""Milestones: what an avatar says at once, and weeks after, and when it keeps quiet."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot import ids
from bot.attention_rounds import decide_waiting
from bot.avatars.looking_back import cell_of
from bot.avatars.milestone_rounds import look_back
from storage import nps_answers, nps_sources
from storage.nps_answers import Answer
from stories.avatars.milestones import USUAL_EMOJI
from tests.bot.avatars.conftest import QUOTABLE, House, edited
from tests.bot.avatars.test_why import FIELDS, WORDS, set_up
from tests.conftest import NOW, WORKSPACE

PLAN = "We ship the new invoice form next Tuesday, all of it."
FLAG = USUAL_EMOJI.strip(":")


async def answers(house: House, *, after_score: int = 10, segment: str = "small business") -> None:
    """Three answers a day for a year around now: 6 or 9 by turns before it, `after_score` from now on."""
    found = [
        Answer(
            key=f"{day}:{number}",
            score=after_score if day >= 0 else (6 if number % 2 else 9),
            at=NOW + timedelta(days=day, hours=number),
            properties={"segment": segment},
        )
        for day in range(-120, 120)
        for number in range(3)
    ]
    async with house.desk.begin() as session:
        source = await nps_sources.create(session, WORKSPACE, kind="file", name="Survey", now=NOW)
        await nps_answers.take_in(session, WORKSPACE, source, found)


async def weeks_later(house: House, weeks: int) -> int:
    house.clock.advance(timedelta(weeks=weeks))
    await house.world.set_clock(house.desk.now())
    offered = await look_back(house.desk)
    await decide_waiting(house.desk, WORKSPACE)
    house.desk.wake_outbox()
    return offered


async def test_an_emoji_has_the_avatar_say_which_reasons_it_serves_and_later_what_came_of_it(
    house: House,
) -> None:
    story = await house.story(QUOTABLE)
    await answers(house)
    await set_up(house, {ids.WHY_SEGMENT: "small business"})
    pilot, noor = house.world.channel("pilot"), house.person("noor")
    marked = await noor.say(PLAN, channel="pilot")
    await noor.react(marked, "eyes")
    await noor.react(marked, FLAG)
    comment = await pilot.wait_for("These are the reasons it serves")
    assert comment.raw["thread_ts"] == marked.ts
    assert (comment.raw["username"], WORDS in comment.words()) == ("Maya", True)
    assert FIELDS["reason"] in comment.words()
    assert "In 4 and 12 weeks I say here" in comment.words()
    assert await house.rows("SELECT count(*) FROM project_milestones") == [(1,)]
    held = await house.rows("SELECT body FROM receipts")
    assert not any(PLAN in str(row) for row in held), "nothing of the message is kept"
    assert not any("eyes" in str(row) for row in held), "nor other emoji"

    assert await look_back(house.desk) == 0
    assert await weeks_later(house, 4) == 1
    told = await pilot.wait_for("4 weeks after the milestone of 16 November 2026")
    assert told.raw["thread_ts"] == marked.ts
    assert "Up " in told.words()
    assert "more than noise. The true change most likely lies between" in told.words()
    assert await weeks_later(house, 8) == 1
    last = await pilot.wait_for("12 weeks after the milestone")
    assert ids.MILESTONE_STOP not in last.actions(), "it was the last one"

    back = replace(QUOTABLE, agreed=(), agreed_before=("quoted_by_avatar",))
    await edited(house.desk.database, story, back, now=house.desk.now() + timedelta(minutes=1))
    house.clock.advance(timedelta(minutes=2))
    house.desk.wake_outbox()
    await pilot.wait_until_gone(WORDS)
    assert FIELDS["reason"] in (await pilot.wait_for("These are the reasons")).words(), "the reasons stay"


async def test_the_menu_marks_what_it_is_in_the_thread_it_stands_in(house: House) -> None:
    await house.story(QUOTABLE)
    await set_up(house)
    noor, pilot = house.person("noor"), house.world.channel("pilot")
    first = await noor.say("How do we go on?", channel="pilot")
    reply = await noor.say(PLAN, channel="pilot", thread=first)
    await noor.shortcut(ids.MARK_A_MILESTONE, reply)
    modal = await noor.modal("Mark a milestone")
    await modal.submit({"kind": "A plan", "weeks": "After half a year"})
    comment = await pilot.wait_for("A plan of Invoices before dawn")
    assert comment.raw["thread_ts"] == first.ts, "a reply's thread is its first message's"
    assert "no answers here tell it" in comment.words(), "nobody answers surveys here"
    assert await house.rows("SELECT * FROM milestone_looks") == []
    await noor.shortcut(ids.MARK_A_MILESTONE, reply)
    await (await noor.modal("Mark a milestone")).submit({"kind": "A decision"})
    assert "Somebody marked this already" in str((await noor.modal()).errors)
    await noor.click(comment, ids.MILESTONE_TAKE_BACK)
    await pilot.wait_until_gone("A plan of Invoices before dawn")
    assert await house.rows("SELECT * FROM project_milestones") == []


async def test_a_reply_that_gets_the_emoji_is_answered_in_its_thread_until_the_emoji_goes(
    house: House,
) -> None:
    await house.story(QUOTABLE)
    await set_up(house)
    noor, pilot = house.person("noor"), house.world.channel("pilot")
    first = await noor.say("How do we go on?", channel="pilot")
    reply = await noor.say(PLAN, channel="pilot", thread=first)
    await noor.react(reply, FLAG)
    assert (await pilot.wait_for("A milestone of")).raw["thread_ts"] == first.ts
    await house.person("ben").react(reply, FLAG)
    await pilot.wait_for("Somebody marked this already", as_="ben")
    await house.person("ben").do("react", name=FLAG, add=False, **reply.where)
    assert len(await house.rows("SELECT * FROM project_milestones")) == 1, "Noor marked it, not Ben"
    await noor.do("react", name=FLAG, add=False, **reply.where)
    await pilot.wait_until_gone("A milestone of")
    assert await house.rows("SELECT * FROM project_milestones") == []


async def test_a_guest_marks_nothing_and_where_no_project_is_an_emoji_is_an_emoji(house: House) -> None:
    gus, lobby = house.person("gus"), house.world.channel("lobby")
    told = await gus.say(PLAN, channel="lobby")
    await gus.react(told, FLAG)
    await gus.shortcut(ids.MARK_A_MILESTONE, told)
    await lobby.wait_for("own people", as_="gus")
    noor = house.person("noor")
    await noor.shortcut(ids.MARK_A_MILESTONE, told)
    await lobby.wait_for("has no project yet", as_="noor")
    assert await house.rows("SELECT * FROM project_milestones") == []


async def test_too_few_to_say_is_an_answer_and_can_be_the_last(house: House) -> None:
    await house.story(QUOTABLE)
    async with house.desk.begin() as session:
        source = await nps_sources.create(session, WORKSPACE, kind="file", name="Survey", now=NOW)
        days = (NOW - timedelta(days=9 * at) for at in range(4))
        few = [Answer(key=at.isoformat(), score=9, at=at, properties={}) for at in days]
        await nps_answers.take_in(session, WORKSPACE, source, few)
    await set_up(house)
    noor, pilot = house.person("noor"), house.world.channel("pilot")
    marked = await noor.say(PLAN, channel="pilot")
    await noor.react(marked, FLAG)
    await pilot.wait_for("In 4 and 12 weeks")
    assert await weeks_later(house, 4) == 1
    told = await pilot.wait_for("too few answers to say what happened")
    await noor.click(told, ids.MILESTONE_STOP)
    await pilot.wait_until_gone("In 4 and 12 weeks")
    assert await weeks_later(house, 8) == 0


def test_whose_answers_are_meant() -> None:
    words = {"industry": ("Clinics",), "segment": ("clinics", "Small business"), "plan": ("free",)}
    assert cell_of(words, "clinics") == (("segment", "clinics"),)
    assert cell_of(words, "FREE") == (("plan", "free"),)
    assert cell_of(words, "bakeries") is None
    assert cell_of({}, "") == ()
