"""Talk is gathered in memory, and what is remembered of it is numbers."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from stories.drift.gathering import KNOWN_AGAIN, LONGEST, Gathering
from stories.drift.remembered import Remembered, as_numbers, from_numbers
from stories.drift.speaking import Answer, Listening
from stories.drift.talk import WINDOW
from stories.drift.watch import CALIBRATION, Watch, seen

HERE, THERE = ("T1", "C1"), ("T1", "C2")


def said(number: int) -> str:
    return f"this is message {'abcdefghijklmnop'[number] * 2} about invoices"


def test_eight_content_messages_close_a_window_and_are_forgotten() -> None:
    gathering = Gathering()
    for number in range(WINDOW - 1):
        assert gathering.add(HERE, str(number), said(number)) is None
        assert gathering.add(HERE, f"short {number}", "ok thanks") is None
    assert gathering.add(THERE, "0", said(0)) is None, "each channel has its own"
    closed = gathering.add(HERE, "last", said(WINDOW - 1))
    assert closed == tuple(said(number) for number in range(WINDOW))
    assert gathering.add(HERE, "next", said(9)) is None


def test_a_message_told_twice_counts_once() -> None:
    gathering = Gathering()
    for _ in range(KNOWN_AGAIN):
        assert gathering.add(HERE, "same", said(0)) is None


def test_what_was_gathered_can_be_dropped() -> None:
    gathering = Gathering()
    for number in range(WINDOW - 1):
        gathering.add(HERE, str(number), said(number))
    gathering.forget(HERE)
    assert len(gathering) == 0
    assert gathering.add(HERE, "new", said(8)) is None


def test_a_long_paste_is_cut() -> None:
    gathering = Gathering()
    for number in range(WINDOW - 1):
        gathering.add(HERE, str(number), "late again and " * LONGEST)
    closed = gathering.add(HERE, "last", "late again and " * LONGEST)
    assert closed is not None
    assert max(map(len, closed)) <= LONGEST


DAYS = st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1))


@given(
    st.lists(st.floats(-50, 50), max_size=CALIBRATION + 4),
    DAYS,
    DAYS,
    st.lists(st.sampled_from(Answer), max_size=3),
    st.integers(0, 5),
)
def test_what_is_remembered_is_read_as_it_was(
    scores: list[float],
    alarmed_on: date | None,
    silent: date | None,
    judged: list[Answer],
    other_language: int,
) -> None:
    watch = Watch()
    for score in scores:
        watch = seen(watch, score)
    listening = Listening(watch=watch, alarmed_on=alarmed_on, silent_until=silent, judged=tuple(judged))
    remembered = Remembered(listening=listening, other_language=other_language)
    assert from_numbers(json.loads(json.dumps(as_numbers(remembered)))) == remembered


def test_nothing_kept_is_a_beginning() -> None:
    assert from_numbers({}) == Remembered()
    assert not Remembered().given_up
    assert Remembered(other_language=3).given_up
