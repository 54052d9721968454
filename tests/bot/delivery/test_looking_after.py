"""Posts in trouble as a person looks after them: in the terminal, and under the question in Slack."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from bot.__main__ import main
from bot.delivery_care import Decision, decide, found
from bot.messages import delivery_kinds
from bot.messages.delivery_trouble_words import reason_said
from storage import audit, deliveries, workspaces
from storage import delivery_care as care
from storage.database import Database, open_database
from storage.deliveries import Post
from storage.encryption import Keyring
from stories.attention_kinds import ASKED, UNASKED
from stories.errors import UserError
from tests.conftest import NOW, WORKSPACE

T = TypeVar("T")
LINK = "https://acme.slack.com/archives/C1/p1763283600000100"
SAID_AT = datetime.fromtimestamp(1763283600, UTC)
KNOWN = (
    "channel_not_found",
    "is_archived",
    "not_in_channel",
    "invalid_blocks",
    "msg_too_long",
    "restricted_action",
    "missing_scope",
    "token_revoked",
    "account_inactive",
    "ratelimited",
    "user_not_found",
    "message_not_found",
    "cant_update_message",
    "cannot_dm_bot",
    "no_permission",
    "team_access_not_granted",
)


async def planned(database: Database, state: str, error: str | None = None, *, slot: str = "") -> int:
    """A post in this state; one in doubt was being sent at SAID_AT."""
    post = Post(
        channel_id="C1", kind="share", slot_key=slot or f"{state}:{error}", payload={"text": "[b]Words[/b]"}
    )
    async with database.begin() as session:
        number = await deliveries.plan(session, WORKSPACE, post, now=NOW)
        assert number is not None
        values = {"state": state, "error": error, "id": number, "at": SAID_AT.isoformat(" ")[:19] + ".000000"}
        change = "UPDATE deliveries SET state = :state, last_error = :error, sending_at = :at WHERE id = :id"
        await session.execute(text(change), values)
    return number


async def told(database: Database, number: int, decision: Decision, link: str = "") -> care.Delivery:
    async with database.begin() as session:
        return await decide(session, WORKSPACE, number, decision, by="U1", now=NOW, link=link)


async def acts(database: Database) -> list[tuple[str, str, str]]:
    async with database.read() as session:
        return [(one.act, one.actor_id, one.object_id) for one in await audit.latest(session, WORKSPACE)]


@pytest.mark.parametrize("error", KNOWN)
def test_slacks_words_are_said_plainly_with_what_to_do(error: str) -> None:
    said = reason_said(error)
    assert error not in said
    assert said.endswith((".", "?"))
    assert "don’t know" not in said


def test_a_word_that_nobody_knows_is_told_as_it_is() -> None:
    assert "“frobnicated”" in reason_said("frobnicated")


def test_reasons_within_reasons_are_said_too() -> None:
    said = reason_said("history unreadable: missing_scope")
    assert "history can’t be read (Firsthand lacks" in said
    assert "permission" in said


async def test_a_failed_post_goes_again_and_the_log_says_who_wanted_it(database: Database) -> None:
    number = await planned(database, "failed", "not_in_channel")
    assert (await told(database, number, Decision.AGAIN)).state == "pending"
    assert await acts(database) == [("retry_delivery", "U1", str(number))]
    with pytest.raises(UserError, match="nothing to decide"):
        await told(database, number, Decision.AGAIN)


async def test_a_post_that_is_given_up_is_never_sent(database: Database) -> None:
    for state in ("pending", "failed", "in_doubt"):
        number = await planned(database, state)
        assert (await told(database, number, Decision.GIVE_UP)).state == "cancelled"
    sent = await planned(database, "sent")
    with pytest.raises(UserError, match=r"any more \(stands\)"):
        await told(database, sent, Decision.GIVE_UP)


async def test_a_post_that_stands_is_settled_at_its_link(database: Database) -> None:
    number = await planned(database, "in_doubt", "history unreadable: missing_scope")
    settled = await told(database, number, Decision.STANDS, LINK)
    assert (settled.state, settled.posted_in, settled.slack_ts) == ("sent", "C1", "1763283600.000100")
    assert await acts(database) == [("settle_delivery", "U1", str(number))]


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("https://acme.slack.com/", "no link to a message"),
        ("https://acme.slack.com/archives/C2/p1763283600000100", "another conversation"),
        ("https://acme.slack.com/archives/C1/p1763200000000100", "older than this post"),
    ],
)
async def test_a_link_that_cannot_be_it_is_refused_beside_its_field(
    database: Database, link: str, said: str
) -> None:
    number = await planned(database, "in_doubt")
    with pytest.raises(UserError, match=said) as refused:
        await told(database, number, Decision.STANDS, link)
    assert refused.value.field == "link"


async def test_another_workspaces_posts_are_out_of_reach(database: Database) -> None:
    number = await planned(database, "failed")
    async with database.begin() as session:
        await workspaces.ensure(session, "T2", name="Other", installed_by=None, now=NOW)
        with pytest.raises(UserError, match="no post"):
            await found(session, "T2", number)
        with pytest.raises(UserError, match="no post"):
            await decide(session, "T2", number, Decision.AGAIN, by="U1", now=NOW)


async def test_what_is_looked_at_does_not_grow_with_history(database: Database) -> None:
    """The indexes of what waits and of what is troubled are found, whatever was sent before."""
    async with database.read() as session:
        connection = await session.connection()
        for condition, index in (
            ("state = 'pending' AND not_before > '1970'", "ix_deliveries_pending"),
            ("state = 'failed' AND state IN ('in_doubt', 'failed')", "ix_deliveries_trouble"),
        ):
            plan = await connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN SELECT * FROM deliveries WHERE workspace_id = 'T' AND {condition}"
            )
            assert index in str(plan.all())


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


async def test_the_oldest_that_waits_is_known(database: Database) -> None:
    await planned(database, "pending", "ratelimited")
    async with database.read() as session:
        counts = await care.counts(session, WORKSPACE)
        pace = await care.pace(session, WORKSPACE, now=NOW, late=NOW - timedelta(minutes=5))
    assert (counts.waiting, counts.oldest, counts.refused) == (1, NOW, "ratelimited")
    assert (pace.since, pace.paused_until, pace.overdue) == (NOW, None, None)
