"""Days to remember why: one difference that was made, where channels follow; nothing where there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot import attention, publishing
from bot.desk import Desk
from bot.stage.remember_rounds import look
from storage import attention as waiting
from storage import channels, follow_ups, interviews, remember_days
from storage.attention import Unasked
from stories.attention import REMEMBER
from stories.attention_hours import channel_hours
from stories.channels import ChannelSettings, Kind
from stories.digest import DigestSettings
from stories.schedule import DigestTimes
from stories.stage.remembering import DayOf
from tests.bot.stage.conftest import rows
from tests.bot.stories.conftest import BAKER
from tests.conftest import NOW, WORKSPACE, SetClock

TODAY = NOW.date()
CHANGED = "The export has its VAT line again"


async def follows(desk: Desk, channel: str = "C0PILOT", zone: str = "Europe/London") -> None:
    times = DigestTimes(days=frozenset(range(5)), at=NOW.time(), time_zone=zone)
    kept = ChannelSettings(
        channel_id=channel,
        set_up_by="UANA",
        times=times,
        digest=DigestSettings(how_many=3),
        kinds=(Kind.STORIES, Kind.REMEMBER),
    )
    async with desk.begin() as session:
        await channels.save(session, WORKSPACE, kept, now=NOW)


async def closed_loop(desk: Desk, title: str = BAKER.title, **changes: Any) -> int:
    """A told story, and what came of it; the story's id."""
    form = replace(BAKER, title=title, promise="Mend it", **changes)
    async with desk.begin() as session:
        story = await interviews.store(session, WORKSPACE, form, source_key=title, author_id="UANA", now=NOW)
        await publishing.publish(session, WORKSPACE, story, by="UANA", now=NOW)
        (task,) = await follow_ups.of_story(session, WORKSPACE, story)
        await follow_ups.finish(session, WORKSPACE, task.id, owner_id="UANA", closing=CHANGED, now=NOW)
    return story


async def day(desk: Desk, since: date = date(2019, TODAY.month, TODAY.day), **more: Any) -> int:
    values = {"of": DayOf.OURS, "words": "The day we opened", "customer_id": None} | more
    async with desk.begin() as session:
        return await remember_days.add_day(session, WORKSPACE, since=since, by="UED", now=NOW, **values)


async def posted(desk: Desk) -> str:
    """Decide about what waits for the channel; all that stands there."""
    async with desk.begin() as session:
        found = await channels.get(session, WORKSPACE, "C0PILOT")
        assert found is not None
        hours = channel_hours(found.times, desk.now())
        await attention.settle(session, WORKSPACE, "C0PILOT", hours, desk.now())
    return str(await rows(desk.database, "SELECT payload FROM deliveries WHERE kind = 'remember'"))


async def test_one_difference_is_told_on_the_day_and_another_the_next_year(
    desk: Desk, clock: SetClock
) -> None:
    await follows(desk)
    await day(desk)
    await closed_loop(desk)
    assert await look(desk, WORKSPACE) == 1
    told = await posted(desk)
    assert "The day we opened" in told
    assert "7 years ago, on 16 November 2019" in told
    assert CHANGED in told
    assert "because your editors chose the day" in told
    clock.advance(timedelta(hours=2))
    assert await look(desk, WORKSPACE) == 0, "once on a day"
    clock.advance(timedelta(days=364, hours=22))
    assert await look(desk, WORKSPACE) == 0, "nothing else has changed since, so there is no post"
    await closed_loop(desk, "Scanned at last")
    clock.advance(timedelta(hours=1))
    assert await look(desk, WORKSPACE) == 1


async def test_without_a_closed_loop_a_follower_or_the_day_there_is_no_post(desk: Desk) -> None:
    await day(desk)
    await follows(desk)
    assert await look(desk, WORKSPACE) == 0
    assert await rows(desk.database, "SELECT kind FROM unasked") == []


async def test_it_is_the_day_where_the_channel_is(desk: Desk, clock: SetClock) -> None:
    await follows(desk, zone="Pacific/Auckland")
    await closed_loop(desk)
    await day(desk, since=date(2019, TODAY.month, TODAY.day + 1))
    assert await look(desk, WORKSPACE) == 0
    clock.advance(timedelta(hours=3))
    assert await look(desk, WORKSPACE) == 1, "midnight in Auckland"


async def test_a_customers_day_tells_of_them_alone_and_only_with_their_name(desk: Desk) -> None:
    await follows(desk)
    await closed_loop(desk, name="Somebody Else", company="Elsewhere")
    await closed_loop(desk, "Of Marta")
    found = await rows(desk.database, "SELECT id FROM customers WHERE name = 'Marta Ortega'")
    of_marta = {"of": DayOf.CUSTOMER, "words": "Ten years with Marta", "customer_id": found[0][0]}
    await day(desk, **of_marta)
    assert await look(desk, WORKSPACE) == 0, "her story is told without her name"


async def test_taken_back_nothing_of_it_stands_there_any_more(desk: Desk) -> None:
    await follows(desk)
    await day(desk)
    story = await closed_loop(desk)
    await look(desk, WORKSPACE)
    assert CHANGED in await posted(desk)
    async with desk.begin() as session:
        await publishing.withdraw(session, WORKSPACE, story, by="UANA", now=NOW)
    standing = str(await rows(desk.database, "SELECT payload FROM deliveries WHERE kind = 'remember'"))
    assert CHANGED not in standing
    assert "taken back" in standing


async def test_a_channel_that_follows_no_more_is_told_nothing_that_waited(desk: Desk) -> None:
    await follows(desk)
    number = await day(desk)
    await closed_loop(desk)
    await look(desk, WORKSPACE)
    async with desk.begin() as session:
        found = await channels.get(session, WORKSPACE, "C0PILOT")
        assert found is not None
        await channels.save(session, WORKSPACE, replace(found, kinds=(Kind.STORIES,)), now=NOW)
    assert await posted(desk) == "[]"
    what = Unasked(place="C0PILOT", kind=REMEMBER, slot_key=f"remember:{number}:{TODAY}", about={})
    async with desk.read() as session:
        became = await waiting.offered(session, WORKSPACE, what)
    assert became is not None
    assert became.state == "lapsed"
