"""A customer who is erased is in no episode any more, wherever it stands: not a byte of what they said."""

from __future__ import annotations

from bot.desk import Desk
from bot.erasing import asking
from bot.erasing.work import Worker, carry_on
from bot.series import chapters
from storage.holdings import About
from tests.bot.erasing.conftest import bytes_of, slack_takes
from tests.bot.series.season import FIRST, READER, opened, published, stands, told
from tests.conftest import WORKSPACE

TRACES = (b"flour on the screen", b"baker from leeds", b"sunday evenings", b"bread is in the oven")


async def test_episodes_and_what_readers_caught_up_with_go_with_a_customer(desk: Desk) -> None:
    database = desk.database
    marta = await told(database, FIRST)
    season_id = await opened(desk, marta)
    first = await published(desk, "Is she done before the bread is in the oven?")
    async with database.begin() as session:
        await chapters.send(session, WORKSPACE, READER, season_id, None, thread_ts=None, now=desk.now())
    await slack_takes(database)
    before = bytes_of(database)
    assert all(one in before for one in TRACES)
    async with database.begin() as session:
        whom = await asking.subject(session, WORKSPACE, About.CUSTOMER, str(marta), name="Author")
        await asking.begin(session, WORKSPACE, whom, by="U0PRIVACY", now=desk.now())
    for _ in range(6):
        await carry_on(Worker(database=database, now=desk.now, desk=desk), WORKSPACE)
        await slack_takes(database)
    assert await stands(desk, first) is None
    after = bytes_of(database)
    assert [one for one in TRACES if one in after] == []
