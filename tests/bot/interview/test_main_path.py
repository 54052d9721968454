"""From the command to a story that is published or kept."""

from __future__ import annotations

from bot import ids
from stories.story import StoryState
from tests.bot.interview.conftest import ALIAS, MEANING, WHAT, WHO, WORDS, World

AGREED = {"sharing": "Without their name"}


async def test_a_conversation_goes_from_the_command_to_a_published_story(world: World) -> None:
    modal = await world.previewed()
    said = modal.words()
    card = said.split("exactly what colleagues will read")[1].split("away.", 1)[1]
    assert "The payroll clerk" in card
    assert "Marta" not in card
    assert (await modal.submit())["ok"]
    assert "is published" in modal.words()
    assert "Marta" not in modal.words()
    assert "No channel hears stories yet" in modal.words()
    (story,) = await world.stories()
    assert story.state is StoryState.PUBLISHED
    assert story.interview.customer.alias == "the payroll clerk"
    assert story.interview.score == 6


async def test_the_preview_can_be_kept_instead(world: World) -> None:
    modal = await world.previewed()
    await modal.choose(ids.INTERVIEW_KEEP)
    assert "only you see it" in modal.words()
    (story,) = await world.stories()
    assert story.state is StoryState.KEPT


async def test_what_may_not_be_shared_is_kept_and_shown_to_its_author_alone(world: World) -> None:
    modal = await world.previewed("Not for sharing")
    assert "Only you see this" in modal.words()
    assert modal.raw["submit"]["text"] == "Keep"
    assert ids.INTERVIEW_KEEP not in modal.actions()
    assert (await modal.submit())["ok"]
    (story,) = await world.stories()
    assert story.state is StoryState.KEPT
    assert "that is what they agreed to" in modal.words()


async def test_the_same_submission_twice_is_stored_once_and_answered_the_same(world: World) -> None:
    modal = await world.previewed()
    first = await world.submitted(modal)
    again = await world.submitted(modal)
    assert again == first
    assert "is published" in str(first)
    assert len(await world.stories()) == 1


async def test_a_draft_that_was_sent_shows_what_became_of_it(world: World) -> None:
    modal = await world.previewed()
    draft = await world.only_draft()
    await modal.submit()
    anywhere = await world.opened()
    await world.clicked(anywhere, ids.DRAFT_OPEN, draft.id, words="is published")


async def test_never_more_than_one_view_is_open(world: World) -> None:
    modal = await world.opened()
    for step in (WHO | {ALIAS: "the clerk"}, WHAT, WORDS, MEANING, AGREED, {}):
        await modal.submit(step)
        assert len(await world.ana.modals()) == 1


async def test_each_step_asks_for_at_most_four_things(world: World) -> None:
    modal = await world.opened()
    for step in (WHO, WHAT, WORDS, MEANING, AGREED):
        required = [b for b in modal.blocks if b["type"] == "input" and not b["optional"]]
        assert len(required) <= 4
        await modal.submit(step)
