"""What is older than a workspace keeps it goes, once a day, and the rest stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.desk import Desk
from bot.erasing.retaining import give_notice, let_go
from bot.erasing.work import Worker, carry_on
from bot.messages.retention import kept_said
from storage import nps_imports, nps_sources, retaining, uploads, workspace_settings
from stories.errors import UserError
from stories.keeping import KEPT, chosen_of
from tests.bot.erasing.conftest import Planted, slack_takes
from tests.conftest import NOW, WORKSPACE, SetClock

DAY = timedelta(days=1)


async def test_nothing_young_goes_and_what_is_old_does(planted: Planted, desk: Desk, clock: SetClock) -> None:
    await slack_takes(planted.database)
    assert await let_go(desk, WORKSPACE) == 0
    clock.advance(100 * DAY)
    assert await let_go(desk, WORKSPACE) == 4, "what the posts said"
    assert await planted.rows("SELECT DISTINCT payload FROM deliveries") == [("{}",)]
    assert await planted.one("SELECT count(*) FROM drafts") == 1
    clock.advance(100 * DAY)
    assert await let_go(desk, WORKSPACE) == 1, "the draft"
    assert await planted.one("SELECT count(*) FROM stories") == 2, "kept until somebody erases them"


async def test_it_is_done_once_a_day(planted: Planted, desk: Desk, clock: SetClock) -> None:
    await let_go(desk, WORKSPACE)
    async with planted.database.begin() as session:
        await session.execute(text("UPDATE drafts SET updated_at = '2020-01-01 00:00:00.000000'"))
    clock.advance(timedelta(hours=23))
    assert await let_go(desk, WORKSPACE) == 0
    clock.advance(timedelta(hours=1))
    assert await let_go(desk, WORKSPACE) == 1


async def test_conversations_go_where_a_workspace_chose_it_with_all_that_was_posted(
    planted: Planted, desk: Desk, clock: SetClock
) -> None:
    await slack_takes(planted.database)
    async with planted.database.begin() as session:
        await workspace_settings.choose(
            session, WORKSPACE, {"keep": {"conversations": 30}}, by="U0BOSS", now=NOW
        )
    clock.advance(31 * DAY)
    assert await let_go(desk, WORKSPACE) == 2
    for _ in range(5):
        await carry_on(Worker(database=planted.database, now=clock.now, desk=desk), WORKSPACE)
        await slack_takes(planted.database)
    assert await planted.one("SELECT count(*) FROM interviews") == 0
    assert await planted.one("SELECT count(*) FROM erasures WHERE finished_at IS NULL") == 0


async def test_a_file_is_not_known_again_after_its_time(
    planted: Planted, desk: Desk, clock: SetClock
) -> None:
    async with planted.database.begin() as session:
        source = await nps_sources.create(session, WORKSPACE, kind="file", name="Survey", now=NOW)
        await nps_imports.begin(
            session, WORKSPACE, source, fingerprint="f", file="zephyrine.csv", now=NOW - 300 * DAY
        )
        receipt = uploads.Receipt(author_id=planted.author, draft_id=1)
        await uploads.keep(session, WORKSPACE, "f", {}, draft=receipt, now=NOW)
    clock.advance(101 * DAY)
    await let_go(desk, WORKSPACE)
    assert await planted.one("SELECT count(*) FROM nps_imports") == 0
    assert await planted.one("SELECT count(*) FROM file_receipts") == 1, "the younger one is"


@pytest.mark.parametrize("kind", [kept.name for kept in KEPT if kept.name != "conversations"])
async def test_every_kind_has_a_rule_that_runs_on_an_empty_workspace(planted: Planted, kind: str) -> None:
    async with planted.database.begin() as session:
        assert await retaining.let_go(session, WORKSPACE, kind, NOW - 900 * DAY) == 0


@pytest.mark.parametrize("said", ["-1", "a year", "1.5", "99999999", "²"])
def test_only_whole_days_can_be_chosen(said: str) -> None:
    with pytest.raises(UserError) as refused:
        chosen_of({"drafts": said})
    assert refused.value.field == "drafts"


async def test_a_new_limit_for_conversations_holds_from_the_day_after(
    planted: Planted, desk: Desk, clock: SetClock
) -> None:
    clock.advance(31 * DAY)
    async with planted.database.begin() as session:
        keep = {"keep": {"conversations": 30}}
        await workspace_settings.choose(session, WORKSPACE, keep, by="U0BOSS", now=clock.now())
        assert await give_notice(session, WORKSPACE, 30, clock.now()) == 2
        assert await give_notice(session, WORKSPACE, 0, clock.now()) == 0
    await let_go(desk, WORKSPACE)
    assert await planted.one("SELECT count(*) FROM erasures") == 0, "whoever mistyped can take it back"
    clock.advance(DAY)
    await let_go(desk, WORKSPACE)
    assert await planted.one("SELECT count(*) FROM erasures") == 2
    assert kept_said({}, old=2).startswith("*2 conversations are older than that*")
