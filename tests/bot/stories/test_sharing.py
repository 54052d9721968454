from __future__ import annotations

from dataclasses import replace
from datetime import time

from bot import publishing, showing
from storage import channels, interviews, stories
from stories.channels import ChannelSettings
from stories.digest import DigestSettings
from stories.schedule import DigestTimes
from tests.bot.stories.conftest import BAKER, House
from tests.conftest import NOW, WORKSPACE


async def _ask(house: House, channel: str, *, by: str = "ben") -> str:
    """What the modal says once this channel was chosen: the error, or the last view's words."""
    reader = house.person(by)
    await reader.command("/stories random", channel="pilot")
    card = await house.world.channel("pilot").wait_for("Invoices at four", as_=by)
    await reader.pick(card, "story_menu", "Share to a channel…")
    modal = await reader.modal("Share this story")
    await modal.submit({"channel": channel})
    return modal.errors.get("channel") or (await reader.modal()).words()


async def test_a_story_is_shared_to_a_channel_once(house: House) -> None:
    await house.story()
    assert "in a moment" in await _ask(house, "pilot")
    post = await house.world.channel("pilot").wait_for("shared this story here")
    assert "The baker from Leeds" in post.words()
    assert await house.rows("SELECT count(*) FROM tellings") == [(1,)]
    assert await house.rows("SELECT count(*) FROM delivery_subjects") == [(2,)]


async def test_a_channel_without_the_bot_says_how_to_invite_it(house: House) -> None:
    await house.story()
    assert "I’m not in #general yet. Type /invite @Firsthand" in await _ask(house, "general")
    assert await house.rows("SELECT count(*) FROM deliveries") == [(0,)]


async def test_a_private_channel_without_the_bot_says_how_to_invite_it(house: House) -> None:
    await house.story()
    assert "I’m not in that channel yet" in await _ask(house, "closed")


async def test_a_channel_shared_with_another_company_is_refused(house: House) -> None:
    await house.story()
    assert "other companies" in await _ask(house, "partners")
    assert await house.rows("SELECT count(*) FROM deliveries") == [(0,)]


async def test_a_channel_that_guests_read_is_refused_until_an_editor_agrees(house: House) -> None:
    await house.story()
    assert "Guests read that channel" in await _ask(house, "lobby")
    times = DigestTimes(days=frozenset({0}), at=time(9), time_zone="Europe/London")
    lobby = ChannelSettings(
        channel_id=await house.channel_id("lobby"),
        set_up_by="U0",
        times=times,
        digest=DigestSettings(),
        guests_allowed_by="U0EDITOR",
    )
    async with house.desk.begin() as session:
        await channels.save(session, WORKSPACE, lobby, now=NOW)
    await house.person("ben").submit({"channel": "lobby"})
    await house.world.channel("lobby").wait_for("shared this story here")


async def test_guests_cannot_ask_for_stories(house: House) -> None:
    await house.story()
    await house.person("gus").command("/stories random", channel="lobby")
    said = await house.world.channel("lobby").wait_for("for the company’s own people", as_="gus")
    assert "Invoices" not in said.words()


async def test_a_withdrawn_story_leaves_the_channel(house: House) -> None:
    story = await house.story()
    await house.share(story)
    await house.world.channel("pilot").wait_for("Invoices at four")
    ana = house.person("ana")
    await ana.command("/stories mine", channel="general")
    mine = await house.world.channel("general").wait_for("Your stories", as_="ana")
    await ana.click(mine, "story_withdraw")
    await house.world.channel("pilot").wait_until_gone("Invoices at four")
    await house.world.channel("general").wait_for("Withdrawn. It is disappearing", as_="ana")
    assert [message.words() for message in await house.world.channel("pilot").messages()] == []


async def test_a_story_published_again_does_not_touch_the_post_that_went(house: House) -> None:
    story = await house.story()
    await house.share(story)
    await house.world.channel("pilot").wait_for("Invoices at four")
    ana = house.person("ana")
    for action, said in (("story_withdraw", "Withdrawn."), ("story_publish", "Published.")):
        await ana.command("/stories mine", channel="general")
        mine = (await house.person("ana").ephemerals("general"))[-1]
        await ana.click(mine, action)
        await house.world.channel("general").wait_for(said, as_="ana")
    await house.let_updates_go()
    await house.world.channel("pilot").wait_until_gone("Invoices at four")
    assert await house.rows("SELECT DISTINCT state FROM deliveries") == [("sent",)]


async def test_an_edited_story_changes_where_it_was_posted(house: House) -> None:
    story = await house.story()
    await house.share(story)
    await house.world.channel("pilot").wait_for("flour on the screen")
    ana = house.person("ana").id
    async with house.desk.begin() as session:
        found = await stories.get(session, WORKSPACE, story)
        assert found is not None
        form = replace(
            BAKER, customer_id=found.interview.customer.id, quotes=("Flour gets everywhere, Marta said.",)
        )
        await interviews.change(session, WORKSPACE, found.interview.id, form, by=ana, now=house.clock.now())
        await publishing.follow_edit(session, WORKSPACE, story, by=ana, now=house.clock.now())
    house.desk.wake_outbox()
    post = await house.world.channel("pilot").wait_for("Flour gets everywhere")
    assert "Marta" not in post.words()
    async with house.desk.begin() as session:
        form = replace(form, sharing="not_shared")
        await interviews.change(session, WORKSPACE, found.interview.id, form, by=ana, now=house.clock.now())
        assert await publishing.follow_edit(session, WORKSPACE, story, by=ana, now=house.clock.now()) is None
    house.desk.wake_outbox()
    await house.world.channel("pilot").wait_until_gone("Flour gets everywhere")
    assert await house.rows("SELECT state FROM stories") == [("withdrawn",)]


async def test_a_customer_called_otherwise_is_called_so_in_all_their_stories(house: House) -> None:
    first = await house.story()
    await house.share(first)
    await house.world.channel("pilot").wait_for("The baker from Leeds")
    ana, now = house.person("ana").id, house.clock.now()
    async with house.desk.begin() as session:
        again = replace(BAKER, customer_id=1, title="The second talk", alias="a baker in the north")
        second = await interviews.store(session, WORKSPACE, again, source_key="2", author_id=ana, now=now)
        await publishing.publish(session, WORKSPACE, second, by=ana, now=now)
        await publishing.follow_edit(session, WORKSPACE, second, by=ana, now=now)
    house.desk.wake_outbox()
    await house.world.channel("pilot").wait_for("A baker in the north")
    await house.world.channel("pilot").wait_until_gone("Leeds")
    async with house.desk.read() as session:
        found = await showing.find(session, WORKSPACE, "north", now)
        assert {telling.story_id for telling in found} == {first, second}
        assert await showing.find(session, WORKSPACE, "Leeds", now) == ()


async def test_what_changes_nothing_in_a_post_leaves_it_alone(house: House) -> None:
    story = await house.story()
    await house.share(story)
    await house.world.channel("pilot").wait_for("The baker from Leeds")
    ana, now = house.person("ana").id, house.clock.now()
    async with house.desk.begin() as session:
        await publishing.follow_edit(session, WORKSPACE, story, by=ana, now=now)
    assert await house.rows("SELECT kind FROM deliveries") == [("share",)]
