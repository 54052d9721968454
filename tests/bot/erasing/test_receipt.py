"""The receipt fits into a message however much Slack refused, and says why in words."""

from __future__ import annotations

from bot.messages.erasing_receipt import receipt
from storage.erasing import Erasure, Step
from storage.holdings import About
from tests.blockkit import assert_valid
from tests.conftest import NOW


def _with(refused: int) -> Erasure:
    one = {"channel": "C0PILOT", "ts": "1700000000.000100", "reason": "restricted_action_read_only_channel"}
    return Erasure(
        id=12,
        about=About.CUSTOMER,
        object_key="",
        needles=(),
        words=(),
        asked_by="U0PRIVACY",
        asked_at=NOW,
        step=Step.DONE,
        position="",
        counts={"rows": {"quotes": 2}, "words": 1, "posts": {"done": 3}, "refused": [one] * refused},
        finished_at=NOW,
    )


def test_a_hundred_refused_messages_are_named_as_far_as_they_fit() -> None:
    payload = receipt(_with(100))
    assert_valid(payload, "message")
    said = str(payload["blocks"])
    assert "100 messages may still stand" in said
    assert said.count("<#C0PILOT>") == 20
    assert "and 80 more" in said
    assert "Only some people may post in this channel" in said


def test_nothing_of_it_is_there_where_slack_refused_nothing() -> None:
    assert_valid(receipt(_with(0)), "message")
    assert "may still stand" not in str(receipt(_with(0)))
