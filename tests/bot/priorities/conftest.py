"""The house of the stories' tests, with customers who speak of a few things."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.desk import Desk
from bot.search_gleaning import glean
from storage import people, theme_sorting, themes
from storage.themes import NewTheme
from stories.search.texts import THEMED
from tests.bot.digest.conftest import form
from tests.bot.stories.conftest import House, house
from tests.conftest import NOW, WORKSPACE

__all__ = ["house"]

PAPER = ("I print every order.", "The printer is my second screen.", "Paper is quicker.", "We print it all.")
PRICE = ("The price is too high.", "Too expensive for us.", "Costs more than others.", "It went up again.")
SPEED = ("The app is slow.", "The app is slow on Mondays.", "Loading it is slow.", "The app loads so slow.")
COLOUR = ("I cannot tell red from green.", "Red and green look alike.", "Green and red, I cannot see.")
PARROT = ("My parrot knows the ringtone.",)


async def spoken(house: House, *said: str, agreed: bool = False, **more: Any) -> None:
    """A published story for each of these quotes, of a customer each."""
    further = ("contacted_again",) if agreed else ()
    for number, words in enumerate(said):
        told = form(number, quotes=(words,), alias=f"baker no. {number}", score=3 + number % 4, **more)
        await house.story(replace(told, agreed=further), by="mika")


async def theme(desk: Desk, name: str, *said: str, kept: bool = True) -> int:
    """A theme with exactly these texts, named by a person unless it is only proposed."""
    await glean(desk, WORKSPACE)
    async with desk.read() as session:
        rows = await theme_sorting.to_be_found_in(session, WORKSPACE, "wordllama", THEMED, most=999)
    found = {words: number for number, words, _vector in rows}
    new = NewTheme(name=name, described=rows[0][2], text_ids=tuple(found[words] for words in said))
    async with desk.begin() as session:
        theme_id = await themes.add_proposal(session, WORKSPACE, "wordllama", new, now=NOW)
        if kept:
            vector = rows[0][2]
            await themes.name(
                session, WORKSPACE, theme_id, called=name, sentence=name, described=vector, by="U1"
            )
    return theme_id


async def make_editor(house: House, name: str) -> None:
    async with house.desk.begin() as session:
        await people.grant(session, WORKSPACE, house.person(name).id, "editor", by="U0", now=NOW)
