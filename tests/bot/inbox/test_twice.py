"""What people click, type and submit comes twice, to one process or to two, and is done once."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.request.async_request import AsyncBoltRequest
from sqlalchemy import text

from bot import ids
from bot.app import create_app
from bot.connections import OneWorkspace
from bot.desk import Desk
from storage import audit
from storage.audit import Entry
from storage.database import Database, open_database
from storage.encryption import Keyring
from tests.bot.inbox.test_inbox import desk
from tests.bot.stories.conftest import House, house
from tests.conftest import NOW, WORKSPACE
from tests.storage.conftest import any_url, either

__all__ = ["any_url", "desk", "either", "house"]

CLICK = "acts_once"


def clicked(trigger: str) -> dict[str, Any]:
    """A click as Slack hands it over."""
    action = {"action_id": CLICK, "block_id": "b", "type": "button", "action_ts": "1.0"}
    return {
        "type": "block_actions",
        "team": {"id": WORKSPACE},
        "user": {"id": "U1", "team_id": WORKSPACE},
        "trigger_id": trigger,
        "actions": [action],
    }


class Process:
    """A web process whose one button adds a line to the audit log."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.app = desk, create_app(desk)
        self.trouble: Exception | None = None
        self.app.action(CLICK)(self.act)

    async def act(self, ack: AsyncAck) -> None:
        """Write, and fall over where a test says so."""
        async with self.desk.begin() as session:
            entry = Entry(at=NOW, actor_id="U1", act="click", object_kind="test", object_id="1", detail={})
            await audit.note(session, WORKSPACE, entry)
            if self.trouble is not None:
                raise self.trouble
        async with self.desk.begin() as session:
            await session.execute(text("SELECT 1"))
        await ack()

    async def gets(self, trigger: str) -> int:
        """The status with which a click is answered."""
        request = AsyncBoltRequest(body=json.dumps(clicked(trigger)), mode="socket_mode")
        return int((await self.app.async_dispatch(request)).status)


async def acts(database: Database) -> int:
    async with database.read() as session:
        query = text("SELECT count(*) FROM audit WHERE act = 'click'")
        return int((await session.execute(query)).scalar_one())


async def test_a_click_that_comes_to_two_processes_at_once_is_done_by_one(
    desk: Desk, either: Database, any_url: str, keyring: Keyring
) -> None:
    other = open_database(any_url, keyring)
    one, two = (
        Process(Desk(desk.settings, database, desk.clock, OneWorkspace(desk.settings)))
        for database in (either, other)
    )
    answers = await asyncio.gather(one.gets("1.a"), two.gets("1.a"), one.gets("1.a"))
    assert set(answers) == {200}
    assert await acts(either) == 1
    assert (await two.gets("1.b"), await acts(either)) == (200, 2), "another click is another matter"
    await other.close()


async def test_a_click_that_was_not_done_is_done_when_it_comes_again(desk: Desk) -> None:
    process = Process(desk)
    process.trouble = ConnectionError("the database went away")
    await process.gets("1.a")
    assert await acts(desk.database) == 0
    process.trouble = None
    assert (await process.gets("1.a"), await acts(desk.database)) == (200, 1)


async def test_what_is_known_of_a_click_goes_after_a_day(desk: Desk, database: Database) -> None:
    from bot.inbox import REMEMBERED_FOR, inbox_of

    process = Process(desk)
    await process.gets("1.a")
    assert isinstance(process.app, AsyncApp)
    desk.clock.advance(2 * REMEMBERED_FOR)  # type: ignore[attr-defined]  # a test's clock
    await inbox_of(process.app).look(process.app)
    async with database.read() as session:
        assert (await session.execute(text("SELECT count(*) FROM receipts"))).scalar_one() == 0


async def test_thanks_that_come_twice_are_not_taken_back(house: House) -> None:
    await house.share(await house.story())
    message = await house.world.channel("pilot").wait_for("Invoices at four")
    await house.world.faults.add("payload:block_actions", "twice")
    await house.person("ben").click(message, ids.STORY_THANKS)
    assert await house.rows("SELECT kind FROM reactions") == [("thanks",)]


async def test_what_somebody_will_do_is_on_their_list_once(house: House) -> None:
    await house.share(await house.story())
    ben = house.person("ben")
    message = await house.world.channel("pilot").wait_for("Invoices at four")
    await ben.click(message, ids.STORY_ACT)
    await house.world.faults.add("payload:view_submission", "twice")
    await (await ben.modal("act on it")).submit({"what": "Ask for the VAT number later"})
    assert await house.rows("SELECT what FROM follow_ups") == [("Ask for the VAT number later",)]


@pytest.mark.parametrize("kind", ["payload:command", "payload:view_submission", "payload:block_actions"])
async def test_a_channel_is_set_up_once_whatever_comes_twice(house: House, kind: str) -> None:
    await house.world.faults.add(kind, "twice", times=0)
    ben = house.person("ben")
    await ben.command("/firsthand", channel="pilot")
    await ben.submit()
    await (await ben.modal("Which stories")).submit()
    assert await house.rows("SELECT count(*) FROM channels") == [(1,)]
    assert await house.rows("SELECT count(*), count(DISTINCT id) FROM audit WHERE act = 'tune_channel'") == [
        (1, 1)
    ]
