from __future__ import annotations

import asyncio
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import text

from bot import publishing
from bot.schedule import Rounds
from stories.channels import ChannelState, StopReason
from stories.schedule import DigestTimes
from tests.bot.digest.conftest import NINE, form, listens, settings_of, ticks
from tests.bot.stories.conftest import House

TUESDAY = datetime(2026, 11, 17, 9, 0, 5, tzinfo=UTC)
DAY = timedelta(days=1)


async def posts_in(house: House, channel: str = "pilot") -> int:
    place = await house.channel_id(channel)
    rows = await house.rows(f"SELECT count(*) FROM deliveries WHERE kind='digest' AND channel_id='{place}'")
    return int(rows[0][0])


async def test_two_ticks_at_once_decide_once(house: House) -> None:
    for number in range(6):
        await house.story(form(number))
    await listens(house, how_many=3)
    house.clock.moment = TUESDAY
    assert sum(await asyncio.gather(ticks(house), ticks(house), ticks(house))) == 1
    assert await house.rows("SELECT count(*) FROM tellings") == [(3,)]
    kept = await settings_of(house)
    assert kept is not None
    assert kept.next_at == TUESDAY.replace(second=0) + DAY


async def test_nothing_new_posts_nothing_and_moves_on(house: House) -> None:
    await listens(house)
    house.clock.moment = TUESDAY
    assert await ticks(house) == 0
    kept = await settings_of(house)
    assert kept is not None
    assert kept.next_at == TUESDAY.replace(second=0) + DAY
    assert await house.world.calls("conversations.info") == 0, "nobody is asked when there is nothing to tell"


async def test_a_clock_set_to_tomorrow_morning_brings_one_digest_and_a_week_brings_one(house: House) -> None:
    for number in range(9):
        await house.story(form(number))
    await listens(house, how_many=1)
    house.clock.moment = TUESDAY
    assert await ticks(house) + await ticks(house) == 1
    house.clock.advance(7 * DAY)
    assert await ticks(house) + await ticks(house) == 1
    house.clock.advance(DAY + timedelta(hours=9))
    assert await ticks(house) == 0, "a digest from this morning is no news at six in the evening"
    house.clock.moment = TUESDAY + 9 * DAY + timedelta(hours=5)
    assert await ticks(house) == 1, "after a nap of five hours it is caught up"


async def test_a_clock_set_back_waits_for_the_next_morning_and_repeats_nothing(house: House) -> None:
    for number in range(4):
        await house.story(form(number))
    await listens(house, how_many=1)
    rounds = Rounds(house.desk)
    house.clock.moment = TUESDAY + 30 * DAY
    await rounds.tick()
    told = await posts_in(house)
    house.clock.moment = TUESDAY - timedelta(hours=1)
    await rounds.tick()
    kept = await settings_of(house)
    assert kept is not None
    assert kept.next_at == TUESDAY.replace(second=0), "not a month later"
    house.clock.moment = TUESDAY
    await rounds.tick()
    assert await posts_in(house) == told + 1
    assert await house.rows("SELECT count(DISTINCT story_id), count(*) FROM tellings") == [
        (told + 1, told + 1)
    ]


async def test_holidays_are_quiet_and_clock_changes_keep_the_hour(house: House) -> None:
    christmas = datetime(2026, 12, 24, 12, tzinfo=UTC)
    house.clock.moment = christmas
    await listens(house)
    kept = await settings_of(house)
    assert kept is not None
    assert kept.next_at == datetime(2026, 12, 29, 9, tzinfo=UTC), "Boxing Day is made up for on Monday"
    house.clock.moment = datetime(2027, 3, 26, 9, 0, 5, tzinfo=UTC)
    await listens(house, times=DigestTimes(days=frozenset(range(7)), at=time(9), time_zone="Europe/London"))
    await ticks(house)
    house.clock.advance(DAY)
    await ticks(house)
    kept = await settings_of(house)
    assert kept is not None
    assert kept.next_at == datetime(2027, 3, 28, 8, tzinfo=UTC), "nine o'clock is an hour earlier in summer"


async def test_one_channels_trouble_does_not_stop_the_others(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await house.story()
    await listens(house, "general")
    await listens(house)
    broken = await house.channel_id("general")
    async with house.desk.begin() as session:
        sql = "UPDATE channels SET time_zone='Mars/Olympus', next_at='2026-11-17 08:00:00.000000'"
        await session.execute(text(f"{sql} WHERE channel_id='{broken}'"))
    house.clock.moment = TUESDAY
    assert await ticks(house) == 1
    assert f"channel {broken} cannot be served" in caplog.text


async def test_slack_in_trouble_leaves_the_digest_for_the_next_tick(house: House) -> None:
    await house.story()
    await listens(house)
    house.clock.moment = TUESDAY
    await house.world.faults.add("conversations.info", "refuse", error="internal_error")
    assert await ticks(house) == 0
    assert await ticks(house) == 1


async def test_what_may_not_be_told_is_not_chosen(house: House) -> None:
    await house.story(form(1))
    await house.story(form(2))
    await listens(house, how_many=1)
    async with house.desk.begin() as session:
        await session.execute(text("UPDATE consents SET valid_until='2026-11-17 00:00:00' WHERE id = 2"))
    house.clock.moment = TUESDAY
    await ticks(house)
    await house.world.channel("pilot").wait_for("Story 1")
    house.clock.advance(DAY)
    assert await ticks(house) == 0


async def test_a_withdrawn_story_leaves_its_place_and_the_last_one_takes_the_post_along(house: House) -> None:
    first, second = await house.story(form(1)), await house.story(form(2))
    await listens(house)
    house.clock.moment = TUESDAY
    await ticks(house)
    pilot = house.world.channel("pilot")
    await pilot.wait_for("Story 1")
    for story, gone in ((first, "Story 1"), (second, "Story 2")):
        async with house.desk.begin() as session:
            await publishing.withdraw(session, "T0TEST", story, by="U1", now=house.desk.now())
        house.desk.wake_outbox()
        await pilot.wait_until_gone(gone)
        if story == first:
            left = await pilot.wait_for("Story 2")
            assert "taken back by its author" in left.words()
    assert await pilot.messages() == []


@pytest.mark.parametrize(
    ("verb", "about", "reason", "words"),
    [
        ("share", {}, StopReason.SHARED, "shared with another company"),
        ("archive", {}, StopReason.ARCHIVED, "the channel was archived"),
        ("leave", {"who": "@app"}, StopReason.LEFT, "no longer in it"),
    ],
)
async def test_a_channel_that_stories_must_not_reach_is_stopped_once_and_somebody_hears(
    house: House, verb: str, about: dict[str, str], reason: StopReason, words: str
) -> None:
    await house.story()
    await listens(house)
    await house.person("ben").do(verb, channel="pilot", **about)
    direct = await house.person("ana").dm()
    await house.world.channel(direct).wait_for(words)
    house.clock.moment = TUESDAY
    assert await ticks(house) == 0
    kept = await settings_of(house)
    assert kept is not None
    assert (kept.state, kept.stopped_because, kept.next_at) == (ChannelState.STOPPED, reason, None)
    assert await house.rows("SELECT count(*) FROM deliveries WHERE kind='stopped'") == [(1,)]
    assert await house.rows("SELECT count(*) FROM deliveries WHERE kind='digest'") == [(0,)]


async def test_a_tick_finds_out_by_itself_when_the_event_was_lost(house: House) -> None:
    await house.story()
    await listens(house)
    await house.world.faults.add("event:channel_shared", "lose")
    await house.person("ben").do("share", channel="pilot")
    house.clock.moment = TUESDAY
    assert await ticks(house) == 0
    kept = await settings_of(house)
    assert kept is not None
    assert kept.stopped_because is StopReason.SHARED
    assert await house.world.channel("pilot").messages() == []


async def test_whoever_invites_the_bot_hears_what_to_do_next_and_the_channel_nothing(house: House) -> None:
    await house.person("ben").do("invite", channel="general", who="@app")
    said = await house.world.channel("general").wait_for("Thank you for having me", as_="ben")
    assert "/firsthand" in said.words()
    assert await house.world.channel("general").messages() == []


async def test_a_week_of_digests_over_zones_repeats_nothing(house: House) -> None:
    places = {
        "pilot": NINE,
        "lobby": DigestTimes(days=frozenset({0, 2, 4}), at=time(8, 30), time_zone="America/New_York"),
        "closed": DigestTimes(days=frozenset(range(7)), at=time(17), time_zone="Asia/Kolkata"),
    }
    await house.person("ana").do("invite", channel="closed", who="@app")
    for name, times in places.items():
        await listens(house, name, times, how_many=2)
    async with house.desk.begin() as session:
        await session.execute(text("UPDATE channels SET guests_allowed_by='U1'"))
    for step in range(9 * 5):
        house.clock.advance(timedelta(hours=5))
        if step % 3 == 0:
            await house.story(form(step))
        await ticks(house)
    repeats = "SELECT count(*) FROM tellings GROUP BY channel_id, story_id HAVING count(*) > 1"
    assert await house.rows(repeats) == []
    for name in places:
        place = await house.channel_id(name)
        where = f"FROM deliveries WHERE kind='digest' AND channel_id='{place}'"
        assert await posts_in(house, name) >= 3
        assert await house.rows(f"SELECT count(*) - count(DISTINCT slot_key) {where}") == [(0,)]
