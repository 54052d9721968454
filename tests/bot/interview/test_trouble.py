"""The database fails: the modal says so within two seconds and what was typed stays in it."""

from __future__ import annotations

import asyncio

import pytest

from bot import ids
from bot.visitors import SLACK_PATIENCE_SECONDS
from storage.database import Database
from tests.bot.interview.conftest import ALIAS, WHAT, WHO, World
from tests.bot.interview.test_thread import kept
from tests.conftest import file_of
from tests.locking import BUSY_MS, locked

SOON = 2.0
"""Seconds within which somebody hears of trouble."""


@pytest.fixture
def busy_timeout_ms() -> int:
    """Whoever waits for the lock has waited long enough soon."""
    return BUSY_MS


async def test_a_locked_database_is_said_in_the_modal_with_the_text_still_in_it(
    world: World, database: Database
) -> None:
    modal = await world.walked(await world.opened(), WHO)
    async with locked(database) as waits:
        outcome = await modal.submit(WHAT)
    assert "nothing you typed is lost" in outcome["errors"]["trying_to"]
    assert 0 < waits.seconds_outside_tests < SOON
    assert modal.values["happened"]["happened"]["value"] == WHAT["happened"]
    assert (await modal.submit())["ok"]
    assert (await world.only_draft()).form.happened == WHAT["happened"]


async def test_a_locked_database_is_said_on_the_preview_and_publishing_works_afterwards(
    world: World, database: Database
) -> None:
    modal = await world.previewed()
    async with locked(database):
        await modal.submit()
        assert "nothing you typed is lost" in modal.words()
    assert "is published" not in modal.words()
    await modal.submit()
    assert "is published" in modal.words()
    assert len(await world.stories()) == 1


async def test_back_says_so_too_and_stays_where_it_is(world: World, database: Database) -> None:
    modal = await world.walked(await world.opened(), WHO)
    await modal.fill(WHAT)
    async with locked(database):
        await modal.choose(ids.INTERVIEW_BACK)
    assert "nothing you typed is lost" in modal.words()
    assert "step 2 of 6" in modal.words()
    assert modal.values["happened"]["happened"]["value"] == WHAT["happened"]


async def test_the_command_says_so_where_it_was_typed(world: World, database: Database) -> None:
    await world.opened()
    async with locked(database):
        await world.ana.command("/interview", channel="general")
    (answer,) = await world.ana.ephemerals("general")
    assert "couldn’t save or read this" in answer.words()


async def test_a_database_that_was_moved_away_is_never_taken_for_saved(
    world: World, database: Database
) -> None:
    modal = await world.opened()
    await modal.fill(WHO | {ALIAS: "the clerk"})
    file = file_of(database)
    moved = [(path, path.with_name(f"moved-{path.name}")) for path in file.parent.glob(f"{file.name}*")]
    for path, away in moved:
        path.rename(away)
    outcome = await modal.submit()
    assert "nothing you typed is lost" in str(outcome["errors"])
    assert not file.exists()
    for path, away in moved:
        away.rename(path)
    assert (await modal.submit())["ok"]
    assert (await world.only_draft()).form.alias == "the clerk"


async def test_a_reply_that_could_not_be_kept_is_kept_when_slack_sends_it_again(
    world: World, database: Database
) -> None:
    modal = await world.opened()
    await modal.choose(ids.INTERVIEW_IN_THREAD)
    room = world.slack.channel(await world.ana.dm())
    root = await room.wait_for("Write what you remember", as_="ana")
    async with locked(database) as waits:
        await world.ana.say("It was Marta.", room.name, thread=root)

        async def refused() -> bool:
            return waits.number > 0

        await world.slack.until(refused, "the reply to be refused")
    await kept(world, "It was Marta.")


async def test_slack_failing_at_the_opening_is_said(world: World) -> None:
    await world.slack.faults.add("views.open", "status", status=500, times=1)
    await world.ana.shortcut(ids.INTERVIEW_SHORTCUT)
    room = world.slack.channel(await world.ana.dm())
    await room.wait_for("Something went wrong on our side", as_="ana")


async def test_what_is_sent_on_is_kept_while_slack_answers_nothing(world: World) -> None:
    modal = await world.walked(await world.opened(), WHO)
    assert SLACK_PATIENCE_SECONDS < SOON
    for kind, details in (("status", {"status": 500}), ("delay", {"seconds": 60}), ("drop", {})):
        world.desk.colleagues._known.clear()
        await world.slack.faults.add("users.info", kind, times=1, **details)
        assert (await modal.submit(WHAT))["ok"]
        await world.slack.faults.clear()
        await modal.choose(ids.INTERVIEW_BACK)
    assert (await world.only_draft()).form.happened == WHAT["happened"]


async def test_a_window_closed_in_between_is_no_failure(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    modal = await world.walked(await world.opened(), WHO)
    await modal.close()
    click = {"type": "button", "action_id": ids.INTERVIEW_BACK, "block_id": "row"}
    await world.deliver({"type": "block_actions", "actions": [click], "view": modal.raw})
    await asyncio.sleep(0.1)
    assert "a request failed" not in caplog.text
    assert (await world.only_draft()).step == "who"
