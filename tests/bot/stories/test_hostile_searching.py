"""Whatever is searched for, and whatever customers' words hold: nothing of it is obeyed, by no database."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import publishing
from bot.connections import OneWorkspace
from bot.desk import Desk
from bot.messages import search as messages
from bot.messages.search import Choices, Page
from bot.search import Answer, find
from bot.search_gleaning import glean
from bot.settings import Settings
from storage import interviews, nps_answers, nps_sources, workspaces
from storage.database import open_database
from storage.encryption import Keyring
from storage.nps_answers import Answer as Said
from stories.search import asking
from stories.search.asking import Narrowed
from stories.text import clean, one_line
from tests.blockkit import assert_valid
from tests.bot.stories.conftest import BAKER
from tests.conftest import NOW, WORKSPACE, SetClock
from tests.naughty import NAUGHTY, wrong_with
from tests.postgres import hasty_postgres

OPERATORS = (
    "oven* OR 1=1",
    "NEAR(oven kept, 5) AND NOT x",
    '{words facets} : "kept"',
    "facets:va0dc2f060 ^ words : *",
    "oven:* & !x | (kept <-> story) :A",
    "') UNION SELECT words FROM search_texts --",
    "*" * 90,
    '"' * 90,
    "%_%' ESCAPE '\\",
    "theme:\" segment:' theme:“ovens” theme:\x00 segment:(((",
    "a:b:c theme:: segment:*",
    '"><img src=x onerror=alert(1)><script>alert(1)</script>{{ 7 * 7 }}',
)
"""What the databases' own searches would obey."""

HOSTILE = (*NAUGHTY, *OPERATORS)
KEPT = "Kept to itself, about kept ovens"


async def _plant(desk: Desk) -> None:
    """Comments with every text, as imports hand it on, stories with some in every field, and a kept one."""
    lines = [one_line(hostile)[:40] or "-" for hostile in HOSTILE]
    words = [f"oven {clean(hostile)[:300]}" for hostile in HOSTILE]
    async with desk.database.begin() as session:
        await workspaces.ensure(session, WORKSPACE, name="", installed_by=None, now=NOW)
        source = await nps_sources.create(session, WORKSPACE, kind="file", name="<b>", now=NOW)
        await nps_sources.share_verbatims(session, WORKSPACE, source, shared=True)
        told = (
            Said(key=f"{number}", score=3, at=NOW, comment=said, properties={"plan": line})
            for number, (line, said) in enumerate(zip(lines, words, strict=True))
        )
        await nps_answers.take_in(session, WORKSPACE, source, list(told))
        for line, said in list(zip(lines, words, strict=True))[::6]:
            form = replace(BAKER, title=f"{line} oven", happened=said, quotes=(said,), alias=line)
            form = replace(form, name=f"N {line}", segment=line, themes=(line,))
            story = await interviews.store(
                session, WORKSPACE, form, source_key=f"{line}{said}", author_id="U1", now=NOW
            )
            await publishing.publish(session, WORKSPACE, story, by="U1", now=NOW)
        kept = replace(BAKER, title=KEPT)
        await interviews.store(session, WORKSPACE, kept, source_key="kept", author_id="U1", now=NOW)
    await glean(desk, WORKSPACE)


async def _rows(desk: Desk) -> list[int]:
    tables = ("stories", "interviews", "search_texts", "nps_answers", "customers")
    async with desk.read() as session:
        return [
            (await session.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one() for table in tables
        ]


def _check(answer: Answer, page: Page, hostile: str) -> None:
    """Nothing that is not for this person came, and nothing in the message is obeyed."""
    titles = [one.telling.title for one in answer.results if one.telling]
    assert KEPT not in titles
    assert not [one for one in answer.results if one.own]
    made = messages.message(answer, page, Choices(segments=(hostile, "b"), themes=(hostile, "<!here>")))
    assert wrong_with(made) == []
    assert_valid(made, "message")
    assert wrong_with(messages.modal(page, [])) == []
    assert Page.of(page.token()).narrowed == page.narrowed


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_hostile_words_find_what_holds_them_and_do_nothing(
    kind: str, settings: Settings, clock: SetClock, keyring: Keyring, run_folder: Path, database_url: str
) -> None:
    own = settings.model_copy(update={"firsthand_search_encoder": "none"})
    with ExitStack() as stack:
        server = kind == "postgresql"
        url = stack.enter_context(hasty_postgres(run_folder, migrated=True)) if server else database_url
        database = open_database(url, keyring)
        try:
            texts = (*NAUGHTY[::6], *OPERATORS) if server else HOSTILE
            await _search(Desk(own, database, clock, OneWorkspace(own)), texts)
        finally:
            await database.close()


async def _search(desk: Desk, texts: Sequence[str]) -> None:
    await _plant(desk)
    before = await _rows(desk)
    for number, hostile in enumerate(texts):
        line = one_line(hostile)[:40]
        page = Page(words=one_line(hostile)[:100])
        if number % 2:
            page = Page(words="oven", narrowed=Narrowed(segment=line, theme=line if number % 4 == 1 else ""))
        words = page.words if number % 2 else hostile[:2000]
        _check(await find(desk, WORKSPACE, "U2", words, page.narrowed), page, hostile)
    assert await _rows(desk) == before
    assert not (await find(desk, "T0NOBODY", "U2", "oven* OR facets:v*")).results, "nobody else's workspace"
    assert len((await find(desk, WORKSPACE, "U2", "oven")).results) > len(HOSTILE)
    assert asking.terms('facets:va0dc2f060 "NEAR"') == ("facets", "va0dc2f060", "near"), "words, no operators"


def test_what_is_narrowed_to_more_than_a_button_holds_is_cut_rather_than_looked_at_for_ever() -> None:
    narrowed = Narrowed(kind="interview", segment='"' * 40, theme="\\" * 94, consent="quoted_by_avatar")
    page = Page(words="a" * 90, narrowed=narrowed)
    assert len(page.token()) <= 255
    read = Page.of(page.token())
    assert read.words == ""
    assert read.narrowed.segment == narrowed.segment


def test_a_theme_as_long_as_themes_get_is_offered_and_a_longer_one_that_was_typed_is_seen() -> None:
    longest, typed = "t" * 60, "theme " * 15
    page = Page(words="", narrowed=Narrowed(theme=typed))
    menus = messages.results(Answer(results=()), page, Choices(themes=(longest, "u" * 61)))[1]["elements"]
    menu = menus[-1]
    values = [one["value"] for one in menu["options"]]
    assert longest in values
    assert "u" * 61 not in values
    assert menu["initial_option"]["value"] == typed.strip()
