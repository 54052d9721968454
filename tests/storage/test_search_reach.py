"""Of words that very many texts hold the newest are looked through, and all of what holds a rare one."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from storage import nps_answers, nps_sources, search_due, search_finding, search_texts
from storage.database import Database
from storage.nps_answers import Answer
from storage.rows import add, add_many
from storage.search_asked import Asked
from storage.tables_search import SearchTextRow
from storage.tables_themes import ThemeRow, ThemeTextRow
from stories.search import asking
from stories.search.asking import Search
from stories.search.frequent import Reach
from stories.search.texts import of_comment
from tests.conftest import NOW, WORKSPACE

SAID = (
    "pylon by the queue",
    "queue one",
    "queue with lunch",
    "queue two",
    "lunch in the queue",
    "queue three",
    "queue four",
)
"""The oldest first, a month apart each."""


async def _say(database: Database) -> None:
    async with database.begin() as session:
        source = await nps_sources.create(session, WORKSPACE, kind="file", name="shop", now=NOW)
        at = [NOW - timedelta(days=31 * back) for back in range(len(SAID), 0, -1)]
        said = [Answer(key=one, score=3, at=when, comment=one) for one, when in zip(SAID, at, strict=True)]
        await nps_answers.take_in(session, WORKSPACE, source, said)
        due = await search_due.due_comments(session, WORKSPACE, most=99)
        made = [
            (one, of_comment(WORKSPACE, one.comment, score=one.score, day=one.day, properties={}))
            for one in sorted(due, key=lambda one: one.day)
        ]
        await search_texts.keep_comments(session, WORKSPACE, made)


async def _theme(database: Database) -> int:
    """A theme that all texts were found to be about."""
    async with database.begin() as session:
        named = {"name": "waiting", "sentence": "", "state": "kept", "encoder": "", "described": b""}
        own = {"workspace_id": WORKSPACE}
        theme = await add(session, ThemeRow, **own, **named, named_by="U1", created_at=NOW, rose_on=None)
        ids = (await session.execute(select(SearchTextRow.id))).scalars()
        about = {**own, "theme_id": theme, "how": "sorted", "rank": 0, "said_by": None, "at": NOW}
        await add_many(session, ThemeTextRow, [{**about, "text_id": one} for one in ids])
    return theme


async def _found(database: Database, words: str, reach: Reach, *themes: int) -> set[str]:
    today = date(NOW.year, NOW.month, NOW.day)
    search = Search(workspace_id=WORKSPACE, user_id="U1", words=words, today=today)
    asked = Asked(
        words=asking.terms(words),
        marks=tuple(asking.marks(search)),
        most=5,
        reach=reach,
        themes=themes,
    )
    async with database.read() as session:
        ids = [one for one, _ in await search_finding.by_words(session, WORKSPACE, asked)]
        return {one.words for one in await search_finding.texts(session, WORKSPACE, ids, "")}


async def test_a_rare_word_is_found_however_old_and_a_frequent_one_where_it_is_new(
    database: Database,
) -> None:
    await _say(database)
    near = Reach(ranked=3, newest=2, together=1)
    assert await _found(database, "queue", near) == set(SAID[-2:])
    found = await _found(database, "queue pylon lunch", near)
    assert found == {SAID[0], "queue with lunch", "lunch in the queue", *SAID[-2:]}


async def test_what_is_looked_through_by_pieces_is_found_once(either: Database) -> None:
    await _say(either)
    # The planner expects one text for each word of so few, whatever they hold.
    by_pieces = await _found(either, "queue lunch", Reach(ranked=0, newest=9, together=9))
    assert {"queue with lunch", "lunch in the queue"} <= by_pieces <= set(SAID)
    assert len(by_pieces) == 5


async def test_of_a_theme_it_is_what_is_new_that_a_frequent_word_finds(either: Database) -> None:
    await _say(either)
    theme = await _theme(either)
    # The planner expects one text for each word of so few, whatever they hold.
    assert await _found(either, "queue", Reach(ranked=0, newest=2), theme) == set(SAID[-2:])
    every = await _found(either, "queue", Reach(), theme)
    assert len(every) == 5
    assert every <= {one for one in SAID if "queue" in one}
    assert await _found(either, "queue", Reach(), theme + 1) == set()
