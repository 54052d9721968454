"""A table of answers dropped on the bot: shown as it would be read, taken in once, refused row by row."""

from __future__ import annotations

from datetime import date

from bot import ids
from storage import nps_counts
from stories.nps.counts import Counts
from tests.blockkit import assert_valid
from tests.bot.dropping.conftest import drop, private, slack, world
from tests.bot.interview.conftest import World
from tests.bot.nps.importing.tables import DELIGHTED

__all__ = ["slack", "world"]

YEARS = (date(2020, 1, 1), date(2030, 1, 1))


async def total(world: World) -> Counts:
    async with world.desk.read() as session:
        return await nps_counts.total(session, world.team, {}, *YEARS)


async def settled(world: World, ts: str, words: str) -> str:
    """What the message says once it holds these words."""
    room = await private(world)

    async def holds() -> str | None:
        seen = await room.messages(as_="ana", threads=True)
        told = next(one for one in seen if one.ts == ts)
        assert_valid(told.raw, "message")
        return told.words() if words in told.words() else None

    return await world.slack.until(holds, f"a message with {words!r}")


async def test_an_export_is_shown_confirmed_and_taken_in_once(world: World) -> None:
    message = await drop(world, DELIGHTED.encode(), "delighted.csv", expect="Take it in")
    assert_valid(message.raw, "message")
    assert "a segment: Plan" in message.words()
    assert (await total(world)).n == 0
    await world.ana.click(message, ids.NPS_UPLOAD_TAKE)
    told = await settled(world, message.ts, "is in:")
    assert "2 new answers" in told
    assert "4 refused" in told
    assert "Score “11”" in told
    assert await total(world) == Counts(promoters=1, detractors=1)
    again = await drop(world, DELIGHTED.encode(), "delighted.csv", expect="Take it in")
    await world.ana.click(again, ids.NPS_UPLOAD_TAKE)
    assert "0 new answers" in await settled(world, again.ts, "is in:")


async def test_days_that_mean_two_are_asked(world: World) -> None:
    message = await drop(world, b"nps score;date\n9;03/04/2025\n", "a.csv", expect="Which comes first?")
    await world.ana.click(message, f"{ids.NPS_UPLOAD_TAKE}:dmy")
    await settled(world, message.ts, "is in:")
    async with world.desk.read() as session:
        days = await nps_counts.days_covered(session, world.team)
    assert days == (date(2025, 4, 3), date(2025, 4, 3))


async def test_columns_that_are_alike_are_asked(world: World) -> None:
    data = b"service score,product score,date\n9,2,2025-03-04\n"
    message = await drop(world, data, "a.csv", expect="Which column is the score?")
    select = next(
        one for block in message.raw["blocks"] for one in block.get("elements", ()) if "options" in one
    )
    chosen = {"selected_option": select["options"][1]}
    await world.ana.click(message, ids.NPS_UPLOAD_COLUMN, chosen)
    await settled(world, message.ts, "Take it in")
    seen = await (await private(world)).messages(as_="ana", threads=True)
    await world.ana.click(next(one for one in seen if one.ts == message.ts), ids.NPS_UPLOAD_TAKE)
    await settled(world, message.ts, "is in:")
    assert await total(world) == Counts(detractors=1)


async def test_leaving_it_keeps_nothing(world: World) -> None:
    message = await drop(world, DELIGHTED.encode(), "delighted.csv", expect="Take it in")
    await world.ana.click(message, ids.NPS_UPLOAD_LEAVE)
    await settled(world, message.ts, "nothing of it was kept")
    assert (await total(world)).n == 0


async def test_a_colleague_who_may_not_is_told_whom_to_ask(world: World) -> None:
    ben = world.slack.person("ben")
    await drop(world, DELIGHTED.encode(), "delighted.csv", expect="Admins and editors", who=ben)


async def test_a_table_without_answers_says_what_is_missing(world: World) -> None:
    await drop(world, b'[{"name": "Joan", "town": "Leeds"}]', "a.json", expect="scores from 0 to 10")
    await drop(world, b"not a workbook", "b.xlsx", expect="no Excel workbook")
