from __future__ import annotations

from datetime import timedelta

from storage import stories
from stories.story import StoryState
from tests.bot.stories.conftest import House


async def test_a_click_is_counted_once_and_a_second_takes_it_back(house: House) -> None:
    story = await house.story()
    await house.share(story)
    ben, mika = house.person("ben"), house.person("mika")
    post = await house.world.channel("pilot").wait_for("Invoices at four")
    await ben.click(post, "story_thought")
    await mika.click(post, "story_thought")
    await house.world.channel("pilot").wait_for("Thank you; the author will see it", as_="ben")
    await house.let_updates_go()
    await house.world.channel("pilot").wait_for("Made me think · 2")
    await ben.click(post, "story_thought")
    await house.world.channel("pilot").wait_for("Taken back", as_="ben")
    await house.let_updates_go()
    await house.world.channel("pilot").wait_for("Made me think · 1")
    assert await house.rows("SELECT kind, channel_id FROM reactions") == [
        ("thought", await house.channel_id("pilot"))
    ]


async def test_more_like_this_makes_a_favourite_of_the_channel(house: House) -> None:
    story = await house.story()
    await house.share(story)
    post = await house.world.channel("pilot").wait_for("Invoices at four")
    await house.person("ben").click(post, "story_more")
    await house.world.channel("pilot").wait_for("more like this, here", as_="ben")
    assert await house.rows("SELECT kind, channel_id FROM reactions") == [
        ("more", await house.channel_id("pilot"))
    ]


async def test_thanks_reach_the_author_in_one_note_a_day(house: House) -> None:
    story = await house.story()
    await house.share(story)
    post = await house.world.channel("pilot").wait_for("Invoices at four")
    ana = house.person("ana")
    await house.person("ben").click(post, "story_thanks")
    await house.world.channel(await ana.dm()).wait_for("Somebody thanked you today")
    await house.person("mika").click(post, "story_thanks")
    await house.let_updates_go()
    note = await house.world.channel(await ana.dm()).wait_for("2 people thanked you today")
    assert "Invoices at four in the morning" in note.words()
    house.clock.advance(timedelta(days=1))
    await house.person("noor").click(post, "story_thanks")
    await house.world.channel(await ana.dm()).wait_for("Somebody thanked you today")
    notes = [m for m in await house.world.channel(await ana.dm()).messages() if "thanked you" in m.words()]
    assert len(notes) == 2


async def test_thanking_twice_counts_once(house: House) -> None:
    story = await house.story()
    await house.share(story)
    post = await house.world.channel("pilot").wait_for("Invoices at four")
    for _ in range(2):
        await house.person("ben").click(post, "story_thanks")
    await house.world.channel("pilot").wait_for("You have thanked them already", as_="ben")
    assert await house.rows("SELECT count(*) FROM reactions") == [(1,)]


async def test_an_author_is_not_thanked_by_themself(house: House) -> None:
    story = await house.story()
    await house.share(story)
    post = await house.world.channel("pilot").wait_for("Invoices at four")
    await house.person("ana").click(post, "story_thanks")
    await house.world.channel("pilot").wait_for("This is your own story", as_="ana")
    assert await house.rows("SELECT count(*) FROM reactions") == [(0,)]
    ana = house.person("ana")
    await ana.click(post, "story_act")
    asked = await ana.modal("I’ll act on it")
    await asked.submit({"what": "Call her back"})
    taken = (await ana.modal("Taken on")).words()
    assert "Home tab" in asked.words()
    assert "Home tab" in taken
    assert "author" not in asked.words() + taken, "nobody tells them that they know"


async def test_who_acts_says_what_and_the_author_hears_once(house: House) -> None:
    story = await house.story()
    await house.share(story)
    post = await house.world.channel("pilot").wait_for("Invoices at four")
    ben, ana = house.person("ben"), house.person("ana")
    await ben.click(post, "story_act")
    modal = await ben.modal("I’ll act on it")
    assert "Invoices at four in the morning" in modal.words()
    await modal.submit({"what": "✨", "due_on": "2026-11-30"})
    assert "A few words" in modal.errors["what"]
    await modal.submit({"what": "Move the VAT field <!channel>", "due_on": "2026-11-02"})
    assert "passed" in modal.errors["due_on"]
    await modal.submit({"due_on": "2026-11-30"})
    assert "It’s yours" in (await ben.modal("Taken on")).words()
    note = await house.world.channel(await ana.dm()).wait_for("will act on your story")
    assert "Move the VAT field <!channel>" in note.words()
    assert "30 November 2026" in note.words()
    await house.let_updates_go()
    post = await house.world.channel("pilot").wait_for("One person is acting on this")
    await (await ben.modal()).close()
    await ben.click(post, "story_act")
    await ben.submit({"what": "Call her back"})
    assert await house.rows("SELECT what, due_on, kind FROM follow_ups ORDER BY id") == [
        ("Move the VAT field <!channel>", "2026-11-30", "act"),
        ("Call her back", None, "act"),
    ]
    notes = [m for m in await house.world.channel(await ana.dm()).messages() if "will act" in m.words()]
    assert len(notes) == 1


async def test_a_click_under_a_story_that_is_gone_is_answered_kindly(house: House) -> None:
    story = await house.story()
    await house.share(story)
    post = await house.world.channel("pilot").wait_for("Invoices at four")
    async with house.desk.begin() as session:
        # The post still stands: Slack has not been told yet.
        await stories.take_back(session, "T0TEST", story, state=StoryState.WITHDRAWN)
    await house.person("ben").click(post, "story_thought")
    await house.world.channel("pilot").wait_for("isn’t shown any more", as_="ben")
    await house.person("ben").click(post, "story_act")
    assert await house.person("ben").modals() == []
    assert await house.rows("SELECT count(*) FROM reactions") == [(0,)]
