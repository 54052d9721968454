"""What speaks for a theme: customers once each, likely shares, ties said as ties, symptoms only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from stories.priorities.evidence import Candidate, Voice, candidate, ranked, share, third_is_tied


def spoken_by(theme_id: int, customers: int, everybody: int, asked: int = 3) -> Candidate:
    voices = [Voice(speaker=number) for number in range(customers)]
    return candidate(theme_id, f"theme {theme_id}", voices, everybody, asked)


def test_a_customer_counts_once_with_what_they_said_last() -> None:
    voices = [
        Voice(speaker="a", score=9, segments=("Bakery",), talk=True),
        Voice(speaker="a", score=2, segments=("bakery", "Pro")),
        *(Voice(speaker=n, score=n, segments=("Pro",)) for n in range(4)),
    ]
    found = candidate(1, "Paper", voices, 10, 2, fewest=5)
    assert (found.customers.part, found.customers.whole) == (5, 10)
    assert found.scores.detractors == 5
    assert found.mean == pytest.approx((2 + 0 + 1 + 2 + 3) / 5)
    assert found.segments == (("Pro", 5), ("Bakery", 1)), "a conversation names its kind, few comments do not"
    assert found.symptom_only


def test_of_few_scores_nothing_is_said() -> None:
    found = candidate(1, "Paper", [Voice(speaker=n, score=3) for n in range(4)], 9, 3)
    assert (found.mean, found.unhappy) == (None, None)
    assert not found.symptom_only
    voices = [Voice(speaker=n, score=3) for n in range(7)]
    assert candidate(1, "Paper", voices, 9, 3, fewest=8).mean is None, "the workspace shows no group of seven"
    assert candidate(1, "Paper", voices, 9, 3, fewest=7).mean == 3


def test_wilsons_interval_is_the_published_one() -> None:
    # Newcombe (1998), table I: 81 of 263, and 0 of 20.
    assert share(81, 263).low == pytest.approx(0.2553, abs=5e-5)
    assert share(81, 263).high == pytest.approx(0.3662, abs=5e-5)
    assert share(0, 20).high == pytest.approx(0.1611, abs=5e-5)
    assert (share(0, 0).low, share(0, 0).high) == (0.0, 1.0)


def test_ranks_that_overlap_are_a_tie_and_clear_ones_are_not() -> None:
    order = ranked([spoken_by(1, 300, 1000), spoken_by(2, 290, 1000), spoken_by(3, 20, 1000)])
    assert [(one.theme_id, one.first, one.last) for one in order] == [(1, 1, 2), (2, 1, 2), (3, 3, 3)]
    assert [one.tied for one in order] == [True, True, False]


def test_the_third_place_is_tied_only_where_the_fourth_reaches_it() -> None:
    clear = [spoken_by(n, many, 1000) for n, many in enumerate((400, 300, 200, 20))]
    close = [spoken_by(n, many, 1000) for n, many in enumerate((400, 300, 200, 190))]
    assert not third_is_tied(ranked(clear))
    assert third_is_tied(ranked(close))
    assert not third_is_tied(ranked(close[:3]))


@given(some.lists(some.integers(0, 60), min_size=1, max_size=8))
def test_every_rank_holds_its_own_place(parts: list[int]) -> None:
    order = ranked(spoken_by(number, part, 60) for number, part in enumerate(parts))
    for place, one in enumerate(order, 1):
        assert one.first <= place <= one.last
        assert 0 <= one.customers.low <= one.customers.value <= one.customers.high + 1e-12
