"""Each comment has a language: found once, asked for in words, chosen by channels; old conversations too."""

from __future__ import annotations

import json
from datetime import timedelta

from sqlalchemy import text

from bot import telling_languages
from bot.desk import Desk
from bot.languages import heard_in
from storage import interviews, nps_deeper, nps_languages
from storage.nps_answers import Answer
from tests.blockkit import assert_valid
from tests.bot.digest.conftest import form
from tests.bot.home.test_near import hears
from tests.bot.nps.asking.conftest import Company
from tests.conftest import NOW, WORKSPACE

ENGLISH = "The app is slow and I cannot find the invoices that we have sent."
GERMAN = "Das ist leider viel zu langsam und ich finde die Rechnung nicht."
SHORT = "Zu langsam"


async def said(company: Company, *comments: str) -> None:
    """An answer for each of these, and enough others to hide among."""
    await company.take(
        [
            Answer(key=f"k{number}", score=3, at=NOW - timedelta(days=20 + number % 40), comment=comment)
            for number, comment in enumerate((*comments, *[""] * 60))
        ]
    )
    await company.share_comments()


async def shown(company: Company, words: str) -> str:
    payload = await company.ask(words, working=True)
    assert_valid(payload, "message")
    return json.dumps(payload, ensure_ascii=False)


async def test_comments_are_asked_for_by_language_before_and_after_it_was_found_out(
    empty: Company, desk: Desk
) -> None:
    await said(empty, ENGLISH, GERMAN, SHORT)
    for _looked in range(2):
        found = await shown(empty, "comments in german")
        assert GERMAN in found
        assert "German" in found
        assert ENGLISH not in found
        assert SHORT not in found, "too short to tell"
        everything = await shown(empty, "comments")
        assert all(one in everything for one in (ENGLISH, GERMAN, SHORT))
        assert ENGLISH in await shown(empty, "detractors written in en")
        await telling_languages.tell(desk, WORKSPACE)
    assert "comments in german" in await shown(empty, "nps in german"), "scores have no language"


async def test_languages_are_found_out_once_and_again_where_the_words_changed(
    empty: Company, desk: Desk
) -> None:
    await said(empty, ENGLISH, GERMAN, SHORT)
    assert await telling_languages.tell(desk, WORKSPACE) == 3
    assert await telling_languages.tell(desk, WORKSPACE) == 0, "nobody is looked at twice"
    changed = Answer(key="k0", score=4, at=NOW - timedelta(days=20), comment=GERMAN)
    await empty.take([changed])
    async with desk.read() as session:
        untold = await nps_languages.untold(session, WORKSPACE, most=9)
    assert [one.comment for one in untold] == [GERMAN]
    async with desk.begin() as session:
        await nps_languages.tell(session, WORKSPACE, {untold[0]: "de"})
        rows = await session.execute(text("SELECT language FROM nps_answers WHERE comment > '' ORDER BY key"))
        assert [row[0] for row in rows] == ["de", "de", ""]


async def test_conversations_from_before_are_looked_at_once_and_nobody_is_overruled(desk: Desk) -> None:
    async with desk.begin() as session:
        for number in range(3):
            talk = form(number, happened=GERMAN, title="Zu langsam ist das und nicht gut", quotes=(GERMAN,))
            await interviews.store(session, WORKSPACE, talk, source_key=f"t{number}", author_id="U1", now=NOW)
        await session.execute(text("UPDATE interviews SET language = ''"))
        await session.execute(text("UPDATE interviews SET language_said = true WHERE id = 2"))
    assert await telling_languages.tell(desk, WORKSPACE) == 2
    assert await telling_languages.tell(desk, WORKSPACE) == 0
    async with desk.read() as session:
        rows = await session.execute(text("SELECT language FROM interviews ORDER BY id"))
        assert [row[0] for row in rows] == ["de", "", "de"]


async def test_a_channel_that_chose_its_languages_hears_comments_in_these(empty: Company, desk: Desk) -> None:
    await said(empty, ENGLISH, GERMAN, SHORT)
    async with desk.begin() as session:
        await hears(session, "C1")
        assert await heard_in(session, WORKSPACE, "C1") == frozenset()
        await session.execute(text("UPDATE channels SET languages = '[\"de\"]'"))
    async with desk.read() as session:
        wanted = await heard_in(session, WORKSPACE, "C1")
        days = (NOW.date() - timedelta(days=90), NOW.date())
        heard = await nps_deeper.verbatims(session, WORKSPACE, {}, *days, languages=wanted)
    assert {one.comment for one in heard} == {GERMAN, SHORT}, "one of which nobody can tell goes everywhere"
