"""What needs a person reaches one: posts in doubt, and messages that Slack would not let us take down."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.delivery.asking import refusal_followed
from bot.delivery.ledger import UNMADE
from bot.desk import Desk
from storage import people
from storage.deliveries import DELETE, POST
from storage.sending import Claimed, Outcome
from storage.tables_posts import DeliveryRow
from tests.conftest import NOW, WORKSPACE

SHARE = Claimed(
    id=7, workspace_id=WORKSPACE, channel_id="C1", kind="share", method=POST, payload={}, thread_ts=None,
    target_ts=None, posted_in=None, attempt=1, sending_at=NOW, lease_until=NOW, created_at=NOW,
)  # fmt: skip

REVISION = replace(SHARE, method=DELETE, kind="revision")


@pytest.mark.parametrize(
    ("claimed", "outcome", "words"),
    [
        (SHARE, Outcome(state="in_doubt", error="history unreadable: missing_scope"), "won’t post it twice"),
        (
            replace(SHARE, method=DELETE, kind="revision"),
            Outcome(state="failed", error="is_archived"),
            "delete it",
        ),
        (SHARE, Outcome(state="failed", error=f"{UNMADE}: KeyError"), "(KeyError)"),
    ],
)
async def test_the_editors_hear_of_it(desk: Desk, claimed: Claimed, outcome: Outcome, words: str) -> None:
    async with desk.begin() as session:
        await people.grant(session, WORKSPACE, "UEDITOR", "editor", by="UADMIN", now=NOW)
        await refusal_followed(desk)(session, claimed, outcome)
    async with desk.read() as session:
        (told,) = (await session.execute(select(DeliveryRow))).scalars()
    assert told.channel_id == "UEDITOR"
    assert words in told.payload["text"]
    assert "<#C1>" in told.payload["text"]


async def test_a_note_that_cannot_be_delivered_makes_no_further_notes(desk: Desk) -> None:
    async with desk.begin() as session:
        await people.grant(session, WORKSPACE, "UEDITOR", "editor", by="UADMIN", now=NOW)
        note = replace(SHARE, kind="notice", channel_id="UGONE")
        await refusal_followed(desk)(session, note, Outcome(state="in_doubt", error="history unreadable"))
    async with desk.read() as session:
        assert (await session.execute(select(DeliveryRow))).first() is None
