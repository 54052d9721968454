"""The monthly letter asked for in a channel, ended with one click, and asked for again knowing that."""

from __future__ import annotations

from bot.momentum import ids as momentum_ids
from storage import letters
from tests.bot.objective.conftest import House, house
from tests.conftest import WORKSPACE

__all__ = ["House", "house"]


async def test_it_is_asked_for_ended_and_that_is_remembered(house: House) -> None:
    ana, pilot = house.person("ana"), await house.channel_id("pilot")
    await ana.command("/firsthand letter", channel="pilot")
    await (await ana.modal("The monthly letter")).submit({"part": "*", "where": pilot})
    await ana.modal(holding="first days of each month")
    await (await ana.modal()).close()
    await ana.command("/firsthand letter", channel="pilot")
    window = await ana.modal("The monthly letter")
    assert "comes here now" in window.words()
    await window.submit({"where": "me"})
    await (await ana.modal()).close()
    wanted = await house.rows("SELECT place, part, stopped_at FROM letters ORDER BY place")
    assert sorted(wanted) == sorted([(pilot, "", None), (ana.id, "", None)])
    await ana.command("/firsthand letter", channel="pilot")
    await ana.click(await ana.modal("The monthly letter"), momentum_ids.LETTER_STOP)
    await ana.modal(holding="No more letters, then")
    await (await ana.modal()).close()
    await ana.command("/firsthand letter", channel="pilot")
    assert "Nothing comes until you ask" in (await ana.modal("The monthly letter")).words()
    acts = await house.rows("SELECT act FROM audit WHERE act LIKE '%letter' ORDER BY id")
    assert acts == [("ask_for_letter",), ("stop_letter",)]
    lobby = await house.channel_id("lobby")
    async with house.desk.begin() as session:
        await letters.want(session, WORKSPACE, lobby, "", by=ana.id, now=house.desk.now())
    await (await ana.modal()).close()
    await ana.command("/firsthand letter", channel="lobby")
    await ana.click(await ana.modal("The monthly letter"), momentum_ids.LETTER_STOP)
    await ana.modal(holding="No more letters, then"), ("guests who came since hold it back from nobody")
    gus = house.person("gus")
    await gus.command("/firsthand letter", channel="lobby")
    assert "guests" in (await gus.ephemerals("lobby"))[-1].words()
