"""What goes together with NPS."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.nps.whitening import demeaned, whitened
from stories.nps.worth import Association, Finding, TooEarly, over_segments, over_time

LONG = 60


def noise(n: int, seed: int) -> list[float]:
    chance = random.Random(seed)
    return [chance.gauss(0, 1) for _ in range(n)]


def following(series: list[float], lag: int, share: float, seed: int) -> list[float]:
    """A figure that follows the series after `lag` periods, 50 a point, beside noise."""
    others = noise(len(series), seed)
    return [
        1000 + 50 * ((series[at - lag] if at >= lag else 0) * share + others[at] * (1 - share))
        for at in range(len(series))
    ]


def answered(found: Association | TooEarly) -> Association:
    assert isinstance(found, Association)
    return found


def test_a_figure_that_follows_two_months_later_is_found_with_its_lag() -> None:
    scores = noise(LONG, 1)
    found = answered(over_time(scores, following(scores, 2, 0.7, 2), seed=3))
    assert (found.finding, found.lag, found.segments) == (Finding.TOGETHER, 2, None)
    assert found.low < found.r < found.high
    assert found.slope == pytest.approx(35, rel=0.3)
    assert found.is_exploratory


def test_two_trends_alone_do_not_go_together() -> None:
    rising = [at + value for at, value in enumerate(noise(LONG, 4))]
    also = [3 * at + value for at, value in enumerate(noise(LONG, 5))]
    assert over_time(rising, also, seed=6).finding is Finding.NOT_SEEN


def test_too_few_months_say_how_many_more() -> None:
    found = over_time([1.0] * 20 + [None] * 2, [2.0] * 22, seed=1)
    assert isinstance(found, TooEarly)
    assert (found.finding, found.more) == (Finding.TOO_EARLY, 4)
    panel = over_segments({"a": [1.0] * 6}, {"a": [1.0] * 6}, seed=1)
    assert isinstance(panel, TooEarly)
    assert panel.more >= 1


def test_the_same_seed_gives_the_same_answer() -> None:
    scores, figures = noise(LONG, 7), noise(LONG, 8)
    assert over_time(scores, figures, seed=9) == over_time(scores, figures, seed=9)


def test_gaps_are_left_out() -> None:
    scores: list[float | None] = list(noise(LONG, 10))
    figures: list[float | None] = list(following(noise(LONG, 10), 1, 0.8, 11))
    scores[7] = figures[30] = None
    assert answered(over_time(scores, figures, seed=12)).lag == 1


def test_a_figure_that_never_changes_goes_with_nothing() -> None:
    assert over_time(noise(LONG, 13), [5.0] * LONG, seed=1).finding is Finding.NOT_SEEN


def panel(segments: int, periods: int, lag: int, share: float) -> tuple[dict[str, list[float]], ...]:
    scores = {f"s{at}": noise(periods, at) for at in range(segments)}
    figures = {
        name: [100.0 * at + value for value in following(series, lag, share, 1000 + at)]
        for at, (name, series) in enumerate(scores.items())
    }
    return scores, figures


def test_segments_together_show_what_each_alone_cannot() -> None:
    found = answered(over_segments(*panel(25, 12, 1, 0.5), seed=1))
    assert (found.finding, found.lag, found.segments) == (Finding.TOGETHER, 1, 25)
    assert not found.is_exploratory


def test_below_twenty_segments_it_is_exploratory() -> None:
    assert answered(over_segments(*panel(12, 12, 1, 0.5), seed=1)).is_exploratory


def test_large_segments_that_are_also_happy_are_no_link_within() -> None:
    """Between segments everything goes together; within one nothing does."""
    scores = {f"s{at}": [50.0 * at + value for value in noise(12, at)] for at in range(25)}
    figures = {f"s{at}": [900.0 * at + value for value in noise(12, 500 + at)] for at in range(25)}
    assert over_segments(scores, figures, seed=1).finding is Finding.NOT_SEEN


def test_series_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be set beside"):
        over_time([1.0], [1.0, 2.0], seed=1)
    with pytest.raises(ValueError, match="same periods"):
        over_segments({"a": [1.0], "b": [1.0]}, {"a": [1.0], "b": [1.0, 2.0]}, seed=1)


gappy = st.lists(st.none() | st.floats(-1e6, 1e6), min_size=24, max_size=30)


@settings(max_examples=25, deadline=None)
@given(gappy, st.randoms(use_true_random=False))
def test_any_series_get_an_answer(series: list[float | None], chance: random.Random) -> None:
    other = chance.sample(series, len(series))
    found = over_time(series, other, seed=1)
    if isinstance(found, Association):
        assert -1 <= found.low <= found.high <= 1
        assert 0 < found.p_value <= 1


def test_whitening_leaves_nothing_of_a_straight_line() -> None:
    assert whitened([2.0 * at for at in range(10)]) == pytest.approx([0.0] * 10)


def test_demeaning_leaves_nothing_of_rows_and_columns() -> None:
    table: list[list[float | None]] = [[10.0 * row + column**2 for column in range(5)] for row in range(4)]
    table[1][2] = None
    for row in demeaned(table):
        assert row == pytest.approx([0.0] * 5, abs=1e-6)
