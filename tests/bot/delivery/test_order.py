"""Changes of one post arrive in the order in which they were decided, and one bad post holds up no other."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.calling import posting_client
from bot.delivery.settling import PAGE, settle
from bot.delivery.worker import AT_ONCE, UNMADE, Worker
from playground.client import Playground
from storage import sending
from storage.sending import Claimed, Outcome
from tests.bot.delivery.conftest import Outbox
from tests.bot.delivery.test_protocol import said
from tests.conftest import WORKSPACE


async def test_an_update_in_doubt_never_overtakes_the_one_that_followed(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    delivery = await outbox.plan("one", channel=pilot) or 0
    await outbox.worker.drain()
    await world.faults.add("chat.update", "drop")
    await outbox.revise(delivery, "what was taken back later")
    await outbox.worker.drain()
    await outbox.revise(delivery, "what is left", at_once=True)
    await outbox.let_time_pass()
    await outbox.worker.settle()
    await outbox.worker.drain()
    await outbox.let_time_pass()
    await outbox.worker.drain()
    assert await said(world) == ["what is left"]
    assert await outbox.states() == ["sent", "cancelled", "sent"]


async def test_a_history_too_long_to_read_to_its_end_leaves_the_post_to_a_person(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    await world.faults.add("chat.postMessage", "lose_answer")
    await outbox.plan("Good morning", channel=pilot)
    await outbox.worker.drain()
    await outbox.let_time_pass()
    async with posting_client(outbox.desk.settings) as client, outbox.desk.read() as session:
        for number in range(PAGE):
            await client.chat_postMessage(channel=pilot, text=f"message {number}")
        ((_owner, asked),) = await sending.in_question(session, WORKSPACE, most=1)
        outcome = await settle(client, asked, most_pages=1)
        assert outcome is not None
        assert outcome.state == "in_doubt", "absent would post it twice"


async def test_a_post_that_cannot_be_made_is_told_of_and_holds_up_no_other(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    broken = await outbox.plan("broken", channel=pilot)
    await outbox.plan("Good morning", channel=pilot)

    async def confirm(_: AsyncSession, claimed: Claimed) -> dict[str, Any] | None:
        if claimed.id == broken:
            raise LookupError("a template without its words")
        return claimed.payload

    async def refused(_: AsyncSession, claimed: Claimed, outcome: Outcome) -> None:
        outbox.refused.append((claimed.id, outcome.error or ""))

    async with posting_client(outbox.desk.settings) as client:
        await Worker(outbox.desk, client, WORKSPACE, confirm, refused).drain()
    assert (await said(world), await outbox.states()) == (["Good morning"], ["failed", "sent"])
    assert outbox.refused == [(broken, f"{UNMADE}: LookupError")]


async def test_a_full_outbox_does_not_keep_a_process_that_is_asked_to_end(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    for number in range(3 * AT_ONCE):
        await outbox.plan(f"post {number}", channel=pilot)

    async def confirm(_: AsyncSession, claimed: Claimed) -> dict[str, Any] | None:
        worker.stop()
        return claimed.payload

    async def nothing(_: AsyncSession, __: Claimed, ___: Outcome) -> None: ...

    async with posting_client(outbox.desk.settings) as client:
        worker = Worker(outbox.desk, client, WORKSPACE, confirm, nothing)
        assert await worker.drain() == AT_ONCE, "what was begun is finished"
    assert (await outbox.states()).count("pending") == 2 * AT_ONCE
    assert len(await said(world)) == AT_ONCE
