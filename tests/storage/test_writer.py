"""SQLite's one writer: together when they come together, alone when they fail."""

from __future__ import annotations

import asyncio
import sqlite3
import threading

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from storage import people
from storage.database import Database
from tests.conftest import NOW, WORKSPACE, file_of
from tests.locking import locked


async def meet(database: Database, user_id: str) -> bool:
    async with database.begin() as session:
        return await people.meet(session, WORKSPACE, user_id, now=NOW)


async def known(database: Database) -> set[str]:
    async with database.read() as session:
        return set((await session.execute(text("SELECT user_id FROM people"))).scalars())


async def test_what_was_acknowledged_is_on_disk_for_another_process(database: Database) -> None:
    await meet(database, "U1")
    with sqlite3.connect(file_of(database)) as other:
        assert other.execute("SELECT user_id FROM people").fetchall() == [("U1",)]


async def test_transactions_that_arrive_together_share_commits(database: Database) -> None:
    commits = 0

    def count(_: object) -> None:
        nonlocal commits
        commits += 1

    engine = database._engines[1].sync_engine
    event.listen(engine, "commit", count)
    await asyncio.gather(*(meet(database, f"U{n}") for n in range(50)))
    assert len(await known(database)) == 50
    assert commits <= 5


async def test_one_that_fails_leaves_its_neighbours_alone(database: Database) -> None:
    async def fail() -> None:
        async with database.begin() as session:
            await people.meet(session, WORKSPACE, "U-failed", now=NOW)
            raise ZeroDivisionError

    answers = await asyncio.gather(
        *(meet(database, f"U{n}") for n in range(5)), fail(), meet(database, "U5"), return_exceptions=True
    )
    assert [type(answer) for answer in answers].count(ZeroDivisionError) == 1
    assert await known(database) == {f"U{n}" for n in range(6)}


async def test_a_locked_database_refuses_within_two_seconds_and_recovers(database: Database) -> None:
    async with locked(database) as waits:
        with pytest.raises(OperationalError, match="locked"):
            await meet(database, "U1")
    assert 0 < waits.seconds_outside_tests < 2
    assert await meet(database, "U1")


async def test_who_gives_up_waiting_leaves_no_lock_behind(database: Database) -> None:
    async with locked(database):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await meet(database, "U1")
    assert await meet(database, "U2")
    assert await known(database) == {"U2"}


async def test_giving_up_inside_a_transaction_undoes_it(database: Database) -> None:
    async def slow() -> None:
        async with asyncio.timeout(0.05), database.begin() as session:
            await people.meet(session, WORKSPACE, "U-slow", now=NOW)
            await asyncio.sleep(5)

    answers = await asyncio.gather(slow(), meet(database, "U1"), return_exceptions=True)
    assert isinstance(answers[0], TimeoutError)
    assert await known(database) == {"U1"}


async def test_a_reading_session_cannot_write(database: Database) -> None:
    with pytest.raises(OperationalError, match="readonly"):
        async with database.read() as session:
            await people.meet(session, WORKSPACE, "U1", now=NOW)


@pytest.mark.parametrize("turns", range(8))
async def test_who_gives_up_just_when_it_is_their_turn_leaves_nobody_waiting(
    database: Database, turns: int
) -> None:
    go = asyncio.Event()

    async def first() -> None:
        async with database.begin() as session:
            await people.meet(session, WORKSPACE, "U1", now=NOW)
            await go.wait()

    saving = asyncio.create_task(first())
    await asyncio.sleep(0.01)
    waiting = asyncio.create_task(meet(database, "U2"))

    async def give_up() -> None:
        await go.wait()
        for _turn in range(turns):
            await asyncio.sleep(0)
        waiting.cancel()

    giving_up = asyncio.create_task(give_up())
    await asyncio.sleep(0.01)
    go.set()
    async with asyncio.timeout(20):
        await asyncio.gather(saving, giving_up)
    assert "U1" in await known(database)


async def test_a_full_disk_is_told_to_everybody_whose_words_it_undid(database: Database) -> None:
    async with database.begin() as session:
        pages = (await session.execute(text("PRAGMA page_count"))).scalar_one()
        await session.execute(text(f"PRAGMA max_page_count = {pages + 20}"))

    async def write_too_much() -> None:
        async with database.begin() as session:
            await people.meet(session, WORKSPACE, "U-big", now=NOW)
            for size in range(500):
                await people.choose(session, WORKSPACE, "U-big", {"words": "x" * 4000 * size})

    answers = await asyncio.gather(
        meet(database, "U1"), write_too_much(), meet(database, "U2"), return_exceptions=True
    )
    told = {f"U{number}" for number, answer in ((1, answers[0]), (2, answers[2])) if answer is True}
    assert isinstance(answers[1], OperationalError)
    assert "full" in str(answers[1])
    assert await known(database) == told
    assert await meet(database, "U3")


@pytest.mark.filterwarnings("error::sqlalchemy.exc.SAWarning")
async def test_a_loop_that_ends_in_the_middle_of_a_commit_lets_it_end(database: Database) -> None:
    """Everything is cancelled then; what a thread still works on must not be closed beside it."""
    committing, go_on = threading.Event(), threading.Event()

    def slowly(_connection: object) -> None:
        committing.set()
        go_on.wait(10)

    event.listen(database._engines[1].sync_engine, "commit", slowly)
    writing = asyncio.create_task(meet(database, "U1"))
    await asyncio.to_thread(committing.wait, 10)
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    await asyncio.sleep(0)
    assert database._engines[1].sync_engine.pool.checkedout() == 1, "its connection is still at work"  # type: ignore[attr-defined]
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await writing
    await meet(database, "U2")
    assert await known(database) == {"U1", "U2"}
