from __future__ import annotations

from dataclasses import replace

import pytest

from bot import ids
from bot.messages import blocks
from bot.messages.own_stories import own_story
from playground.client import Modal, SeenMessage
from storage import deliveries
from storage.deliveries import Post
from stories.consent import Purpose
from tests.bot.stories.conftest import BAKER, House
from tests.conftest import NOW, WORKSPACE
from tests.stories.test_hiding import TALK
from tests.stories.test_hiding import story as told


async def _mine(house: House, *, by: str = "ana") -> SeenMessage:
    author = house.person(by)
    before = len(await author.ephemerals("general"))
    await author.command("/stories mine", channel="general")

    async def look() -> SeenMessage | None:
        seen = await author.ephemerals("general")
        return seen[-1] if len(seen) > before else None

    answer = await house.world.until(look, "one's own stories")
    assert answer is not None
    return answer


async def _preview(house: House) -> Modal:
    ana = house.person("ana")
    await ana.click(await _mine(house), "story_preview")
    return await ana.modal()


async def test_a_kept_story_is_published_from_mine(house: House) -> None:
    await house.story(published=False)
    mine = await _mine(house)
    assert "Kept: only you see it" in mine.words()
    await house.person("ana").click(mine, "story_publish")
    await house.world.channel("general").wait_for("Published. Channels hear it", as_="ana")
    assert "Published 16 November 2026" in (await _mine(house)).words()
    assert await house.rows("SELECT act FROM audit WHERE object_kind = 'story'") == [("publish",)]


async def test_the_list_follows_what_is_done_in_it(house: House) -> None:
    await house.story(published=False)
    ana = house.person("ana")
    await ana.click(await _mine(house), "story_publish")
    published = await house.world.channel("general").wait_for("Published 16 November 2026", as_="ana")
    assert "story_withdraw" in published.actions()
    await ana.click(published, "story_withdraw")
    withdrawn = await house.world.channel("general").wait_for("gone from every channel", as_="ana")
    assert "story_withdraw" not in withdrawn.actions()
    lists = [seen for seen in await ana.ephemerals("general") if "Your stories" in seen.words()]
    assert len(lists) == 1, "it is the same list, brought up to date"


async def test_mine_tells_counts_and_what_came_of_it(house: House) -> None:
    story = await house.story()
    await house.share(story)
    post = await house.world.channel("pilot").wait_for("Invoices at four")
    ben = house.person("ben")
    await ben.click(post, "story_thought")
    await ben.click(post, "story_act")
    await ben.submit({"what": "Call her back"})
    mine = await _mine(house)
    assert "It made one person think · One person is acting on this" in mine.words()
    assert f"<@{ben.id}> is on it: Call her back" in mine.words()


async def test_the_preview_is_what_the_channel_sees(house: House) -> None:
    story = await house.story()
    await house.share(story)
    post = await house.world.channel("pilot").wait_for("Invoices at four")
    modal = await _preview(house)
    assert modal.title == "As others read it"
    posted = [block for block in post.blocks[1:] if block["type"] != "actions"]
    *read, labels = modal.blocks[1:]
    assert [_bare(block) for block in read] == [_bare(block) for block in posted]
    buttons = [button["action_id"] for button in labels["elements"]]
    assert buttons == [ids.LABELS_OPEN, ids.LINKS_OPEN, ids.STORY_LANGUAGE]
    assert "Marta" not in modal.words()


async def test_without_consent_only_the_author_sees_it(house: House) -> None:
    await house.story(replace(BAKER, sharing="not_shared"), published=False)
    mine = await _mine(house)
    assert "story_publish" not in mine.actions()
    modal = await _preview(house)
    assert modal.title == "Only you see this"
    assert "Marta printed every order" in modal.words()
    assert "haven’t written up" in (await _mine(house, by="ben")).words()


async def test_consent_that_went_before_the_click_publishes_nothing_and_says_so(house: House) -> None:
    await house.story(published=False)
    mine = await _mine(house)
    await house.agrees(1, Purpose.NOT_SHARED)
    await house.person("ana").click(mine, "story_publish")
    await house.world.channel("general").wait_for("has not agreed to sharing this", as_="ana")
    assert await house.rows("SELECT state, revision FROM stories") == [("kept", 1)]


@pytest.mark.parametrize(
    ("action", "answer"),
    [
        (ids.STORY_PREVIEW, "isn’t shown any more"),
        (ids.STORY_PUBLISH, "Only the one who wrote this story"),
        (ids.STORY_WITHDRAW, "Only the one who wrote this story"),
    ],
)
async def test_nobody_else_can_publish_withdraw_or_look(house: House, action: str, answer: str) -> None:
    story = await house.story(published=False)
    ben = house.person("ben")
    button = blocks.actions(blocks.button("Try", action, str(story)))
    stray = Post(
        channel_id=ben.id, kind="notice", slot_key="stray", payload={"text": "stray", "blocks": [button]}
    )
    async with house.desk.begin() as session:
        await deliveries.plan(session, WORKSPACE, stray, now=NOW)
    house.desk.wake_outbox()
    await ben.click(await house.world.channel(await ben.dm()).wait_for("stray"), action)
    await house.world.channel(await ben.dm()).wait_for(answer, as_="ben")
    assert await ben.modals() == []
    assert await house.rows("SELECT state FROM stories") == [("kept",)]


def _bare(block: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in block.items() if key != "block_id"}


def test_a_title_is_listed_as_everybody_reads_it() -> None:
    named = told(replace(TALK, title="Marta counts the payroll twice"))
    without, whole = (own_story(named, level=one) for one in (Purpose.WITHOUT_NAME, Purpose.WITH_NAME))
    assert "Marta" not in str(without)
    assert "Marta counts" in str(whole)
