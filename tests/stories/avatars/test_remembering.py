"""What an avatar remembers next."""

from __future__ import annotations

from datetime import timedelta

from stories.avatars.evidence import quote
from stories.avatars.remembering import LATELY, Candidate, Remembered, choose
from tests.conftest import NOW

BEGAN = NOW - timedelta(days=100)
BEFORE = BEGAN - timedelta(days=1)


def of(reason: int, number: int, *, new: bool = False) -> Candidate:
    return Candidate(reason_id=reason, ref=quote(number), told_at=NOW if new else BEFORE)


def test_news_comes_before_everything_else() -> None:
    chosen = choose([of(1, 1), of(2, 2, new=True)], {}, since=BEGAN, now=NOW)
    assert chosen == Remembered(reason_id=2, ref=quote(2), new=True)


def test_reasons_take_turns() -> None:
    heard = {quote(1): NOW - timedelta(days=7)}
    chosen = choose([of(1, 1), of(1, 3), of(2, 2)], heard, since=BEGAN, now=NOW)
    assert chosen == Remembered(reason_id=2, ref=quote(2), new=False)


def test_a_quote_comes_again_only_after_weeks() -> None:
    assert choose([of(1, 1)], {quote(1): NOW - LATELY + timedelta(hours=1)}, since=BEGAN, now=NOW) is None
    assert choose([of(1, 1)], {quote(1): NOW - LATELY}, since=BEGAN, now=NOW) is not None


def test_what_was_said_before_is_no_news() -> None:
    chosen = choose([of(1, 1, new=True)], {quote(1): NOW - LATELY}, since=BEGAN, now=NOW)
    assert chosen is not None
    assert not chosen.new


def test_nothing_is_said_without_words() -> None:
    assert choose([], {}, since=BEGAN, now=NOW) is None
