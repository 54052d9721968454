"""Changes of one post arrive in the order in which they were decided, and one bad post holds up no other."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.ledger import UNMADE
from bot.delivery.settling import PAGE, settle
from playground.client import Playground
from storage import looking
from storage.sending import GRACE, Claimed, Outcome
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


async def test_a_change_of_a_message_that_is_gone_is_called_off_and_nobody_is_asked(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    delivery = await outbox.plan("one", channel=pilot) or 0
    await outbox.worker.drain()
    await outbox.revise(delivery, None, at_once=True)
    await outbox.worker.drain()
    await outbox.revise(delivery, "told once more", at_once=True)
    await outbox.worker.drain()
    assert await outbox.states() == ["sent", "sent", "cancelled"]
    assert (await said(world), outbox.refused) == ([], [])


async def test_a_history_too_long_to_read_to_its_end_leaves_the_post_to_a_person(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    await world.faults.add("chat.postMessage", "lose_answer")
    await outbox.plan("Good morning", channel=pilot)
    await outbox.worker.drain()
    await outbox.let_time_pass()
    client = await outbox.office.client(WORKSPACE)
    for number in range(PAGE):
        await client.chat_postMessage(channel=pilot, text=f"message {number}")
    async with outbox.desk.read() as session:
        ((_owner, asked),) = await looking.in_question(session, WORKSPACE, most=1, grace=GRACE)
    (outcome,) = (await settle(client, [asked], most_pages=1)).values()
    assert outcome.state == "in_doubt", "absent would post it twice"


async def test_a_post_that_cannot_be_made_is_told_of_and_holds_up_no_other(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    broken = await outbox.plan("broken", channel=pilot)
    await outbox.plan("Good morning", channel=world.person("ana").id)

    async def confirm(_: AsyncSession, claimed: Sequence[Claimed]) -> dict[int, dict[str, Any] | None]:
        if broken in {one.id for one in claimed}:
            raise LookupError("a template without its words")
        return {one.id: one.payload for one in claimed}

    outbox.office.confirm = confirm
    await outbox.worker.drain()
    assert await outbox.states() == ["failed", "sent"]
    assert outbox.refused == [(broken, f"{UNMADE}: LookupError")]


async def test_who_is_to_be_told_of_a_refusal_is_no_obstacle_to_writing_it_down(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    await world.faults.add("chat.postMessage", "refuse", error="is_archived")
    await outbox.plan("Good morning", channel=pilot)

    async def refused(_: AsyncSession, __: Claimed, ___: Outcome) -> None:
        raise LookupError("nobody knows who set this up")

    outbox.office.refused = refused
    await outbox.worker.drain()
    assert await outbox.states() == ["failed"]


async def test_what_was_claimed_and_not_called_is_handed_over_when_the_process_is_to_end(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    for number in range(3):
        await outbox.plan(f"post {number}", channel=pilot)

    async def confirm(_: AsyncSession, claimed: Sequence[Claimed]) -> dict[int, dict[str, Any] | None]:
        outbox.office.stop()
        return {one.id: one.payload for one in claimed}

    outbox.office.confirm = confirm
    assert await outbox.worker.drain() == 0
    assert (await outbox.states(), await said(world)) == (["pending"] * 3, [])


async def test_a_call_that_is_being_made_is_finished_when_the_process_is_to_end(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    for number in range(3):
        await outbox.plan(f"post {number}", channel=pilot)
    await world.faults.add("chat.postMessage", "delay", seconds=0.2)
    draining = asyncio.create_task(outbox.worker.drain())
    while not await world.calls("chat.postMessage"):
        await asyncio.sleep(0.01)
    outbox.office.stop()
    assert await draining == 1
    assert (await outbox.states(), await said(world)) == (["sent", "pending", "pending"], ["post 0"])
