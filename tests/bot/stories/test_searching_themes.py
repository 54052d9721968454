"""A search narrowed to a theme that people named, and what a process holds of texts that are erased."""

from __future__ import annotations

from sqlalchemy import text

from bot import publishing
from bot.desk import Desk
from bot.search import find
from bot.search_gleaning import glean
from storage import erasing, nps_sources, search_texts, themes
from storage.holdings import About
from storage.search_texts import Meaning
from storage.themes import NewTheme
from stories.search.asking import Narrowed
from tests.bot.stories.test_searching import BUILDER, ask, comment, found, tell
from tests.conftest import NOW, WORKSPACE


async def test_a_theme_that_people_named_narrows_to_what_is_about_it(desk: Desk) -> None:
    story = await tell(desk, BUILDER)
    source = await comment(desk, "shop", "Invoices come too late", score=2)
    await comment(desk, "shop", "Invoices are fine", score=9)
    await glean(desk, WORKSPACE)
    async with desk.begin() as session:
        rows = (await session.execute(text("SELECT id, words FROM search_texts"))).all()
        about = [row.id for row in rows if "late" in row.words or "Approving" in row.words]
        new = NewTheme(name="money", described=b"", text_ids=tuple(about))
        theme = await themes.add_proposal(session, WORKSPACE, "none", new, now=NOW)
    money = Narrowed(theme="Money Matters")
    assert found(await ask(desk, "invoices", narrowed=money)) == [], "nobody named it yet"
    async with desk.begin() as session:
        await themes.name(
            session, WORKSPACE, theme, called="money matters", sentence="Money.", described=b"", by="U1"
        )
    said = await find(desk, WORKSPACE, "U2", 'Invoices OR approving theme:"Money matters"')
    assert set(found(said)) == {BUILDER.title, "Invoices come too late"}
    assert found(await find(desk, WORKSPACE, "U2", "", money)) == ["Invoices come too late", BUILDER.title]
    assert found(await find(desk, WORKSPACE, "", "theme:approval")) == [BUILDER.title]
    async with desk.begin() as session:
        await nps_sources.share_verbatims(session, WORKSPACE, source, shared=False)
        await publishing.withdraw(session, WORKSPACE, story, by="U1", now=NOW)
    assert found(await ask(desk, "", narrowed=money)) == []


async def test_what_is_held_of_an_erased_text_goes_at_once(desk: Desk) -> None:
    await comment(desk, "shop", "Invoices come too late")
    await glean(desk, WORKSPACE)
    async with desk.begin() as session:
        number = (await session.execute(text("SELECT id FROM search_texts"))).scalar_one()
        signs = Meaning(text_id=number, kind="comment", code=b"\x07" * 32, vector=b"\x07" * 256)
        await search_texts.keep_meanings(session, WORKSPACE, "made-up", [signs])
    await desk.shelves.fill(desk.database, WORKSPACE, "made-up", NOW)
    await desk.shelves.let_erased_go(desk.database)
    assert desk.shelves.held(WORKSPACE) == 1
    async with desk.begin() as session:
        await erasing.begin(session, WORKSPACE, About.RESPONDENT, "a key", needles=(), by="U1", now=NOW)
        await session.execute(text("DELETE FROM search_texts"))
    await desk.shelves.let_erased_go(desk.database)
    assert desk.shelves.held(WORKSPACE) == 0
