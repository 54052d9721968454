"""A Slack that is asked too often: what rests, what goes on, and what a restart remembers."""

from __future__ import annotations

from playground.client import Playground
from storage import looking, rests
from storage.sending import GRACE
from tests.bot.delivery.conftest import Outbox
from tests.bot.delivery.test_protocol import said
from tests.conftest import WORKSPACE


async def test_a_channel_that_is_put_off_holds_up_no_other(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    ana = world.person("ana").id
    await world.faults.add("chat.postMessage", "status", status=429, seconds=30)
    await outbox.plan("first", channel=pilot)
    await outbox.worker.drain()
    await outbox.plan("second", channel=pilot)
    await outbox.plan("private", channel=ana)
    assert await outbox.worker.drain() == 1
    assert await outbox.states() == ["pending", "pending", "sent"]
    assert await said(world) == []


async def test_a_restart_remembers_how_long(outbox: Outbox, world: Playground, pilot: str) -> None:
    await world.faults.add("chat.postMessage", "status", status=429, seconds=30)
    await outbox.plan("first", channel=pilot)
    await outbox.worker.drain()
    async with outbox.desk.read() as session:
        (seconds,) = (await rests.resting(session, WORKSPACE)).values()
    assert 20 < seconds <= 30
    outbox.office._paces.clear()
    await outbox.plan("second", channel=pilot)
    assert await outbox.worker.drain() == 0


async def test_two_channels_put_off_pause_the_workspace(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    ana, ben = world.person("ana").id, world.person("ben").id
    await world.faults.add("chat.postMessage", "status", status=429, seconds=30, times=2)
    await outbox.plan("first", channel=pilot)
    await outbox.plan("private", channel=ana)
    await outbox.worker.drain()
    assert outbox.desk.refused == {"channel": 1, "workspace": 1}
    await outbox.plan("other", channel=ben)
    assert await outbox.worker.drain() == 0
    async with outbox.desk.read() as session:
        assert await looking.with_work(session, GRACE) == (), "nobody looks before the pause is over"


async def test_a_change_of_a_post_that_may_never_stand_asks_for_no_claim(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    await world.faults.add("chat.postMessage", "lose_answer")
    await world.faults.add("conversations.history", "refuse", error="missing_scope")
    delivery = await outbox.plan("words", channel=pilot) or 0
    await outbox.worker.drain()
    await outbox.revise(delivery, "other words")
    await outbox.let_time_pass()
    await outbox.worker.settle()
    assert await outbox.states() == ["in_doubt", "pending"]
    async with outbox.desk.read() as session:
        assert await looking.due(session, WORKSPACE, most=5) == ()


async def test_a_dead_token_stops_its_workspace_and_loses_nothing(
    outbox: Outbox, world: Playground, pilot: str
) -> None:
    await world.faults.add("chat.postMessage", "refuse", error="token_revoked")
    for number in range(3):
        await outbox.plan(f"post {number}", channel=pilot)
    await outbox.worker.drain()
    assert await outbox.states() == ["pending"] * 3
    assert await world.calls("chat.postMessage") == 1
    assert await outbox.desk.connections.workspaces() == ()
