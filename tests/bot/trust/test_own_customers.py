"""A customer who works here never meets their own story in a channel that they are in."""

from __future__ import annotations

from dataclasses import replace

from slack_sdk.web.async_client import AsyncWebClient

from bot import digest, ids
from bot.own_customers import left_out, not_about
from bot.showing import show_some
from stories.digest import DigestSettings
from tests.bot.stories.conftest import BAKER, House
from tests.conftest import NOW, WORKSPACE

OTHER = replace(BAKER, name="Iris Frost", alias="the florist", company="Frost", title="Tulips in March")


async def _client(house: House) -> AsyncWebClient:
    return await house.desk.connections.client(WORKSPACE)


async def test_a_digest_leaves_it_out_where_they_are_and_nowhere_else(house: House) -> None:
    about_noor, other = await house.story(), await house.story(OTHER)
    customer = await house.works_here(about_noor, "noor")
    client = await _client(house)
    pilot, closed = await house.channel_id("pilot"), await house.channel_id("partners")
    assert await left_out(house.desk, client, WORKSPACE, pilot) == {customer}
    assert await left_out(house.desk, client, WORKSPACE, closed) == frozenset(), "Noor is not in there"
    async with house.desk.read() as session:
        wanted = DigestSettings()
        there = await digest.decide(session, WORKSPACE, pilot, wanted, NOW, frozenset({customer}))
        elsewhere = await digest.decide(session, WORKSPACE, closed, wanted, NOW, frozenset())
    assert [one.story_id for one in there] == [other]
    assert about_noor in {one.story_id for one in elsewhere}


async def test_where_slack_does_not_tell_who_is_there_it_is_left_out(house: House) -> None:
    customer = await house.works_here(await house.story(), "noor")
    assert await left_out(house.desk, await _client(house), WORKSPACE, "C0UNKNOWN") == {customer}


async def test_nobody_shares_it_to_where_they_are_and_slack_is_asked_once(house: House) -> None:
    story_id = await house.story()
    await house.works_here(story_id, "noor")
    ben = house.person("ben")
    await ben.command("/stories random", channel="pilot")
    card = await house.world.channel("pilot").wait_for("Invoices at four", as_="ben")
    await ben.pick(card, "story_menu", "Share to a channel…")
    view = await ben.modal("Share this story")
    await view.submit({"channel": "pilot"})
    assert "works here and is in that channel" in view.errors["channel"]
    asked = await house.world.calls("conversations.members")
    await left_out(house.desk, await _client(house), WORKSPACE, await house.channel_id("pilot"))
    assert await house.world.calls("conversations.members") == asked


async def test_saying_so_takes_the_story_out_of_the_channels_they_are_in(house: House) -> None:
    story_id = await house.story()
    await house.share(story_id)
    pilot = house.world.channel("pilot")
    await pilot.wait_for("flour on the screen")
    ana = house.person("ana")
    await ana.command("/stories mine", channel="general")
    mine = await house.world.channel("general").wait_for("Your stories", as_="ana")
    await ana.click(mine, ids.STORY_PREVIEW)
    await ana.click(await ana.modal(), ids.LABELS_OPEN)
    await (await ana.modal("Labels")).submit({"colleague": "noor"})
    await ana.modal("Saved")
    await pilot.wait_until_gone("flour on the screen")
    acts = [row[0] for row in await house.rows("SELECT act FROM audit ORDER BY id")]
    assert acts[-2:] == ["label", "name_colleague"]


async def test_they_do_not_meet_it_in_a_search_or_on_their_home_either(house: House) -> None:
    about_noor, other = await house.story(), await house.story(OTHER)
    await house.works_here(about_noor, "noor")
    noor, ben = house.person("noor").id, house.person("ben").id
    async with house.desk.read() as session:
        both = await show_some(session, WORKSPACE, [about_noor, other], NOW)
        assert [one.story_id for one in await not_about(session, WORKSPACE, noor, both)] == [other]
        assert len(await not_about(session, WORKSPACE, ben, both)) == 2
    await house.person("noor").open_home()
    home = await house.person("noor").home("Published lately")
    assert BAKER.title not in home.words()
    assert OTHER.title in home.words()


async def test_a_guest_is_nobodys_colleague(house: House) -> None:
    await house.story()
    ana = house.person("ana")
    await ana.command("/stories mine", channel="general")
    mine = await house.world.channel("general").wait_for("Your stories", as_="ana")
    await ana.click(mine, ids.STORY_PREVIEW)
    await ana.click(await ana.modal(), ids.LABELS_OPEN)
    view = await ana.modal("Labels")
    await view.submit({"colleague": "gus"})
    assert "guest" in view.errors["colleague"]
