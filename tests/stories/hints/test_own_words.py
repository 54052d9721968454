"""Whose words a quote is."""

from __future__ import annotations

import pytest

from stories.hints.own_words import is_retold

NAMES = ("Anna Ray", "the baker from Leeds", "Ray & Daughters")


@pytest.mark.parametrize(
    "quote",
    [
        "She explained that the export stops at 200 lines.",
        "He would like a list instead of the map.",
        "Anna uses the app on Mondays.",
        "The baker from Leeds wants it cheaper.",
        "The customer told us that nobody answers on Fridays.",
        "Participants found the wording confusing.",
        "In this call they discussed the new prices.",
        "He said: “I give up.”",
    ],
)
def test_what_the_writer_tells_is_known(quote: str) -> None:
    assert is_retold(quote, NAMES)


@pytest.mark.parametrize(
    "quote",
    [
        "I thought, this is my evening gone again.",
        "We told them twice.",
        "They never called back.",
        "She was so pleased that somebody called.",
        "Nobody has hands free for a password.",
        "Your bill is a riddle with a due date.",
        "My boss said that it is fine.",
        "It just stopped.",
        "The customers walk out when it stops.",
        "",
    ],
)
def test_what_a_customer_said_of_themself_or_others_is_left_alone(quote: str) -> None:
    assert not is_retold(quote, NAMES)
