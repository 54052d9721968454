"""Everything of a workspace is erased; it stays connected, and its neighbour is left alone."""

from __future__ import annotations

from dataclasses import replace

from bot.desk import Desk
from storage import erasing, interviews, workspaces
from storage.erasing import Step
from storage.holdings import About
from tests.bot.erasing.conftest import Planted, bytes_of, slack_takes, traces
from tests.bot.erasing.test_customers import finished
from tests.bot.stories.conftest import BAKER
from tests.conftest import NOW, WORKSPACE


async def test_all_messages_are_taken_down_all_rows_go_and_another_workspace_keeps_what_is_its_own(
    planted: Planted, desk: Desk
) -> None:
    neighbours = replace(BAKER, name="Ivo Frost", company="Frost", alias="the butcher")
    async with planted.database.begin() as session:
        await workspaces.ensure(session, "T0OTHER", name="Other", installed_by=None, now=NOW)
        await interviews.store(session, "T0OTHER", neighbours, source_key="x", author_id="U1", now=NOW)
    await slack_takes(planted.database)
    erasure = await finished(planted, desk, await planted.begin(About.WORKSPACE))
    assert erasure.step is Step.DONE
    assert erasure.counts["posts"] == {"done": 4}
    assert traces(bytes_of(planted.database)) == []
    assert b"ortega" not in bytes_of(planted.database)
    assert await planted.rows("SELECT workspace_id FROM interviews") == [("T0OTHER",)]
    assert await planted.one("SELECT count(*) FROM customers") == 1
    assert await planted.one("SELECT count(*) FROM workspaces") == 2
    async with planted.database.read() as session:
        assert len(await erasing.latest(session, WORKSPACE)) == 1
        assert await erasing.latest(session, "T0OTHER") == ()
