"""Posts in trouble as a person looks after them: in the terminal, and under the question in Slack."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest
from sqlalchemy import text

from bot.delivery_care import Decision, after_archive, decide, found
from bot.messages.delivery_trouble_words import reason_said
from storage import audit, deliveries, workspaces
from storage import delivery_care as care
from storage.database import Database
from storage.deliveries import Post
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


async def test_what_an_archived_channel_kept_goes_when_it_is_back(database: Database) -> None:
    late = await planned(database, "failed", "is_archived", slot="a digest of another day")
    wanted = [await planned(database, "failed", "is_archived", slot=slot) for slot in ("changed", "removed")]
    broken = await planned(database, "failed", "invalid_blocks")
    async with database.begin() as session:
        for number in (*wanted, broken):
            change = "UPDATE deliveries SET method = 'chat.update' WHERE id = :id"
            await session.execute(text(change), {"id": number})
        assert await after_archive(session, WORKSPACE, "C2", by="U1", now=NOW) == 0
        assert await after_archive(session, WORKSPACE, "C1", by="U1", now=NOW) == 2
        states = [(await found(session, WORKSPACE, number)).state for number in (late, *wanted, broken)]
    assert states == ["failed", "pending", "pending", "failed"]
    assert {act for act, _by, _number in await acts(database)} == {"retry_delivery"}


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


async def test_the_oldest_that_waits_is_known(database: Database) -> None:
    await planned(database, "pending", "ratelimited")
    async with database.read() as session:
        counts = await care.counts(session, WORKSPACE)
        pace = await care.pace(session, WORKSPACE, now=NOW, late=NOW - timedelta(minutes=5))
    assert (counts.waiting, counts.oldest, counts.refused) == (1, NOW, "ratelimited")
    assert (pace.since, pace.paused_until, pace.overdue) == (NOW, None, None)
