"""What counts as talk in a channel, and how it is gathered into windows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.drift.talk import WINDOW, content, is_content, plain, windows


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("look at ```rm -rf /``` before you `run` it", "look at before you it"),
        ("read <https://example.org/a|the page> first", "read the page first"),
        ("see https://example.org/x?y=1 there", "see there"),
        ("<@U123> and <!channel> :tada: well *done*", "and well done"),
        ("a &lt;b&gt; c &amp; d", "a <b> c & d"),
        ("a ```fence never closed", "a"),
    ],
)
def test_code_links_mentions_and_marks_are_left_out(sent: str, said: str) -> None:
    assert plain(sent) == said


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("thanks a lot", False),
        ("+1 +1 +1 +1 +1", False),
        ("the invoices are late again", True),
        ("Die Rechnungen kommen schon wieder zu spät", True),
        ("", False),
    ],
)
def test_four_words_make_a_content_message(text: str, counts: bool) -> None:
    assert is_content(text) is counts


def test_windows_are_whole_and_in_order() -> None:
    said = [f"message number {name} is here" for name in "abcdefghijklmnopqrs"]
    with_noise = [text for one in said for text in (one, "ok", ":+1:")]
    found = windows(with_noise)
    assert [text for window in found for text in window] == said[: 2 * WINDOW]


@given(st.lists(st.text(max_size=60), max_size=30))
def test_whatever_is_written_makes_whole_windows(messages: list[str]) -> None:
    assert all(len(window) == WINDOW for window in windows(messages))
    assert len(content(messages)) <= len(messages)
