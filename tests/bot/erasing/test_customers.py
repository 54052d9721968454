"""A customer is erased: nothing of them stands in any byte, posts follow, counts stay as numbers."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import text

from bot.desk import Desk
from bot.erasing.work import Worker, carry_on
from bot.logs import OURS
from storage import erasing, search
from storage.erasing import Erasure, Step
from storage.holdings import About
from tests.bot.erasing.conftest import NAME, Planted, bytes_of, slack_takes, traces
from tests.conftest import WORKSPACE


async def finished(planted: Planted, desk: Desk, erasure_id: int) -> Erasure:
    """Carry it on, with Slack taking whatever comes, until it is done."""
    for _ in range(6):
        await carry_on(Worker(database=planted.database, now=planted.clock.now, desk=desk), WORKSPACE)
        await slack_takes(planted.database)
    async with planted.database.read() as session:
        found = await erasing.get(session, WORKSPACE, erasure_id)
    assert found is not None
    assert found.step is Step.DONE
    return found


async def test_not_a_byte_of_a_customer_is_left_posts_follow_and_others_stories_stay(
    planted: Planted, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for name in OURS:
        caplog.set_level(logging.DEBUG, logger=name)
    await slack_takes(planted.database)
    assert len(traces(bytes_of(planted.database))) == 3, "she is there before; her address is unreadable"
    erasure = await finished(planted, desk, await planted.begin())
    assert traces(bytes_of(planted.database)) == []
    assert erasure.object_key == ""
    assert erasure.needles == ()
    assert erasure.counts["rows"]["interviews"] == 1
    assert erasure.counts["rows"]["drafts"] == 1
    assert erasure.counts["words"] >= 1, "the other story named her"
    assert erasure.counts["refused"] == []
    assert traces(caplog.text.lower().encode()) == [], "nor does the log, at its most talkative"
    await _other_peoples_stories_stay_and_her_name_goes_from_them(planted)
    await _what_is_posted_is_changed_or_taken_down(planted, erasure)


async def _other_peoples_stories_stay_and_her_name_goes_from_them(planted: Planted) -> None:
    assert await planted.one("SELECT words FROM project_reasons") == "[name erased] asked us for it."
    assert await planted.one("SELECT happened FROM interviews") == (
        "Marta heard of it from [name erased], whom she knows."
    )
    async with planted.database.read() as session:
        assert await search.find(session, WORKSPACE, "pelargonium") == ()
        assert await search.find(session, WORKSPACE, "invoices") == (planted.others,)


async def _what_is_posted_is_changed_or_taken_down(planted: Planted, erasure: Erasure) -> None:
    changes = await planted.rows(
        "SELECT p.kind, d.method FROM deliveries d JOIN deliveries p ON p.id = d.target_delivery_id"
    )
    assert sorted(changes) == [
        ("avatar", "chat.update"),
        ("digest", "chat.update"),
        ("notice", "chat.delete"),
        ("share", "chat.delete"),
    ]
    assert erasure.counts["posts"] == {"done": 4}
    receipt = await planted.one("SELECT payload FROM deliveries WHERE channel_id = 'U0PRIVACY'")
    assert "4 messages in Slack" in str(receipt)


async def test_what_waits_to_be_posted_never_goes_as_it_was(planted: Planted) -> None:
    await planted.begin()
    await planted.carry_on()
    waiting = await planted.rows("SELECT kind, payload FROM deliveries WHERE state = 'pending'")
    assert [kind for kind, _payload in waiting] == ["digest", "avatar"]
    assert NAME not in str(waiting)


async def test_what_slack_refuses_is_in_the_receipt_and_can_be_tried_again(
    planted: Planted, desk: Desk
) -> None:
    await slack_takes(planted.database)
    erasure_id = await planted.begin()
    worker = Worker(database=planted.database, now=planted.clock.now, desk=desk)
    await carry_on(worker, WORKSPACE)
    await slack_takes(planted.database, refuses="cant_delete_message")
    await carry_on(worker, WORKSPACE)
    async with planted.database.begin() as session:
        stands = await erasing.get(session, WORKSPACE, erasure_id)
        assert stands is not None
        assert stands.step is Step.DONE
        assert {one["reason"] for one in stands.counts["refused"]} == {"cant_delete_message"}
        assert await erasing.open_again(session, WORKSPACE, erasure_id)
    erasure = await finished(planted, desk, erasure_id)
    assert erasure.counts["refused"] == []
    assert traces(bytes_of(planted.database)) == []


async def test_a_message_that_is_gone_already_is_as_good_as_taken_down(planted: Planted, desk: Desk) -> None:
    await slack_takes(planted.database)
    erasure_id = await planted.begin()
    worker = Worker(database=planted.database, now=planted.clock.now, desk=desk)
    await carry_on(worker, WORKSPACE)
    await slack_takes(planted.database, refuses="message_not_found")
    erasure = await finished(planted, desk, erasure_id)
    assert erasure.counts["refused"] == []


async def test_whoever_dies_in_the_middle_is_followed(planted: Planted, desk: Desk) -> None:
    """Every piece may be the last that a process does: another one begins with the next."""
    await slack_takes(planted.database)
    erasure_id = await planted.begin()
    for _ in range(60):
        one_piece = OnePiece(desk)
        await carry_on(Worker(database=planted.database, now=planted.clock.now, desk=one_piece), WORKSPACE)  # type: ignore[arg-type]  # stops after a piece
        await slack_takes(planted.database)
    async with planted.database.read() as session:
        erasure = await erasing.get(session, WORKSPACE, erasure_id)
    assert erasure is not None
    assert erasure.step is Step.DONE
    assert traces(bytes_of(planted.database)) == []


async def test_while_a_post_is_on_its_way_its_rows_go_and_it_is_taken_down_when_it_has_arrived(
    planted: Planted, desk: Desk
) -> None:
    await slack_takes(planted.database)
    await planted.rows("SELECT 1")
    async with planted.database.begin() as session:
        await session.execute(planted_sending)
    erasure_id = await planted.begin()
    worker = Worker(database=planted.database, now=planted.clock.now, desk=desk)
    await carry_on(worker, WORKSPACE)
    async with planted.database.read() as session:
        stands = await erasing.get(session, WORKSPACE, erasure_id)
    assert stands is not None
    assert stands.step is Step.POSTS
    assert await planted.one("SELECT count(*) FROM quotes") == 1, "hers is gone, the other one's stays"
    async with planted.database.begin() as session:
        await session.execute(arrived)
    erasure = await finished(planted, desk, erasure_id)
    assert erasure.counts["posts"] == {"done": 4}
    assert traces(bytes_of(planted.database)) == []


async def test_a_conversation_alone_can_go(planted: Planted, desk: Desk) -> None:
    interview = await planted.one("SELECT min(id) FROM interviews")
    erasure = await finished(planted, desk, await planted.begin(About.CONVERSATION, str(interview)))
    assert await planted.one("SELECT count(*) FROM interviews") == 1
    assert await planted.one("SELECT count(*) FROM customers") == 2
    assert erasure.counts["rows"]["quotes"] == 1


class OnePiece:
    """A desk of a process that ends after each piece."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._asked = desk, 0
        self.stopping = self

    def is_set(self) -> bool:
        self._asked += 1
        return self._asked > 1

    def __getattr__(self, name: str) -> object:
        return getattr(self._desk, name)


planted_sending = text("UPDATE deliveries SET state = 'sending' WHERE kind = 'share'")
arrived = text("UPDATE deliveries SET state = 'sent' WHERE state = 'sending'")
