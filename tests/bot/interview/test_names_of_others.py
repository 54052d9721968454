"""Names that were found are decided about in the preview, before anybody reads the story without name."""

from __future__ import annotations

from bot import ids
from playground.client import Modal
from stories.story import StoryState
from tests.bot.interview.conftest import ALIAS, MEANING, WHAT, WHO, World

OTHERS = {"quote_0": "My colleague Zsófia Balogh drove to Wolverhampton with the file."}
NAMES = "This might give them or others away"
WITHOUT = {"sharing": "Without their name"}


async def previewed(world: World, quote: dict[str, str] | None = None) -> Modal:
    modal = await world.opened()
    return await world.walked(modal, WHO | {ALIAS: "the clerk"}, WHAT, quote or OTHERS, MEANING, WITHOUT)


def card_of(modal: Modal) -> str:
    """What the preview shows below the list."""
    return modal.words().rsplit("everybody knows.", 1)[1]


async def published(world: World) -> tuple[str, ...]:
    (story,) = await world.stories()
    assert story.state is StoryState.PUBLISHED
    return story.interview.hidden


async def test_what_was_found_is_listed_and_hidden_unless_unticked(world: World) -> None:
    modal = await previewed(world)
    assert NAMES in modal.words()
    assert "Zsófia Balogh, as “somebody”" in modal.words()
    assert "My colleague drove to a town with the file" in card_of(modal)
    assert (await modal.submit())["ok"]
    assert await published(world) == ("person:Zsófia Balogh", "place:Wolverhampton")
    assert "Zsófia" not in modal.words()


async def test_unticking_lets_a_name_stand_and_the_preview_follows(world: World) -> None:
    modal = await previewed(world)
    await modal.fill({"hidden_0": ["Zsófia Balogh, as “somebody”"]})
    assert "drove to Wolverhampton" in card_of(modal)
    assert (await modal.submit())["ok"]
    assert await published(world) == ("person:Zsófia Balogh", "-place:Wolverhampton")


async def test_decisions_outlive_going_back_and_editing(world: World) -> None:
    modal = await previewed(world)
    await modal.fill({"hidden_0": ["Zsófia Balogh, as “somebody”"]})
    await modal.choose(ids.INTERVIEW_BACK)
    await modal.submit()
    assert "drove to Wolverhampton" in card_of(modal)
    await modal.submit()
    (story,) = await world.stories()
    await world.clicked(modal, ids.STORY_EDIT, story.id, words="step 1 of 6")
    await world.walked(modal, {}, {}, {}, {}, {})
    assert "drove to Wolverhampton" in card_of(modal)


async def test_unticking_everything_is_a_decision_too(world: World) -> None:
    modal = await previewed(world)
    await modal.fill({"hidden_0": None})
    assert (await modal.submit())["ok"]
    assert await published(world) == ("-person:Zsófia Balogh", "-place:Wolverhampton")


async def test_nothing_is_published_that_changed_after_it_was_looked_at(world: World) -> None:
    modal = await previewed(world)
    draft = await world.only_draft()
    other = await world.opened()
    await world.clicked(other, ids.DRAFT_OPEN, draft.id, words="step 6 of 6")
    for _back in range(3):
        await other.choose(ids.INTERVIEW_BACK)
    await other.submit({"quote_0": "My boss Oluwadamilola Eze refused it."})
    answer = await world.submitted(modal)
    assert "isn’t what you looked at" in str(answer)
    assert "Oluwadamilola Eze, as “somebody”" in str(answer)
    assert await world.stories() == ()


async def test_a_story_without_others_in_it_asks_nothing(world: World) -> None:
    modal = await previewed(world, {"quote_0": "I did it by hand at midnight."})
    assert NAMES not in modal.words()
    assert (await modal.submit())["ok"]


async def test_addresses_and_numbers_are_taken_out_in_any_case_and_said_so(world: World) -> None:
    said = {"quote_0": "I wrote to help@example.org and rang +44 7700 900142."}
    modal = await previewed(world, said)
    assert "Taken out in any case: 1 e-mail address and 1 telephone number." in modal.words()
    assert "I wrote to [e-mail address] and rang [phone number]." in modal.words()


async def test_more_names_than_one_list_takes_are_decided_in_several(world: World) -> None:
    first = [
        "Ana",
        "Ben",
        "Carla",
        "Dario",
        "Elena",
        "Felipe",
        "Gloria",
        "Hector",
        "Ingrid",
        "Javier",
        "Katrin",
    ]
    said = " ".join(f"I asked {name} Balogh{chr(97 + number)}." for number, name in enumerate(first))
    modal = await previewed(world, {"quote_0": said})
    fields = [block["block_id"] for block in modal.blocks if block["block_id"].startswith("hidden_")]
    assert fields == ["hidden_0", "hidden_1"]
    assert (await modal.submit())["ok"]
    assert len(await published(world)) == len(first)


async def test_a_kept_story_keeps_its_decisions(world: World) -> None:
    modal = await previewed(world)
    await modal.choose(ids.INTERVIEW_KEEP)
    (story,) = await world.stories()
    assert story.state is StoryState.KEPT
    assert story.interview.hidden == ("person:Zsófia Balogh", "place:Wolverhampton")
