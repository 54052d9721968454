"""Looks that go on when one of them fails, whatever it was that failed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from bot import looping
from bot.batches import together
from bot.connections import NotConnected
from bot.desk import Desk
from bot.looping import Stumbled, finishing, in_each, looking, one_by_one
from bot.schedule import Rounds
from storage import receipts
from storage.database import Database
from tests.conftest import NOW, WORKSPACE


async def test_a_look_that_fails_is_not_the_last(caplog: pytest.LogCaptureFixture) -> None:
    looks, third = [OSError("no database"), LookupError("a fault of ours")], asyncio.Event()

    async def look() -> None:
        if looks:
            raise looks.pop(0)
        third.set()

    async with looking("feeds", look, every=0), asyncio.timeout(10):
        await third.wait()
    assert [line.getMessage() for line in caplog.records] == [
        "feeds: this look ended early, the next one tries again: no database",
        "feeds: this look stumbled, the next one tries again",
    ]
    assert caplog.records[1].exc_info, "a fault of ours leaves its trace"


async def test_an_extra_that_is_half_installed_is_one_plain_line_and_a_module_of_ours_a_trace(
    caplog: pytest.LogCaptureFixture,
) -> None:
    looks, done = ["numpy.linalg", "numpy", "bot.nowhere"], asyncio.Event()

    async def look() -> None:
        if looks:
            name = looks.pop(0)
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        done.set()

    async with looking("search", look, every=0), asyncio.timeout(10):
        await done.wait()
    plain, ours = caplog.records
    assert plain.getMessage().startswith(
        "search: numpy is not installed, or not wholly yet: what needs it waits."
    )
    assert plain.exc_info is None
    assert "stumbled" in ours.getMessage()
    assert ours.exc_info


async def test_a_look_that_is_to_be_finished_is_told_and_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looping, "RETRY_SECONDS", 0)
    looked: list[str] = []
    begun = asyncio.Event()

    async def look(stopping: asyncio.Event) -> float:
        looked.append("failed" if not looked else "finished")
        if len(looked) == 1:
            raise OSError("no database")
        begun.set()
        await stopping.wait()
        return 3600

    async with finishing("homes", look), asyncio.timeout(10):
        await begun.wait()
    assert looked == ["failed", "finished"]


async def test_what_goes_wrong_in_one_workspace_stops_no_other_and_no_other_look(
    caplog: pytest.LogCaptureFixture,
) -> None:
    seen: list[str] = []

    async def workspaces() -> tuple[str, ...]:
        return ("T1", "T2", "T3")

    async def trouble(workspace_id: str) -> None:
        if workspace_id == "T1":
            raise KeyError("something of T1's that nobody foresaw")
        if workspace_id == "T2":
            raise NotConnected("T2")

    async def look(workspace_id: str) -> None:
        seen.append(workspace_id)

    with pytest.raises(Stumbled):
        await in_each(workspaces, trouble, look)()
    assert seen == ["T1", "T2", "T3"]
    assert "trouble stumbled" in caplog.text
    await in_each(workspaces, look)()


async def test_a_part_of_the_schedule_that_fails_stops_no_other_part(desk: Desk) -> None:
    done: list[str] = []

    async def broken() -> None:
        raise LookupError("a row that nobody foresaw")

    async def away() -> None:
        raise TimeoutError

    async def erasures() -> None:
        done.append("erasures")

    await Rounds(desk, (broken, away, erasures), well=partial(done.append, "well")).tick()
    assert done == ["erasures"]
    await Rounds(desk, (erasures,), well=partial(done.append, "well")).tick()
    assert done == ["erasures", "erasures", "well"]


async def test_what_goes_wrong_with_one_row_holds_up_none_behind_it() -> None:
    done: list[int] = []

    async def halve(number: int) -> None:
        done.append(4 // number)

    with pytest.raises(Stumbled):
        await one_by_one([1, 0, 2], halve)
    assert done == [4, 2]


async def test_what_slack_does_not_answer_about_is_put_off_and_nothing_wrong(
    caplog: pytest.LogCaptureFixture,
) -> None:
    troubles = {"slack": TimeoutError(), "away": NotConnected("T1"), "ours": LookupError()}
    put_off: list[str] = []

    async def do(row: str) -> None:
        if row in troubles:
            raise troubles[row]

    async def rest(row: str) -> None:
        put_off.append(row)

    await one_by_one(["slack", "fine", "away"], do, rest=rest)
    assert put_off == ["slack", "away"]
    with pytest.raises(Stumbled):
        await one_by_one(["ours", "fine"], do, rest=rest)
    assert put_off == ["slack", "away", "ours"]
    troubles["database"] = OperationalError("", {}, OSError())
    with pytest.raises(Stumbled):
        await one_by_one(["database"], do, rest=rest)
    assert "database" not in put_off
    assert caplog.text.count("do waits") == 2


async def test_a_row_that_raises_holds_up_no_other_of_its_batch(database: Database) -> None:
    async def keep(session: AsyncSession, some: Sequence[str]) -> None:
        for key in some:
            await receipts.first_time(session, WORKSPACE, key, now=NOW)
            if key == "broken":
                raise LookupError(key)

    with pytest.raises(Stumbled):
        await together(database, ["first", "broken", "second", "third", "fourth"], keep, most=3)
    await together(database, ["fifth"], keep)
    async with database.begin() as session:
        anew = [
            key
            for key in ("first", "broken", "second", "third", "fourth", "fifth")
            if await receipts.first_time(session, WORKSPACE, key, now=NOW)
        ]
    assert anew == ["broken"]
