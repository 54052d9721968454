"""A project's own message stays pinned where somebody wished it and Slack allows it."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text

from bot import ids
from bot.avatars.pinning import ON_ITS_WAY, keep_pinned
from tests.bot.avatars.conftest import QUOTABLE, House
from tests.bot.avatars.test_why import set_up
from tests.conftest import WORKSPACE

PIN = {"pinned": ["Keep its message pinned in this channel"]}


async def begun(house: House) -> None:
    """Ben sets the project up and wishes for a pin; the avatar has introduced itself."""
    await house.story(QUOTABLE)
    await set_up(house, PIN)
    await house.world.channel("pilot").wait_for("is not a person")
    while await house.rows("SELECT 1 FROM deliveries WHERE state != 'sent'"):
        await asyncio.sleep(0.01)


async def test_the_message_is_pinned_on_wish_and_unpinned_when_the_project_is_done(house: House) -> None:
    await begun(house)
    pilot = house.world.channel("pilot")
    await knows(house, None)
    assert await keep_pinned(house.desk) == 1, "nobody knows yet where the message stands"
    assert await pinned(house) == [(None, "")]
    await knows(house, (await pilot.wait_for("is not a person")).ts)
    assert await keep_pinned(house.desk) == 0, "it waits a moment"
    house.clock.advance(ON_ITS_WAY)
    assert await keep_pinned(house.desk) == 1
    message = await pilot.wait_for("This message stays pinned here")
    assert await pinned(house) == [(message.ts, "")]
    assert await keep_pinned(house.desk) == 0, "all is as it should be"
    ben = house.person("ben")
    await ben.command("/why done", channel="pilot")
    await (await ben.modal()).submit({"outcome": "The mornings are back."})
    await pilot.wait_for("This project is done")
    assert await keep_pinned(house.desk) == 1
    assert await pinned(house) == [(None, "")]


@pytest.mark.parametrize(
    ("word", "said"),
    [("missing_scope", "pins:write is missing"), ("too_many_pins", "let me pin it (too_many_pins)")],
)
async def test_where_slack_refuses_people_are_asked_to_pin_it(house: House, word: str, said: str) -> None:
    await begun(house)
    await house.world.faults.add("pins.add", "refuse", error=word)
    await keep_pinned(house.desk)
    message = await house.world.channel("pilot").wait_for(said)
    assert "Please pin this message by hand" in message.words()
    assert await keep_pinned(house.desk) == 0, "it is not tried again by itself"
    ben = house.person("ben")
    await ben.command("/why", channel="pilot")
    await ben.click(await ben.modal(), ids.WHY_PROJECT)
    await (await ben.modal()).submit()
    await ben.modal()
    assert await keep_pinned(house.desk) == 1, "saving the form anew tries again"
    await house.world.channel("pilot").wait_for("This message stays pinned here")


async def knows(house: House, ts: str | None) -> None:
    """What the outbox knows of where the project's message stands."""
    async with house.desk.begin() as session:
        set_to = text("UPDATE deliveries SET slack_ts = :ts WHERE slot_key LIKE 'why:%'")
        await session.execute(set_to, {"ts": ts})


async def pinned(house: House) -> list[tuple[str | None, str]]:
    """What we know of it, which has to be so in Slack too."""
    rows = await house.rows("SELECT message_ts, trouble FROM project_pins")
    client = await house.desk.connections.client(WORKSPACE)
    told = await client.conversations_history(channel=await house.channel_id("pilot"))
    assert told["pin_count"] == sum(row[0] is not None for row in rows)
    return [(row[0], row[1]) for row in rows]
