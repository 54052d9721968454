"""What is asked right before a post goes: consent, whatever happened since it was planned."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot import publishing
from bot.delivery.asking import consent_asked, refusal_followed
from bot.delivery.calling import posting_client
from bot.delivery.worker import Worker
from bot.halting import halt
from playground.client import Playground
from storage import interviews
from stories.channels import StopReason
from tests.bot.delivery.conftest import Outbox
from tests.bot.delivery.test_protocol import said
from tests.bot.stories.conftest import BAKER
from tests.conftest import NOW, WORKSPACE


@pytest.fixture
async def asking(outbox: Outbox) -> AsyncIterator[Outbox]:
    """The outbox with the worker that `firsthand run` has: it asks consent."""
    desk = outbox.desk
    async with posting_client(desk.settings) as client:
        outbox.worker = Worker(desk, client, WORKSPACE, consent_asked(desk), refusal_followed(desk))
        yield outbox


async def shared(outbox: Outbox, world: Playground, channel: str) -> int:
    """A story of Ana's that Ben shared to the channel."""
    ana, ben = world.person("ana").id, world.person("ben").id
    async with outbox.desk.begin() as session:
        story = await interviews.store(session, WORKSPACE, BAKER, source_key="s", author_id=ana, now=NOW)
        await publishing.publish(session, WORKSPACE, story, by=ana, now=NOW)
        await publishing.share(session, WORKSPACE, story, channel, by=ben, now=NOW, request="r")
    return story


async def test_a_story_withdrawn_while_its_post_was_being_made_is_not_made_again(
    asking: Outbox, world: Playground, pilot: str
) -> None:
    story = await shared(asking, world, pilot)
    await world.faults.add("chat.postMessage", "drop")
    await asking.worker.drain()
    async with asking.desk.begin() as session:
        await publishing.withdraw(session, WORKSPACE, story, by=world.person("ana").id, now=NOW)
    await asking.let_time_pass()
    await asking.worker.settle()
    await world.faults.add("chat.delete", "refuse", error="cant_delete_message", times=0)
    await asking.worker.drain()
    await asking.worker.drain()
    assert await said(world) == []
    assert await asking.states() == ["cancelled", "cancelled"]


async def test_what_waits_for_a_channel_is_not_posted_once_others_join_it(
    asking: Outbox, world: Playground, pilot: str
) -> None:
    await world.faults.add("chat.postMessage", "status", status=429, seconds=30)
    await shared(asking, world, pilot)
    await asking.worker.drain()
    async with asking.desk.begin() as session:
        await halt(session, WORKSPACE, pilot, StopReason.SHARED, desk=asking.desk)
    await asking.let_time_pass()
    await asking.worker.drain()
    assert (await said(world), await asking.states()) == ([], ["cancelled"])
