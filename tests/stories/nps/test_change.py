from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.nps.change import Change, Verdict, compare, needed
from stories.nps.counts import Counts, Shares

numbers = st.integers(0, 2000) | st.integers(10**15, 10**18)
counts = st.builds(Counts, promoters=numbers, passives=numbers, detractors=numbers)
some = counts.filter(lambda found: found.n > 0)


def change(before: Counts, after: Counts, level: float = 0.95) -> Change:
    found = compare(before, after, level)
    assert found is not None
    return found


def test_a_period_without_answers_is_compared_with_nothing() -> None:
    assert compare(Counts(), Counts(promoters=3)) is None
    assert compare(Counts(promoters=3), Counts()) is None


def test_twenty_points_on_a_hundred_answers_each_are_noise() -> None:
    found = change(
        Counts(promoters=40, passives=35, detractors=25), Counts(promoters=50, passives=35, detractors=15)
    )
    assert found.difference == pytest.approx(20)
    assert found.p_value == pytest.approx(0.06665464648381657, abs=1e-9)
    assert found.verdict is Verdict.NOISE


def test_the_same_on_a_thousand_each_is_a_rise() -> None:
    before = Counts(promoters=400, passives=350, detractors=250)
    after = Counts(promoters=500, passives=350, detractors=150)
    assert change(before, after).verdict is Verdict.UP
    assert change(after, before).verdict is Verdict.DOWN


def test_with_ten_answers_each_nothing_can_be_said() -> None:
    before = Counts(promoters=4, passives=3, detractors=3)
    assert change(before, Counts(promoters=7, passives=2, detractors=1)).verdict is Verdict.TOO_FEW


@given(some, some)
def test_there_and_back_is_the_same_change_turned_around(before: Counts, after: Counts) -> None:
    there, back = change(before, after), change(after, before)
    assert back.adjusted == -there.adjusted
    assert (back.low, back.high) == (-there.high, -there.low)
    assert (back.p_value, back.real) == (there.p_value, there.real)


@given(some, some)
def test_a_change_is_real_exactly_when_its_interval_leaves_out_0(before: Counts, after: Counts) -> None:
    found = change(before, after)
    assert found.real is not (found.low <= 0 <= found.high)
    assert -200 <= found.low <= found.adjusted <= found.high <= 200
    assert 0 <= found.p_value <= 1


@given(some)
def test_nothing_changes_between_a_sample_and_itself(found: Counts) -> None:
    assert change(found, found).p_value == 1
    assert not change(found, found).real


def test_the_answers_needed_are_those_that_are_published() -> None:
    assert [needed(points) for points in (5, 10, 20, 30)] == [3941, 986, 247, 110]
    assert needed(-10) == needed(10)


def test_a_mix_with_more_spread_needs_more_answers() -> None:
    torn = Shares(promoters=0.5, passives=0, detractors=0.5)
    assert needed(10, torn) > needed(10)
    assert needed(10, power=0.9) > needed(10)


def test_no_number_of_answers_shows_a_move_of_nothing() -> None:
    with pytest.raises(ValueError, match="0 points"):
        needed(0)
