"""A customer who works here and joins a channel finds nothing there that was told of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot import digest, own_posts
from bot.own_customers import left_out, meets
from bot.search_seeing import of_stories
from storage import posted, tellings
from storage.customer_absences import readers
from stories.search.asking import Search
from tests.bot.stories.conftest import BAKER, House
from tests.conftest import NOW, WORKSPACE

OTHER = replace(BAKER, name="Iris Frost", alias="the florist", company="Frost", title="Tulips in March")


async def test_joining_takes_their_story_out_and_leaves_the_others(house: House) -> None:
    about_noor, other = await house.story(), await house.story(OTHER)
    customer = await house.works_here(about_noor, "noor")
    closed = await house.channel_id("partners")
    client = await house.desk.connections.client(WORKSPACE)
    assert await left_out(house.desk, client, WORKSPACE, closed) == frozenset(), "Noor is not in there yet"
    async with house.desk.begin() as session:
        both = await digest.gather(session, WORKSPACE, [(about_noor, False), (other, False)], NOW)
        assert both is not None
        await digest.plan(session, WORKSPACE, closed, both, slot="asked:UBEN:1", now=NOW, asked_by="UBEN")
    house.desk.wake_outbox()
    await house.share(about_noor, "partners")
    partners = house.world.channel("partners")
    await partners.wait_for("Tulips in March")
    await house.person("noor").do("join", channel="partners")
    await partners.wait_until_gone("Invoices at four")
    assert len(await partners.messages()) == 1, (
        "the shared story went, the digest stays with what else it tells"
    )
    async with house.desk.read() as session:
        assert await readers(session, WORKSPACE, closed) == {customer}
    assert await left_out(house.desk, client, WORKSPACE, closed) == {customer}, "not what was known before"


async def test_what_is_older_than_ninety_days_stays_and_strangers_cost_a_look(house: House) -> None:
    story_id = await house.story()
    await house.share(story_id, "partners")
    await house.world.channel("partners").wait_for("flour on the screen")
    closed, noor = await house.channel_id("partners"), house.person("noor").id
    assert not await own_posts.joined(house.desk, WORKSPACE, closed, noor), (
        "nobody says that she is a customer"
    )
    await house.works_here(story_id, "noor")
    house.clock.advance(own_posts.LOOKED_BACK + timedelta(days=1))
    assert await own_posts.joined(house.desk, WORKSPACE, closed, noor)
    async with house.desk.read() as session:
        (post,) = await tellings.of_story(session, WORKSPACE, story_id)
        assert await posted.says(session, WORKSPACE, post.delivery_id)


async def test_they_are_not_shown_it_by_chance_or_a_click_either(house: House) -> None:
    story_id = await house.story()
    await house.share(story_id)
    noor = house.person("noor")
    card = await house.world.channel("pilot").wait_for("Invoices at four")
    await house.works_here(story_id, "noor")
    await noor.command("/stories random", channel="general")
    await house.world.channel("general").wait_for("Nobody has told a story", as_="noor")
    await noor.pick(card, "story_menu", "Read it all")
    await house.world.channel("pilot").wait_for("isn’t shown any more", as_="noor")
    async with house.desk.read() as session:
        asked = Search(workspace_id=WORKSPACE, user_id=noor.id, words="four", today=NOW.date())
        assert await of_stories(session, asked, [story_id], NOW) == {}
        theirs = replace(asked, user_id=house.person("ben").id)
        assert set(await of_stories(session, theirs, [story_id], NOW)) == {story_id}


async def test_a_person_and_a_place_of_which_nobody_knows_are_asked_of_alike(house: House) -> None:
    customer = await house.works_here(await house.story(), "noor")
    async with house.desk.read() as session:
        assert await meets(session, WORKSPACE, house.person("noor").id) == {customer}
        assert await meets(session, WORKSPACE, house.person("ben").id) == frozenset()
        assert await meets(session, WORKSPACE, "tracker:1") == {customer}
        assert await meets(session, WORKSPACE, await house.channel_id("general")) == {customer}
