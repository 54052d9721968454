from __future__ import annotations

from dataclasses import replace

from playground.client import SeenMessage
from playground.seen import spoken
from stories.consent import Purpose
from tests.bot.stories.conftest import BAKER, House


async def _ask(house: House, typed: str, *, by: str = "ben") -> SeenMessage:
    """The newest answer to `/stories …`, asked in a channel that the bot is not in."""
    reader = house.person(by)
    before = len(await reader.ephemerals("general"))
    await reader.command(f"/stories {typed}".strip(), channel="general")

    async def look() -> SeenMessage | None:
        seen = await reader.ephemerals("general")
        return seen[-1] if len(seen) > before else None

    answer = await house.world.until(look, f"an answer to {typed!r}")
    assert answer is not None
    return answer


def _shown(answer: SeenMessage, words: str) -> int:
    """How often these stand in its blocks: its text says the same for who hears it read."""
    return "\n".join(spoken(answer.blocks)).count(words)


async def test_every_answer_on_an_empty_database_says_the_next_step(house: House) -> None:
    for typed in ("", "help", "search invoices", "random", "mine"):
        assert "/interview" in (await _ask(house, typed)).words(), typed
    assert "For example" in (await _ask(house, "search")).words()


async def test_help_shows_what_was_told_last(house: House) -> None:
    await house.story()
    answer = await _ask(house, "")
    assert "/stories search" in answer.words()
    assert "Invoices at four in the morning" in answer.words()


async def test_words_find_a_story_and_it_can_be_read_whole(house: House) -> None:
    await house.story()
    answer = await _ask(house, "search oven")
    assert "One story about “oven”" in answer.words()
    ben = house.person("ben")
    await ben.click(answer, "story_read")
    modal = await ben.modal("A customer’s story")
    assert "because the export lost the VAT line" in modal.words()
    await ben.click(modal, "story_share")
    assert "Which channel" in (await ben.modal("Share this story")).words()


async def test_a_name_that_is_not_shared_finds_nothing_and_shows_nowhere(house: House) -> None:
    await house.story()
    for typed in ("search Marta", "search Ortega", "search bakery ortega"):
        assert "No story here speaks of" in (await _ask(house, typed)).words()
    for typed in ("search flour", "random", ""):
        assert "Marta" not in (await _ask(house, typed)).words()
        assert "Ortega" not in (await _ask(house, typed)).words()


async def test_with_name_the_person_and_company_are_told(house: House) -> None:
    await house.story(replace(BAKER, sharing="with_name"))
    assert "*Marta Ortega*, Ortega Bakery · small business" in (await _ask(house, "search Ortega")).words()


async def test_a_name_taken_back_later_finds_nothing_although_it_was_indexed(house: House) -> None:
    await house.story(replace(BAKER, sharing="with_name"))
    await house.agrees(1, Purpose.WITHOUT_NAME)
    assert "No story here speaks of" in (await _ask(house, "search Ortega")).words()
    assert "The baker from Leeds" in (await _ask(house, "search flour")).words()


async def test_what_may_not_be_shown_is_not_found_nor_counted(house: House) -> None:
    await house.story()
    await house.story(
        replace(BAKER, name="Nils", sharing="not_shared", title="Secret flour"), published=False
    )
    withdrawn = await house.story(replace(BAKER, name="Ida", title="Gone flour"))
    await house.agrees(3, Purpose.NOT_SHARED)
    answer = await _ask(house, "search flour")
    assert "One story about" in answer.words()
    assert "Gone" not in answer.words()
    await house.person("ben").click(await _ask(house, "random"), "story_thought")
    assert (withdrawn,) not in await house.rows("SELECT story_id FROM reactions")


async def test_results_come_in_pages(house: House) -> None:
    for number in range(7):
        await house.story(replace(BAKER, name=f"Person {number}", title=f"Flour number {number}"))
    ben = house.person("ben")
    answer = await _ask(house, "search flour")
    assert "7 stories" in answer.words()
    assert _shown(answer, "Flour number") == 5
    assert "stories_earlier" not in answer.actions()
    await ben.click(answer, "stories_more")

    async def turned() -> bool:
        return _shown((await ben.ephemerals("general"))[-1], "Flour number") == 2

    await house.world.until(turned, "the second page")
    second = (await ben.ephemerals("general"))[-1]
    assert "stories_more" not in second.actions()
    await ben.click(second, "stories_earlier")

    async def back() -> bool:
        return _shown((await ben.ephemerals("general"))[-1], "Flour number") == 5

    await house.world.until(back, "the first page")


async def test_an_unknown_word_gets_the_nearest_one_or_a_search(house: House) -> None:
    await house.story()
    assert "Did you mean `/stories random`?" in (await _ask(house, "radnom")).words()
    answer = await _ask(house, "flour in the morning")
    assert "/stories search flour in the morning" in answer.words()
    ben = house.person("ben")
    await ben.click(answer, "stories_search")

    async def found() -> bool:
        return "One story about" in (await ben.ephemerals("general"))[-1].words()

    await house.world.until(found, "what the search found")


async def test_markup_in_search_words_is_not_obeyed(house: House) -> None:
    await house.story()
    answer = await _ask(house, "search <!channel> & 'quote\" OR * NEAR(")
    assert "No story here speaks of" in answer.words()
    assert "<!channel>" not in answer.text
