"""What stands around a season: the market, and what more customers of one kind speak of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from storage import (
    series,
    series_around,
    series_feeds,
    series_trends,
)
from storage.database import Database
from storage.rows import add, add_many
from storage.series_feeds import Item
from storage.tables_search import SearchTextRow
from storage.tables_themes import ThemeRow, ThemeTextRow
from stories.series.material import Headline
from stories.series.sources import Kind, Ref
from tests.conftest import NOW, WORKSPACE
from tests.storage.series.telling import FORM, LATER, opened, season_of, talked, told


async def test_feeds_bring_each_item_once_and_old_ones_go_but_for_those_told(database: Database) -> None:
    async with database.begin() as session:
        feed_id = await series_feeds.add_feed(session, WORKSPACE, "https://example.com/f", by="U1", now=NOW)
        assert feed_id is not None
        items = [
            Item(key=key, title=f"About exports {key}", link=f"https://example.com/{key}", day=day)
            for key, day in (("a", date(2026, 11, 10)), ("b", date(2026, 1, 1)), ("c", date(2026, 1, 2)))
        ]
        read_at = {"title": "Ledger", "etag": "", "modified": "", "now": NOW, "due_at": LATER}
        assert await series_feeds.was_read(session, WORKSPACE, feed_id, items, **read_at) == 3  # type: ignore[arg-type]  # as named
        assert await series_feeds.was_read(session, WORKSPACE, feed_id, items, **read_at) == 0  # type: ignore[arg-type]  # as named
        found = {one.title: one for one in await headlines(session)}
        episode, _talk, _customer = await told(session)
        assert episode.headlines() == (found["About exports a"].ref,)
        await session.execute(
            text("UPDATE series_sentences SET source = :b WHERE source = :a"),
            {"a": str(found["About exports a"].ref), "b": str(found["About exports b"].ref)},
        )
        await series_feeds.forget_before(session, WORKSPACE, date(2026, 6, 1))
        left = [one.title for one in await headlines(session)]
        assert left == ["About exports a", "About exports b"]
        assert await series_feeds.remove_feed(session, WORKSPACE, feed_id)
        assert await headlines(session) == ()


async def headlines(session: AsyncSession) -> tuple[Headline, ...]:
    """Those of the last weeks, and what an episode may have told of: every one there is."""
    numbers = (await session.execute(text("SELECT id FROM series_headlines"))).scalars()
    refs = [Ref(Kind.HEADLINE, str(number)) for number in numbers]
    return await series_around.headlines(session, WORKSPACE, NOW, refs)


async def test_a_trend_is_reckoned_from_different_customers_of_the_same_kind(database: Database) -> None:
    async with database.begin() as session:
        season_id = await opened(session)
        _talk, customer_id = await talked(session)
        await series.follow_customer(session, WORKSPACE, season_id, customer_id, by="U0EDITOR", now=LATER)
        await _speak_of(session, "Exports", 9)
        season = await season_of(session, season_id)
        assert await series_trends.reckon(session, WORKSPACE, season, date(2026, 11, 15)) == 0
        # Maya is the only one who does not speak of it: that would tell who it is.
        await _speak_of(session, "Ovens", 4)
        assert await series_trends.reckon(session, WORKSPACE, season, date(2026, 11, 15)) == 1
        assert await series_trends.reckon(session, WORKSPACE, season, date(2026, 11, 15)) == 1
        (kept,) = await series_around.trends(session, WORKSPACE, date(2026, 11, 15), ())
    assert (kept.segment, kept.theme, kept.before, kept.after, kept.people) == (
        "Bakeries",
        "Exports",
        0,
        9,
        9,
    )


async def _speak_of(session: AsyncSession, theme: str, people: int) -> None:
    """So many bakers who speak of a theme."""
    own = {"workspace_id": WORKSPACE}
    theme_id = await add(
        session,
        ThemeRow,
        **own,
        name=theme,
        state="kept",
        encoder="wordllama",
        described=b"",
        named_by="U1",
        created_at=NOW,
    )
    for number in range(people):
        form = replace(FORM, name=f"{theme} Baker{number}", title=f"{theme} {number}", agreed=())
        interview_id, _customer = await talked(session, form)
        found = SearchTextRow(
            **own, kind="story", interview_id=interview_id, day=date(2026, 11, 12), words="x", facets=""
        )
        session.add(found)
        await session.flush()
        about = {**own, "text_id": found.id, "theme_id": theme_id, "how": "said", "at": NOW, "rank": 0}
        await add_many(session, ThemeTextRow, [{**about, "said_by": "U1"}])
