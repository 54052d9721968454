"""Two machines whose clocks differ, nights in which clocks change, a laptop that slept: each digest once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.schedule import Rounds
from stories.schedule import DigestTimes
from tests.bot.digest.conftest import NINE, form, listens
from tests.bot.stories.conftest import House, house
from tests.conftest import SetClock

__all__ = ["house"]

APART = timedelta(minutes=2)
STEP = timedelta(seconds=30)
DIGESTS = "FROM deliveries WHERE kind = 'digest'"
EVERY_DAY = DigestTimes(days=frozenset(range(7)), at=time(9), time_zone="Europe/London")


class Machines:
    """Two schedulers over one database, the second ahead (or behind) by two minutes."""

    def __init__(self, house: House, ahead: timedelta) -> None:
        self._clocks = (SetClock(), SetClock())
        self._ahead = ahead
        self._rounds = [Rounds(replace(house.desk, clock=clock)) for clock in self._clocks]

    async def tick(self, now: datetime) -> None:
        """Both at once."""
        self._clocks[0].moment, self._clocks[1].moment = now, now + self._ahead
        await asyncio.gather(*(rounds.tick() for rounds in self._rounds))


async def mornings(house: House, machines: Machines, days: list[datetime]) -> list[str]:
    """Tick from five minutes before to five after each of these moments; the slots that were decided."""
    for day in days:
        for step in range(-10, 11):
            await machines.tick(day + step * STEP)
    return [slot for (slot,) in await house.rows(f"SELECT slot_key {DIGESTS} ORDER BY slot_key")]


async def test_two_machines_two_minutes_apart_decide_each_day_once(house: House) -> None:
    for number in range(8):
        await house.story(form(number))
    await listens(house, how_many=1)
    days = [datetime(2026, 11, day, 9, tzinfo=UTC) for day in (17, 18, 19)]
    ahead, behind = Machines(house, APART), Machines(house, -APART)
    assert await mornings(house, ahead, days[:2]) == ["digest:2026-11-17", "digest:2026-11-18"]
    await mornings(house, behind, days[2:])
    told = "SELECT count(*), count(DISTINCT slot_key), count(DISTINCT channel_id)"
    assert await house.rows(f"{told} {DIGESTS}") == [(3, 3, 1)]
    assert await house.rows("SELECT count(*), count(DISTINCT story_id) FROM tellings") == [(3, 3)]


async def test_two_machines_in_the_nights_in_which_clocks_change_decide_each_day_once(house: House) -> None:
    for number in range(8):
        await house.story(form(number))
    house.clock.moment = datetime(2027, 3, 27, 6, tzinfo=UTC)
    for number in range(20, 24):
        await house.story(form(number))
    await listens(house, times=EVERY_DAY, how_many=1)
    # The 28th is the first day of summer: nine o'clock in London is eight in UTC.
    days = [datetime(2027, 3, 27, 9, tzinfo=UTC)] + [datetime(2027, 3, 28, at, tzinfo=UTC) for at in (8, 9)]
    slots = await mornings(house, Machines(house, APART), days)
    assert slots == ["digest:2027-03-27", "digest:2027-03-28"]


async def test_a_laptop_that_slept_a_day_says_the_day_it_wakes_in_and_not_the_one_it_missed(
    house: House,
) -> None:
    for number in range(6):
        await house.story(form(number))
    await listens(house, how_many=1, times=replace(NINE, country=None))
    laptop = Machines(house, timedelta(0))
    await laptop.tick(datetime(2026, 11, 16, 18, tzinfo=UTC))
    await laptop.tick(datetime(2026, 11, 18, 10, 30, tzinfo=UTC))
    slots = [slot for (slot,) in await house.rows(f"SELECT slot_key {DIGESTS}")]
    assert slots == ["digest:2026-11-18"], "yesterday's is no news any more, this morning's still is"
