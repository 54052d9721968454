"""A kind of customers that becomes sensitive: what is told of it and no editor has read is taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import ids, moderation, recalling
from bot.messages import moderation as words
from bot.messages.workspace_settings import workspace_modal
from bot.showing import show
from storage import moderation as kept
from storage import people, stories, workspace_settings
from stories.story import StoryState
from stories.workspace_rules import WorkspaceRules, rules_of
from tests.blockkit import assert_valid
from tests.bot.stories.conftest import BAKER, House
from tests.conftest import NOW, WORKSPACE


async def _state(house: House, story_id: int) -> StoryState:
    async with house.desk.read() as session:
        story = await stories.get(session, WORKSPACE, story_id)
    assert story is not None
    return story.state


async def _editor(house: House, name: str = "mika") -> None:
    async with house.desk.begin() as session:
        await people.grant(session, WORKSPACE, house.person(name).id, "editor", by="UADMIN", now=NOW)


async def test_it_is_said_with_the_number_and_posts_follow(house: House) -> None:
    await _editor(house)
    told = await house.story(replace(BAKER, segment="Hospitals"))
    other = await house.story(replace(BAKER, title="Another", segment="bakers"))
    read_before = await house.story(replace(BAKER, title="Read before", segment="hospitals"))
    async with house.desk.begin() as session:
        await kept.approve(session, WORKSPACE, read_before, by=house.person("mika").id, now=NOW)
    await house.share(told)
    pilot = house.world.channel("pilot")
    await pilot.wait_for("flour on the screen")
    ana = house.person("ana")
    await ana.command("/firsthand workspace", channel="pilot")
    view = await ana.modal("For everybody here")
    kinds = next(block for block in view.blocks if block.get("block_id") == "sensitive")
    offered = kinds["element"]["options"]
    hospitals = [one["value"] for one in offered if one["text"]["text"].casefold() == "hospitals"]
    await view.submit({"yes": "author", "sensitive": hospitals, "watching": ["drift"]})
    asked = await ana.modal("For everybody here")
    assert "1 story of a sensitive kind" in asked.words()
    assert await _state(house, told) is StoryState.PUBLISHED, "nothing happens before it was said"
    await asked.submit()
    assert "taken back" in (await ana.modal("Saved")).words()
    await pilot.wait_until_gone("flour on the screen")
    assert [await _state(house, one) for one in (told, other, read_before)] == [
        StoryState.KEPT,
        StoryState.PUBLISHED,
        StoryState.PUBLISHED,
    ]
    await house.world.channel(await ana.dm()).wait_for("A story of yours waits for an editor’s yes")
    mika = house.person("mika")
    note = await house.world.channel(await mika.dm()).wait_for("A story waits for an editor’s yes")
    await mika.click(note, ids.WAITING_OPEN)
    queue = await house.world.channel(await mika.dm()).wait_for("the longest first", as_="mika")
    await mika.click(queue, ids.WAITING_YES)
    await house.world.until(lambda: _is_told(house, told), "the story is told again")
    assert ("recall", "firsthand") in await house.rows("SELECT act, actor_id FROM audit")


async def _is_told(house: House, story_id: int) -> bool:
    async with house.desk.read() as session:
        return await show(session, WORKSPACE, story_id, NOW) is not None


async def test_what_a_stopped_process_left_is_taken_back_at_the_next_look(house: House) -> None:
    await _editor(house)
    told = await house.story(replace(BAKER, segment="hospitals"))
    before, after = WorkspaceRules(), WorkspaceRules(sensitive=("Hospitals",))
    begun = after.recalled_until(before)
    async with house.desk.begin() as session:
        await workspace_settings.choose(session, WORKSPACE, begun.as_chosen(), by="UADMIN", now=NOW)
    assert await recalling.catch_up(house.desk, WORKSPACE) == 1
    assert await recalling.catch_up(house.desk, WORKSPACE) == 0
    assert await _state(house, told) is StoryState.KEPT
    async with house.desk.read() as session:
        rules = rules_of(await workspace_settings.get(session, WORKSPACE))
    assert rules == after, "and nothing is looked for any more"
    async with house.desk.begin() as session:
        assert await moderation.approve(session, WORKSPACE, told, by=house.person("mika").id, now=NOW)


@pytest.mark.parametrize(
    ("before", "after", "recalled"),
    [
        ((), ("Hospitals",), ("Hospitals",)),
        (("hospitals",), ("Hospitals", "banks"), ("banks",)),
        (("hospitals",), (), ()),
    ],
)
def test_only_what_became_sensitive_is_taken_back(
    before: tuple[str, ...], after: tuple[str, ...], recalled: tuple[str, ...]
) -> None:
    now = WorkspaceRules(sensitive=after).recalled_until(WorkspaceRules(sensitive=before))
    assert now.recalling == recalled
    assert now.changed(replace(now, recalling=())) == (), "of no interest to anybody but the bot"


def test_what_people_see_is_what_slack_takes() -> None:
    assert_valid(workspace_modal(WorkspaceRules(sensitive=("a",)), ("a", "b"), recalled=12), "modal")
    assert_valid(words.many_wait_note(3), "message")
    assert_valid(words.recalled_note(1), "message")
    assert_valid(words.waiting_note(author="U1", story_id=1), "message")
