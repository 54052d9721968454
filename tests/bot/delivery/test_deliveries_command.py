"""`firsthand deliveries`: what a person at a terminal sees of the outbox, and decides."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import update

from bot.__main__ import main
from bot.messages import delivery_kinds
from storage import deliveries, workspaces
from storage.database import Database, open_database
from storage.encryption import Keyring
from storage.rows import table_of
from storage.tables_posts import DeliveryRow
from stories.attention_kinds import ASKED, UNASKED
from stories.errors import UserError
from tests.bot.delivery.test_looking_after import LINK, acts, planned
from tests.conftest import NOW, WORKSPACE

T = TypeVar("T")


class Terminal:
    """Somebody at a terminal beside a database."""

    def __init__(self, url: str, keyring: Keyring) -> None:
        self.url, self.keyring = url, keyring

    def with_database(self, work: Callable[[Database], Awaitable[T]]) -> T:
        async def run() -> T:
            database = open_database(self.url, self.keyring)
            try:
                return await work(database)
            finally:
                await database.close()

        return asyncio.run(run())

    def plan(self, *wanted: tuple[str, str | None]) -> list[int]:
        async def work(database: Database) -> list[int]:
            async with database.begin() as session:
                await workspaces.ensure(session, WORKSPACE, name="Test", installed_by=None, now=NOW)
            return [await planned(database, state, error) for state, error in wanted]

        return self.with_database(work)

    def run(self, *arguments: str) -> Result:
        result = CliRunner().invoke(main, ["deliveries", *arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result


@pytest.fixture
def terminal(database_url: str, keyring: Keyring, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    for name in [name for name in os.environ if name.startswith(("SLACK_", "FIRSTHAND_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("COLUMNS", "160")
    return Terminal(database_url, keyring)


def test_the_list_tells_why_and_what_to_do(terminal: Terminal) -> None:
    terminal.plan(("failed", "is_archived"), ("in_doubt", None), ("pending", "ratelimited"), ("sent", None))
    said = terminal.run().output
    assert "1 waits, 1 in doubt, 1 failed." in said
    assert "The channel is archived. Unarchive it, then retry" in said
    troubled, _heading, posted = said.partition("Posted last")
    assert "shared story" in troubled
    assert "stands" not in troubled
    assert re.search(r"shared story +channel C1 +stands +2025-11-16", posted)


def test_what_was_posted_is_listed_without_its_words(terminal: Terminal) -> None:
    terminal.plan()
    assert "Nothing was posted yet" in terminal.run("--posted").output
    waits, *sent = terminal.plan(("pending", None), ("sent", None), ("sent", "x"))
    said = terminal.run("--posted").output
    assert [line.split()[0] for line in said.splitlines()[1:]] == [str(one) for one in reversed(sent)]
    assert "Words" not in said + terminal.run("--posted", "--json").output
    assert waits not in [one["id"] for one in json.loads(terminal.run("--posted", "--json").output)]


def test_a_post_that_was_taken_down_and_its_deletion_are_told_from_one_that_stands(
    terminal: Terminal,
) -> None:
    down, stands = terminal.plan(("sent", None), ("sent", "x"))

    async def deleted(database: Database) -> int:
        async with database.begin() as session:
            await deliveries.revise(session, WORKSPACE, down, None, now=NOW)
            row = table_of(DeliveryRow)
            change = update(row).where(row.c.target_delivery_id == down).values(state="sent")
            return int((await session.execute(change.returning(row.c.id))).scalar_one())

    deletion = terminal.with_database(deleted)
    listed = {line.split()[0]: line for line in terminal.run("--posted").output.splitlines()[1:]}
    assert " taken down " in listed[str(down)]
    assert " stands " in listed[str(stands)]
    assert re.search(r"deletion of a post .* done ", listed[str(deletion)])
    assert "taken down" in terminal.run("show", str(down)).output


def test_its_help_shows_the_options_of_the_short_form(terminal: Terminal) -> None:
    said = terminal.run("--help").output
    assert re.search(r"--posted .*\n(.*\n)* +stands ", said)
    assert said.count("--help") == 1


def test_every_kind_of_post_is_said_in_words() -> None:
    known = {*delivery_kinds.OF_CHANNELS, *delivery_kinds.IN_PRIVATE}
    assert known == {*UNASKED, *ASKED}


def test_programs_read_json(terminal: Terminal) -> None:
    numbers = terminal.plan(("failed", "is_archived"), ("sent", None))
    listed: list[dict[str, Any]] = json.loads(terminal.run("--json").output)
    assert [one["id"] for one in listed] == numbers[:1]
    assert listed[0]["last_error"] == "is_archived"
    assert listed[0]["reason"].startswith("The channel is archived")
    assert json.loads(terminal.run("show", str(numbers[1]), "--json").output)["state"] == "sent"


def test_a_post_is_shown_as_it_was_written(terminal: Terminal) -> None:
    (number,) = terminal.plan(("failed", "is_archived"))
    assert "[b]Words[/b]" in terminal.run("show", str(number)).output


def test_decisions_at_the_terminal_are_carried_out_and_audited(terminal: Terminal) -> None:
    failed, lost, doubtful = terminal.plan(("failed", "x"), ("failed", "y"), ("in_doubt", None))
    assert "waits to be sent" in terminal.run("retry", str(failed)).output
    assert "is given up" in terminal.run("give-up", str(lost)).output
    assert "it stands" in terminal.run("stands", str(doubtful), LINK).output
    done = terminal.with_database(acts)
    assert [act for act, _who, _what in done] == ["settle_delivery", "give_up_delivery", "retry_delivery"]
    assert all(who.startswith("terminal:") for _act, who, _what in done)


def test_several_workspaces_have_to_be_told_apart(terminal: Terminal) -> None:
    terminal.plan(("failed", "x"))

    async def another(database: Database) -> None:
        async with database.begin() as session:
            await workspaces.ensure(session, "T2", name="Other", installed_by=None, now=NOW)

    terminal.with_database(another)
    with pytest.raises(UserError, match="--workspace"):
        terminal.run("list")
    assert "0 wait, 0 in doubt, 0 failed." in terminal.run("--workspace", "T2").output
