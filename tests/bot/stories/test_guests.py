"""A guest in a channel where an editor let guests read along."""

from __future__ import annotations

import pytest

from playground.client import SeenMessage
from tests.bot.stories.conftest import House

REFUSED = "You are welcome to read the stories here"


async def _posted(house: House) -> SeenMessage:
    await house.share(await house.story(), "lobby")
    return await house.world.channel("lobby").wait_for("Invoices at four", as_="gus")


async def _nothing_came_of_it(house: House) -> None:
    assert await house.person("gus").modals() == []
    assert await house.rows("SELECT state FROM stories") == [("published",)]
    for table in ("reactions", "follow_ups", "reports"):
        assert await house.rows(f"SELECT count(*) FROM {table}") == [(0,)]


@pytest.mark.parametrize("button", ["story_thought", "story_more", "story_thanks", "story_act"])
async def test_a_guest_who_answers_a_story_is_told_kindly_and_not_counted(house: House, button: str) -> None:
    await house.person("gus").click(await _posted(house), button)
    await house.world.channel("lobby").wait_for(REFUSED, as_="gus")
    await _nothing_came_of_it(house)


@pytest.mark.parametrize("choice", ["Something’s wrong with this", "Share to a channel…"])
async def test_a_guest_neither_hides_nor_shares_a_story(house: House, choice: str) -> None:
    await house.person("gus").pick(await _posted(house), "story_menu", choice)
    await house.world.channel("lobby").wait_for(REFUSED, as_="gus")
    await _nothing_came_of_it(house)


async def test_a_guest_reads_the_whole_of_what_stands_in_front_of_them(house: House) -> None:
    gus = house.person("gus")
    await gus.pick(await _posted(house), "story_menu", "Read it all")
    await gus.modal(holding="flour on the screen")
