"""An older story is told again where nothing is new, where somebody asked for that, and not every day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import text

from bot import attention
from storage.attention import Unasked
from tests.bot.digest.conftest import listens, ticks
from tests.bot.digest.test_tick import DAY, posts_in
from tests.bot.stories.conftest import BAKER, House
from tests.conftest import WORKSPACE


async def test_an_older_story_is_told_again_only_where_somebody_asked(house: House) -> None:
    story = await house.story()
    await listens(house, retell=True)
    await listens(house, "lobby")
    async with house.desk.begin() as session:
        await session.execute(text(f"UPDATE stories SET appreciation = 3 WHERE id = {story}"))
    house.clock.advance(60 * DAY)
    house.clock.moment = datetime(2027, 1, 19, 9, 0, 5, tzinfo=UTC)
    await ticks(house)
    post = await house.world.channel("pilot").wait_for("From November 2026, and worth hearing")
    assert BAKER.title in post.words()
    assert await posts_in(house, "lobby") == 0
    house.clock.advance(DAY)
    assert await ticks(house) == 0, "not again for a season"


async def test_what_has_gone_on_since_is_not_told_again_nor_anything_while_news_waits(house: House) -> None:
    await house.story()
    room = await listens(house, retell=True)
    async with house.desk.begin() as session:
        await session.execute(text("UPDATE stories SET appreciation = 3"))
    house.clock.moment = datetime(2027, 1, 18, 9, 0, 5, tzinfo=UTC)
    await house.story(replace(BAKER, customer_id=1, title="Invoices at noon"))
    assert await ticks(house) == 1, "the new one"
    house.clock.advance(7 * DAY)
    assert await ticks(house) == 0
    async with house.desk.begin() as session:
        await session.execute(text("UPDATE tellings SET told_at = '2026-12-01 09:00:00'"))
        line = Unasked(place=room.channel_id, kind="avatar_line", slot_key="line:1", about={"line": 1})
        await attention.offer(session, WORKSPACE, line, now=house.clock.moment)
    house.clock.advance(DAY)
    assert await ticks(house) == 0, "something waits"


async def test_an_older_story_is_told_once_a_week_where_nothing_is_new(house: House) -> None:
    await house.story()
    await house.story(replace(BAKER, name="Ida Ek", title="The oven is never off"))
    await listens(house, retell=True)
    async with house.desk.begin() as session:
        await session.execute(text("UPDATE stories SET appreciation = 3"))
    told = []
    for day in range(19, 30):
        house.clock.moment = datetime(2027, 1, day, 9, 0, 5, tzinfo=UTC)
        told += [day] * await ticks(house)
    assert told == [19, 26]
