"""The avatar remembers by itself: when its time has come, never into silence, and never twice the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.attention_rounds import decide_waiting
from bot.avatars.reminding import remember
from storage import channels, customer_colleagues, projects, stories
from tests.bot.avatars.conftest import NURSE, QUOTABLE, House, edited
from tests.bot.avatars.test_why import WORDS, project_of, set_up
from tests.bot.digest.conftest import listens
from tests.conftest import WORKSPACE

FORTNIGHT = timedelta(days=14)
NEWS = replace(
    QUOTABLE,
    name="Ivo Brandt",
    alias="the butcher",
    company="",
    title="Books at night",
    quotes=("Every night I do the books, every night until one.",),
)


async def a_fortnight_later(house: House, *, talk: bool = True) -> int:
    house.clock.advance(FORTNIGHT)
    await house.world.set_clock(house.desk.now())
    if talk:
        await house.person("noor").say("Shall we look at the export again?", channel="pilot")
    offered = await remember(house.desk)
    await decide_waiting(house.desk, WORKSPACE)
    house.desk.wake_outbox()
    return offered


async def test_a_reason_is_remembered_in_its_own_time_with_where_it_comes_from(house: House) -> None:
    await house.story(QUOTABLE)
    await set_up(house)
    assert await remember(house.desk) == 0, "its time has not come"
    assert await a_fortnight_later(house) == 1
    line = await house.world.channel("pilot").wait_for("One reason why we began")
    assert WORDS in line.words()
    assert line.raw["username"] == "Maya"
    assert "turn it down" in line.words()
    async with house.desk.read() as session:
        project = await projects.get(session, WORKSPACE, (await project_of(house)).id)
    assert project is not None
    assert project.next_at == house.desk.now() + FORTNIGHT
    assert await a_fortnight_later(house) == 0, "nothing is new, and the quote was heard lately"


async def test_news_for_a_reason_comes_first(house: House) -> None:
    await house.story(QUOTABLE)
    await set_up(house)
    house.clock.advance(timedelta(days=1))
    await house.story(NEWS)
    await a_fortnight_later(house)
    line = await house.world.channel("pilot").wait_for("Somebody new spoke")
    assert NEWS.quotes[0] in line.words()


async def test_nobody_is_reminded_in_a_silent_channel(house: House) -> None:
    await house.story(QUOTABLE)
    await set_up(house)
    assert await a_fortnight_later(house, talk=False) == 0
    async with house.desk.read() as session:
        assert await projects.due(session, house.desk.now()) == ()


async def test_a_project_whose_channel_the_bot_left_waits_for_its_next_time(house: House) -> None:
    await house.story(QUOTABLE)
    await set_up(house)
    await house.person("ana").do("leave", channel="pilot", who="@app")
    assert await a_fortnight_later(house) == 0
    house.clock.advance(timedelta(hours=2))
    async with house.desk.read() as session:
        assert await projects.due(session, house.desk.now()) == (), "it is not asked for every hour"


async def test_it_quotes_in_the_languages_that_its_channel_chose(house: House) -> None:
    await house.story(QUOTABLE)
    await set_up(house)
    known = await listens(house, "pilot", retell=False)
    for language, offered in (("de", 0), ("en", 1)):
        async with house.desk.begin() as session:
            chosen = replace(known.digest, languages=frozenset({language}))
            await channels.save(session, WORKSPACE, replace(known, digest=chosen), now=house.desk.now())
        assert await a_fortnight_later(house) == offered, language


async def test_a_line_whose_consent_went_is_deleted_and_not_posted_again(house: House) -> None:
    story = await house.story(QUOTABLE)
    await house.story(NURSE)
    await set_up(house)
    await a_fortnight_later(house)
    pilot = house.world.channel("pilot")
    await pilot.wait_for("One reason why we began")
    back = replace(QUOTABLE, agreed=(), agreed_before=("quoted_by_avatar",))
    await edited(house.desk.database, story, back, now=house.desk.now())
    house.desk.wake_outbox()
    await pilot.wait_until_gone(WORDS)
    await pilot.wait_until_gone("One reason why we began")


async def test_who_has_left_the_channel_is_quoted_there_again(house: House) -> None:
    story_id = await house.story(QUOTABLE)
    noor, pilot = house.person("noor"), house.world.channel("pilot")
    async with house.desk.begin() as session:
        story = await stories.get(session, WORKSPACE, story_id)
        assert story is not None
        customer = story.interview.customer.id
        await customer_colleagues.name(session, WORKSPACE, customer, noor.id, by="U1", now=house.desk.now())
    await set_up(house)
    own = await pilot.wait_for("Nobody’s words stand behind this yet")
    assert WORDS not in own.words(), "she reads along"
    await noor.do("leave", channel="pilot")
    # As after five minutes, when Slack is asked anew.
    house.desk.colleagues.members.forget(WORKSPACE, await house.channel_id("pilot"))
    house.clock.advance(FORTNIGHT)
    await house.world.set_clock(house.desk.now())
    await house.person("ana").say("Shall we look at the export again?", channel="pilot")
    assert await remember(house.desk) == 1
    house.desk.wake_outbox()
    await pilot.wait_until_gone("Nobody’s words stand behind this yet")
    assert WORDS in (await pilot.wait_for("Every baker we met")).words()
