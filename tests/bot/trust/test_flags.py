"""What is flagged stands above the button that publishes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import ids
from bot.interview_stories import as_story
from bot.messages.interview import preview_view
from bot.messages.interview_frame import Place
from bot.messages.own_stories import preview_modal
from storage import stories
from stories.consent import Purpose
from stories.forms import Step
from stories.story import StoryState
from tests.blockkit import assert_valid
from tests.bot.stories.conftest import BAKER, House
from tests.conftest import NOW, WORKSPACE


def _said(happened: str) -> str:
    story = as_story(replace(BAKER, happened=happened), None, author_id="U1", now=NOW)
    view = preview_view(Place(draft_id=1, step=Step.PREVIEW), story, Purpose.WITH_NAME)
    assert_valid(view, "modal")
    return str(view)


def test_an_author_sees_what_is_flagged_with_nothing_in_it_obeyed() -> None:
    said = _said("My colleague Tom said: ask <@U123ABC> about the 20% discount.")
    assert "“&lt;@U123ABC&gt;”: a colleague by name" in said
    assert "“20% discount”: a price" in said


def test_a_story_without_any_of_it_shows_nothing_of_the_kind() -> None:
    assert "Please look at this once more" not in _said("She typed forty orders again.")


FLAGGED = replace(BAKER, happened="They were about to sign the contract, at a 20% discount.")


@pytest.mark.parametrize("way", ["mine", "home"])
async def test_what_is_flagged_is_shown_wherever_it_is_published_from(house: House, way: str) -> None:
    story_id = await house.story(FLAGGED, published=False)
    ana = house.person("ana")
    if way == "mine":
        await ana.command("/stories mine", channel="general")
        mine = await house.world.channel("general").wait_for("Your stories", as_="ana")
        await ana.click(mine, ids.STORY_PUBLISH)
    else:
        await ana.open_home()
        await ana.click(await ana.home("Your next step"), ids.STORY_PUBLISH, block_id="next_step")
    asked = await ana.modal("Before others read it")
    assert "a price" in asked.words()
    assert await house.rows("SELECT state FROM stories") == [("kept",)]
    await asked.submit()
    await ana.modal("Thank you")
    assert await house.rows("SELECT id, state FROM stories") == [(story_id, "published")]


async def test_an_editor_who_reads_a_story_that_waits_sees_what_is_flagged(house: House) -> None:
    story_id = await house.story(FLAGGED, published=False)
    async with house.desk.read() as session:
        own = await stories.get(session, WORKSPACE, story_id)
    assert own is not None
    assert "a price" in str(preview_modal(own, Purpose.WITHOUT_NAME, for_author=False))
    told = replace(own, state=StoryState.PUBLISHED)
    assert "a price" not in str(preview_modal(told, Purpose.WITHOUT_NAME)), "they said yes to that"
