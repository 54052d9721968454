from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage import candidates, deliveries, interviews, pools, reactions, stories, tellings
from storage.candidates import MOST_OFFERED
from storage.database import Database
from storage.deliveries import Post
from stories.digest import FRESH_FOR, RETELL_AFTER, DigestSettings
from stories.forms import Form
from stories.story import Reaction, StoryState
from stories.substance import is_thin
from tests.conftest import NOW, WORKSPACE
from tests.storage.conftest import OTHER

DAY = timedelta(days=1)
ANY = DigestSettings()


@pytest.fixture
async def session(either: Database) -> AsyncIterator[AsyncSession]:
    async with either.begin() as opened:
        yield opened


async def story(
    session: AsyncSession,
    number: int,
    *,
    segment: str = "bakeries",
    themes: tuple[str, ...] = ("pricing",),
    days_old: float = 1,
    workspace: str = WORKSPACE,
) -> int:
    form = Form(
        name=f"Customer {number}",
        segment=segment,
        talked_on="2026-11-12",
        how="call",
        title=f"Story {number}",
        trying_to="x",
        happened="y",
        quotes=("z",),
        themes=themes,
        sharing="with_name",
    )
    key, when = f"{workspace}:{number}", NOW - days_old * DAY
    made = await interviews.store(session, workspace, form, source_key=key, author_id="U1", now=when)
    value = await stories.get(session, workspace, made)
    assert value is not None
    await stories.publish(session, workspace, value, now=when)
    return made


async def tell(
    session: AsyncSession, *ids: int, at: datetime = NOW, channel: str = "C1", state: str = "sent"
) -> int:
    post = Post(channel_id=channel, kind="digest", slot_key=f"{ids}{at}", payload={}, asked_by="U1")
    delivery = await deliveries.plan(session, WORKSPACE, post, now=at)
    assert delivery is not None
    places = [(story_id, position, False) for position, story_id in enumerate(ids)]
    await tellings.record(session, WORKSPACE, delivery, channel, places, at)
    await session.execute(text(f"UPDATE deliveries SET state='{state}' WHERE id={delivery}"))
    return delivery


async def fresh(session: AsyncSession, wanted: DigestSettings = ANY, channel: str = "C1") -> list[int]:
    offers = await candidates.fresh(session, WORKSPACE, channel, wanted, NOW - FRESH_FOR)
    return [offer.candidate.story_id for offer in offers]


async def loved(session: AsyncSession, wanted: DigestSettings = ANY) -> list[int]:
    offers = await candidates.loved(session, WORKSPACE, "C1", wanted, NOW - RETELL_AFTER)
    return [offer.candidate.story_id for offer in offers]


async def love(session: AsyncSession, story_id: int, *users: str, channel: str = "C1") -> None:
    for user in users:
        await reactions.react(
            session, WORKSPACE, story_id, user, Reaction.THOUGHT, channel_id=channel, now=NOW
        )


async def test_fresh_ones_come_newest_first_without_told_old_withdrawn_or_foreign_ones(
    session: AsyncSession,
) -> None:
    newest, older = await story(session, 1, days_old=1), await story(session, 2, days_old=9)
    told, elsewhere = await story(session, 3), await story(session, 4, days_old=2)
    await story(session, 5, days_old=31)
    withdrawn = await story(session, 6)
    await stories.take_back(session, WORKSPACE, withdrawn, state=StoryState.WITHDRAWN)
    await story(session, 7, workspace=OTHER)
    await tell(session, told)
    await tell(session, elsewhere, channel="C2")
    assert await fresh(session) == [newest, elsewhere, older]
    assert await fresh(session, channel="C2") == [told, newest, older]


@pytest.mark.parametrize(("state", "counts"), [("pending", True), ("failed", False), ("cancelled", False)])
async def test_what_nobody_read_does_not_count_as_told(
    session: AsyncSession, state: str, counts: bool
) -> None:
    one = await story(session, 1)
    await tell(session, one, state=state)
    assert await fresh(session) == ([] if counts else [one])


async def test_topics_are_asked_for_however_they_are_written(session: AsyncSession) -> None:
    baker = await story(session, 1, segment="Bakeries", themes=("straße",))
    cafe = await story(session, 2, segment="Cafés", themes=("pricing", "vat"))
    assert await fresh(session, DigestSettings(segments=frozenset({"BAKERIES"}))) == [baker]
    assert await fresh(session, DigestSettings(themes=frozenset({"Strasse"}))) == [baker]
    both = DigestSettings(segments=frozenset({"cafés"}), themes=frozenset({"vat", "straße"}))
    assert await fresh(session, both) == [cafe]


async def test_a_rare_topic_is_found_behind_many_others(
    session: AsyncSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "MOST_WALKED", 2)
    rare = await story(session, 1, themes=("rare",), days_old=20)
    for number in range(2, 6):
        await story(session, number)
    assert await fresh(session, DigestSettings(themes=frozenset({"rare"}))) == [rare]


async def test_loved_ones_come_dearest_first_after_a_rest(session: AsyncSession) -> None:
    ids = [await story(session, number, days_old=200) for number in range(5)]
    await love(session, ids[0], "U1")
    await love(session, ids[1], "U1", "U2", "U3")
    await love(session, ids[2], "U1", "U2")
    await love(session, ids[3], "U1", "U2", "U3", "U4")
    await tell(session, ids[3], at=NOW - 10 * DAY)
    await tell(session, ids[2], at=NOW - 100 * DAY)
    assert await loved(session) == [ids[1], ids[2], ids[0]]
    offers = await candidates.loved(session, WORKSPACE, "C1", ANY, NOW - RETELL_AFTER)
    assert [offer.candidate.told_at for offer in offers] == [None, NOW - 100 * DAY, None]


async def test_what_a_channel_heard_comes_with_the_clicks_made_there(session: AsyncSession) -> None:
    first, second = await story(session, 1), await story(session, 2, segment="cafés", themes=("vat",))
    await tell(session, first, second)
    await love(session, first, "U1", "U2")
    await love(session, second, "U3", channel="C2")
    heard = await candidates.heard(session, WORKSPACE, "C1", NOW - 180 * DAY)
    assert {(h.segment, h.themes, h.reactions) for h in heard} == {
        ("bakeries", ("pricing",), 2),
        ("cafés", ("vat",), 0),
    }


async def test_the_walks_follow_indexes_and_never_scan_the_stories(database: Database) -> None:
    """Whatever the planner knows (here: nothing): no step reads a whole table, and no walk sorts one."""
    plans: list[str] = []
    seen: list[tuple[str, Any]] = []
    wanted = DigestSettings(themes=frozenset({"vat"}), segments=frozenset({"bakeries"}))
    async with database.begin() as session:
        for number in range(MOST_OFFERED // 6):
            await story(session, number, themes=("vat",))

    def note(_c: Any, _u: Any, statement: str, values: Any, _x: Any, _many: bool) -> None:
        seen.append((statement, values))

    async with database.read() as session:
        connection = await session.connection()
        event.listen(connection.sync_connection, "before_cursor_execute", note)
        for settings in (ANY, wanted):
            await fresh(session, settings)
            await loved(session, settings)
        event.remove(connection.sync_connection, "before_cursor_execute", note)
        for statement, values in seen:
            rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            steps = [str(row.detail) for row in rows]
            by_number = "stories.id IN" in statement
            assert by_number or "USE TEMP B-TREE FOR ORDER BY" not in steps, statement
            plans += steps
    assert any("ix_stories_workspace_id_state_published_at" in plan for plan in plans)
    assert any("ix_stories_workspace_id_state_appreciation" in plan for plan in plans)
    assert any("ix_tellings_workspace_id_channel_id_story_id_told_at" in plan for plan in plans)
    by_state = [plan for plan in plans if "state=?" in plan and "COVERING" not in plan]
    assert by_state == [], "rows are looked up by number, not through all that is published"
    tables = ("stories", "story_topics", "tellings", "deliveries", "interviews", "customers")
    assert [plan for plan in plans if plan.startswith(tuple(f"SCAN {table}" for table in tables))] == []


async def test_how_much_a_story_tells_is_counted_when_it_is_written_and_again_when_it_is_edited(
    session: AsyncSession,
) -> None:
    made = await story(session, 1)
    (offer,) = await candidates.fresh(session, WORKSPACE, "C1", ANY, NOW - FRESH_FOR)
    assert is_thin(offer.candidate.substance)
    value = await stories.get(session, WORKSPACE, made)
    assert value is not None
    longer = Form(
        name="Customer 1",
        talked_on="2026-11-12",
        how="call",
        happened="It rained. " * 30,
        sharing="with_name",
    )
    await interviews.change(session, WORKSPACE, value.interview.id, longer, by="U1", now=NOW)
    (offer,) = await candidates.fresh(session, WORKSPACE, "C1", ANY, NOW - FRESH_FOR)
    assert offer.candidate.substance == 60
    (pooled,) = (await pools.fresh(session, WORKSPACE, NOW - FRESH_FOR)).offers
    assert pooled == offer
