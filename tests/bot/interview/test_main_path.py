"""From the command to a published story."""

from __future__ import annotations

from bot import ids
from storage import drafts, stories
from stories.story import StoryState
from tests.bot.interview.conftest import World


async def test_a_conversation_goes_from_the_command_to_a_published_story(world: World) -> None:
    modal = await world.previewed()
    said = modal.words()
    assert "the payroll clerk" in said.casefold()
    assert "exactly what colleagues will read" in said
    card = said.split("exactly what colleagues will read")[1].split("away.", 1)[1]
    assert "Marta" not in card
    assert (await modal.submit())["ok"]
    assert "is published" in modal.words()
    async with world.desk.read() as session:
        (story,) = await stories.of_author(session, world.team, world.ana.id)
        assert await drafts.of_author(session, world.team, world.ana.id) == ()
    assert story.state is StoryState.PUBLISHED
    assert story.interview.customer.alias == "the payroll clerk"
    assert story.interview.score == 6


async def test_the_preview_can_be_kept_instead(world: World) -> None:
    modal = await world.previewed()
    await modal.choose(ids.INTERVIEW_KEEP)
    assert "only you see it" in modal.words()
    async with world.desk.read() as session:
        (story,) = await stories.of_author(session, world.team, world.ana.id)
    assert story.state is StoryState.KEPT
