"""A page of all that is held shows what people wrote and runs nothing of it."""

from __future__ import annotations

from dataclasses import replace

from bot.erasing.exporting import export
from storage import held
from storage.database import Database
from storage.holdings import About
from stories.text import clean
from tests.bot.erasing.conftest import HERS, Planted, told
from tests.conftest import NOW, WORKSPACE
from tests.naughty import NAUGHTY


async def test_what_people_wrote_is_shown_and_never_obeyed(database: Database) -> None:
    nasty = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    async with database.begin() as session:
        await told(session, replace(HERS, happened=nasty, quotes=(nasty,)), "U0AUTHOR")
    async with database.read() as session:
        made = await export(session, WORKSPACE, About.CUSTOMER, "1", called=nasty, now=NOW)
    assert "<script" not in made.page
    assert "<img" not in made.page
    assert "&lt;script&gt;alert(1)" in made.page


async def test_any_text_at_all_can_be_exported(database: Database) -> None:
    async with database.begin() as session:
        for number, words in enumerate(NAUGHTY):
            form = replace(HERS, title=f"{number}", happened=clean(words) or "x", segment="x")
            await told(session, form, "U0AUTHOR")
    async with database.read() as session:
        made = await export(session, WORKSPACE, About.EMPLOYEE, "U0AUTHOR", called="Author", now=NOW)
    made.page.encode()
    made.json.encode()


async def test_what_unlocks_something_is_never_shown(planted: Planted) -> None:
    async with planted.database.read() as session:
        rows = await held.rows_of(session, WORKSPACE, About.EMPLOYEE, planted.author)
    shown = {name for kept in rows for row in kept.rows for name in row}
    assert not shown & {"bot_token", "secret", "pepper", "needles", "body"}
