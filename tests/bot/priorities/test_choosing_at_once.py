"""Two people choose at the same moment, or something happens to a theme between a look and the choice."""

from __future__ import annotations

import asyncio
from datetime import date

from sqlalchemy import select

from bot.messages.priorities_choosing import choose_view
from bot.priorities import choosing
from bot.priorities.choosing import Choice, Weighed
from bot.showing import show
from storage import interviews, priorities, search_texts, stories, themes
from storage.database import Database
from storage.tables_search import SearchTextRow
from storage.themes import NewTheme
from stories.errors import UserError
from stories.nps.periods import Period
from stories.priorities.priority import State
from stories.search import texts
from stories.search.texts import Kind as SearchKind
from tests.blockkit import assert_valid
from tests.bot.digest.conftest import form
from tests.conftest import NOW, WORKSPACE
from tests.storage.conftest import any_url, either

__all__ = ["any_url", "either"]

QUARTER = Period(first=date(2026, 10, 1), last=date(2026, 12, 31))
NOBODY_ELSE = Weighed(today=NOW.date(), start=None)


async def themes_of_three(database: Database, *names: str, company: str = "") -> list[int]:
    """Themes with these names, each with the same three conversations; their ids, in this order."""
    async with database.begin() as session:
        for number in range(3):
            told = form(number, quotes=(f"I print order {number}.",), company=company)
            story_id = await interviews.store(
                session, WORKSPACE, told, source_key=f"{number}", author_id="U1", now=NOW
            )
            story = await stories.get(session, WORKSPACE, story_id)
            assert story is not None
            await stories.publish(session, WORKSPACE, story, now=NOW)
            made = texts.of_story(WORKSPACE, story, await show(session, WORKSPACE, story_id, NOW))
            await search_texts.keep_story(session, WORKSPACE, story.interview.id, made)
        quotes = select(SearchTextRow.id).where(SearchTextRow.kind == SearchKind.QUOTE)
        ids = tuple((await session.execute(quotes)).scalars())
        found = []
        for name in names:
            new = NewTheme(name=name, described=b"", text_ids=ids)
            theme_id = await themes.add_proposal(session, WORKSPACE, "none", new, now=NOW)
            await themes.name(
                session, WORKSPACE, theme_id, called=name, sentence=name, described=b"", by="U1"
            )
            found.append(theme_id)
    return found


async def choose(database: Database, theme_id: int) -> str:
    """What somebody hears who chooses this theme: nothing, or why not."""
    choice = Choice(
        theme_id=theme_id, quarter=QUARTER, owner_id="U1", done_means="Nobody prints an order.", segment=()
    )
    try:
        async with database.begin() as session:
            await choosing.choose(
                session, WORKSPACE, choice, NOBODY_ELSE, by="U2", now=NOW, command="/firsthand"
            )
    except UserError as refused:
        return f"{refused.field}: {refused.message}"
    return ""


async def test_of_many_who_choose_at_once_three_get_a_place_and_no_theme_two(either: Database) -> None:
    paper, price, speed, colour = await themes_of_three(either, "Paper", "Price", "Speed", "Colour")
    said = await asyncio.gather(*(choose(either, paper) for _each in range(4)))
    assert min(said) == ""
    assert all("one of this quarter’s top three already" in one for one in sorted(said)[1:])
    others = await asyncio.gather(*(choose(either, one) for one in (price, speed, colour)))
    assert sorted(others)[:2] == ["", ""]
    assert "To add one, drop one" in sorted(others)[2]
    async with either.read() as session:
        standing = await priorities.of_quarter(session, WORKSPACE, QUARTER.first)
    assert [one.place for one in standing] == [1, 2, 3]
    assert len({one.theme_id for one in standing}) == 3


async def test_what_became_a_symptom_since_it_was_looked_at_is_not_chosen(database: Database) -> None:
    (paper,) = await themes_of_three(database, "Paper")
    async with database.begin() as session:
        text_id = (await themes.texts_of(session, WORKSPACE, paper, most=1))[0]
        await themes.correct(session, WORKSPACE, text_id, theme_id=paper, to_id=None, by="U3", now=NOW)
    assert "Symptom only" in await choose(database, paper)
    async with database.begin() as session:
        await themes.drop(session, WORKSPACE, paper)
    assert "isn’t there any more" in await choose(database, paper)
    async with database.read() as session:
        assert await priorities.every(session, WORKSPACE, most=9) == ()


async def test_where_all_three_have_ended_nothing_is_offered_to_be_dropped(database: Database) -> None:
    *three, fourth = await themes_of_three(database, "Paper", "Price", "Speed", "Colour")
    assert [await choose(database, one) for one in three] == ["", "", ""]
    async with database.begin() as session:
        for one in await priorities.of_quarter(session, WORKSPACE, QUARTER.first):
            await choosing.end(session, WORKSPACE, one, State.DONE, "Nobody does.", by="U1", now=NOW)
    assert "quarter: All three of that quarter have ended" in await choose(database, fourth)
    assert_valid(choose_view(fourth, "Colour", (QUARTER,), [], [()], full=True), "modal")
