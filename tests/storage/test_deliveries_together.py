"""Two at once on either database: a plan, a change and a claim of the same post."""

from __future__ import annotations

import asyncio

from storage import deliveries, looking, posted, sending
from storage.database import Database
from storage.deliveries import DELETE, Post
from tests.conftest import NOW, WORKSPACE

POST = Post(
    channel_id="C1", kind="digest", slot_key="digest:2026-11-16", payload={"text": "words"}, asked_by="U1"
)


async def planned(database: Database) -> int | None:
    async with database.begin() as session:
        delivery = await deliveries.plan(session, WORKSPACE, POST, now=NOW)
        await asyncio.sleep(0.2)
    return delivery


async def test_two_that_decide_the_same_at_once_make_one_row(either: Database) -> None:
    made = await asyncio.gather(planned(either), planned(either))
    assert sorted(delivery is None for delivery in made) == [False, True]


async def test_a_withdrawal_beside_a_claim_is_never_lost(either: Database) -> None:
    target = await planned(either) or 0
    claimed = asyncio.Event()

    async def claim() -> None:
        async with either.begin() as session:
            assert await sending.claim(session, WORKSPACE, "worker", [target])
            claimed.set()
            await asyncio.sleep(0.3)

    async def withdraw() -> None:
        await claimed.wait()
        async with either.begin() as session:
            await deliveries.revise(session, WORKSPACE, target, None, now=NOW, at_once=True)

    await asyncio.gather(claim(), withdraw())
    async with either.read() as session:
        assert await posted.says(session, WORKSPACE, target) is None, "it is to be deleted once it stands"


async def test_two_changes_at_once_are_both_taken_in(either: Database) -> None:
    target = await planned(either) or 0
    async with either.begin() as session:
        (one,) = await sending.claim(session, WORKSPACE, "worker", [target])
        sent = sending.Outcome(state="sent", slack_ts="1.0", posted_in="C1")
        assert await sending.record(session, "worker", one, sent)

    async def change(words: str) -> None:
        async with either.begin() as session:
            await deliveries.revise(session, WORKSPACE, target, {"text": words}, now=NOW, at_once=True)
            await asyncio.sleep(0.2)

    await asyncio.gather(change("two"), change("three"))
    async with either.begin() as session:
        waiting = await looking.due(session, WORKSPACE, most=5)
    assert len(waiting) == 1
    assert waiting[0].method != DELETE
