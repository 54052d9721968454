"""Posts that are neither lost nor doubled, whatever Slack does with the call."""

from __future__ import annotations

import logging
import re

import pytest

from bot.delivery.working import work
from bot.log_ids import Ids
from playground.client import Playground
from tests.bot.delivery.conftest import Outbox
from tests.conftest import WORKSPACE


async def said(world: Playground) -> list[str]:
    return [message.text for message in await world.channel("pilot").messages()]


async def test_the_same_decision_taken_twice_posts_once(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    assert await outbox.plan("Good morning", channel=pilot, slot="digest:2026-11-16")
    assert await outbox.plan("Good morning again", channel=pilot, slot="digest:2026-11-16") is None
    assert await outbox.worker.drain() == 1
    assert await outbox.worker.drain() == 0
    assert await said(world) == ["Good morning"]


async def test_a_post_that_slack_puts_off_goes_later_and_once(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    await world.faults.add("chat.postMessage", "status", status=429, seconds=30)
    await outbox.plan("Good morning", channel=pilot)
    await outbox.worker.drain()
    assert await outbox.states() == ["pending"]
    assert await outbox.worker.drain() == 0, "the workspace waits as long as Slack asked"
    await outbox.let_time_pass()
    await outbox.worker.drain()
    assert (await said(world), await outbox.states()) == (["Good morning"], ["sent"])


async def test_the_log_of_a_refused_post_names_it_and_not_what_it_says(
    outbox: Outbox, world: Playground, pilot: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    ids = Ids()
    caplog.handler.addFilter(ids)
    await world.faults.add("chat.postMessage", "refuse", error="is_archived")
    number = await outbox.plan("Nia Prothero prints every form", channel=pilot)
    await work(outbox.office, WORKSPACE)
    caplog.handler.removeFilter(ids)
    assert outbox.refused == [(number, "is_archived")]
    [told] = [vars(record) for record in caplog.records if "will not go out" in record.message]
    assert (told["workspace"], told["delivery"]) == (WORKSPACE, str(number))
    assert "Prothero" not in caplog.text


@pytest.mark.parametrize(
    ("fault", "details", "stands_already"),
    [
        ("lose_answer", {}, True),
        ("drop", {}, False),
        ("status", {"status": 500}, False),
        ("refuse", {"error": "internal_error"}, False),
        ("late", {"seconds": 60}, True),
    ],
)
async def test_a_post_in_doubt_is_looked_up_and_stands_once(
    outbox: Outbox,
    world: Playground,
    pilot: str,
    fault: str,
    details: dict[str, object],
    stands_already: bool,
) -> None:
    await world.faults.add("chat.postMessage", fault, **details)
    await outbox.plan("Good morning", channel=pilot)
    await outbox.worker.drain()
    assert await outbox.states() == ["sending"]
    assert await outbox.worker.settle() == 0, "nobody asks before lease and grace are over"
    await world.faults.clear()
    if stands_already:
        await world.channel("pilot").wait_for("Good morning")
    await outbox.let_time_pass()
    assert await outbox.worker.settle() == 1
    assert await outbox.states() == (["sent"] if stands_already else ["pending"])
    await outbox.worker.drain()
    assert (await said(world), await outbox.states()) == (["Good morning"], ["sent"])


async def test_a_private_post_in_doubt_is_found_in_the_conversation(
    outbox: Outbox, world: Playground
) -> None:
    ana = world.person("ana")
    await world.faults.add("chat.postMessage", "lose_answer")
    await outbox.plan("Thank you", channel=ana.id)
    await outbox.worker.drain()
    await outbox.let_time_pass()
    await outbox.worker.settle()
    assert await outbox.states() == ["sent"]


async def test_an_unreadable_history_leaves_the_post_to_a_person(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    await world.faults.add("chat.postMessage", "lose_answer")
    await world.faults.add("conversations.history", "refuse", error="missing_scope")
    await outbox.plan("Good morning", channel=pilot)
    await outbox.worker.drain()
    await outbox.let_time_pass()
    await outbox.worker.settle()
    await outbox.worker.drain()
    assert (await outbox.states(), await said(world)) == (["in_doubt"], ["Good morning"])
    assert "missing_scope" in outbox.refused[0][1], "a person hears of it"


async def test_a_refusal_is_final_and_told(outbox: Outbox, pilot: str, world: Playground) -> None:
    await world.faults.add("chat.postMessage", "refuse", error="is_archived")
    delivery = await outbox.plan("Good morning", channel=pilot)
    await outbox.worker.drain()
    assert await outbox.states() == ["failed"]
    assert outbox.refused == [(delivery, "is_archived")]


async def test_what_may_not_be_told_any_more_is_not_posted(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    delivery = await outbox.plan("A customer's words", channel=pilot)
    outbox.forbidden.add(delivery or 0)
    await outbox.worker.drain()
    assert (await outbox.states(), await said(world)) == (["cancelled"], [])


async def test_changes_within_a_minute_become_one_update(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    delivery = await outbox.plan("one", channel=pilot) or 0
    await outbox.worker.drain()
    await outbox.revise(delivery, "two")
    await outbox.worker.drain()
    await outbox.revise(delivery, "three")
    await outbox.revise(delivery, "four")
    assert await outbox.worker.drain() == 0
    assert await said(world) == ["two"]
    await outbox.let_time_pass()
    assert await outbox.worker.drain() == 1
    assert await said(world) == ["four"]


async def test_a_withdrawal_does_not_wait_for_the_minute(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    delivery = await outbox.plan("one", channel=pilot) or 0
    await outbox.worker.drain()
    await outbox.revise(delivery, "two")
    await outbox.worker.drain()
    await outbox.revise(delivery, None, at_once=True)
    await outbox.worker.drain()
    assert await said(world) == []


async def test_a_change_before_the_post_changes_the_post(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    first = await outbox.plan("one", channel=pilot) or 0
    second = await outbox.plan("other", channel=pilot) or 0
    await outbox.revise(first, "two")
    await outbox.revise(second, None)
    await outbox.worker.drain()
    assert (await said(world), await outbox.states()) == (["two"], ["sent", "cancelled"])


async def test_a_deletion_waits_behind_a_post_in_doubt(outbox: Outbox, world: Playground, pilot: str) -> None:
    await world.faults.add("chat.postMessage", "lose_answer")
    delivery = await outbox.plan("A customer's words", channel=pilot) or 0
    await outbox.worker.drain()
    await outbox.revise(delivery, None, at_once=True)
    assert await outbox.worker.drain() == 0, "it does not know yet what to delete"
    await outbox.let_time_pass()
    await outbox.worker.settle()
    await outbox.worker.drain()
    assert await said(world) == []


async def test_a_hundred_posts_keep_their_number(outbox: Outbox, world: Playground, pilot: str) -> None:
    for number in range(100):
        await outbox.plan(f"post {number}", channel=pilot)
    await world.faults.add("chat.postMessage", "lose_answer", times=0, probability=0.2)
    await world.faults.add("chat.postMessage", "drop", times=0, probability=0.2)
    for _round in range(12):
        await outbox.worker.drain()
        await outbox.let_time_pass()
        while await outbox.worker.settle():
            pass
    await world.faults.clear()
    await outbox.worker.drain()
    numbers = [int(re.sub(r"\D", "", words)) for words in await said(world)]
    assert sorted(numbers) == list(range(100))
