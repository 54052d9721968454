"""The series on the web: a season from its first episode on, as its viewer may read it."""

from __future__ import annotations

from bot.centre.filters import Asked
from bot.centre.page import Drawing
from bot.centre.viewers import Viewer
from bot.desk import Desk
from bot.series.page import gather_series
from tests.bot.series.season import FIRST, READER, opened, published, says, told
from tests.conftest import WORKSPACE


async def page(desk: Desk, wanted: str = "") -> str:
    viewer = Viewer(workspace_id=WORKSPACE, user_id=READER)
    season = await gather_series(desk, viewer, wanted)
    return bytes(Drawing().series(season, Asked()).body).decode()


async def test_a_season_is_read_on_a_page_until_its_customer_takes_it_back(desk: Desk) -> None:
    assert "No season has begun yet" in await page(desk)
    marta = await told(desk.database, FIRST)
    await opened(desk, marta, title="First <year>")
    await published(desk)
    shown = await page(desk, "1")
    assert "First &lt;year&gt;" in shown
    assert "I do my invoices at four in the morning" in shown.partition("<blockquote")[2]
    assert "<script" not in shown.partition("<body>")[2]
    await says(desk, marta, words="No more.")
    shown = await page(desk, "1")
    assert "nothing of it is told any more" in shown
    assert "invoices" not in shown
