from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.nps.counts import (
    Band,
    Counts,
    band_of,
    counted,
    interval,
    margin,
    score,
    shares,
    whole_score,
)

numbers = st.integers(0, 10**6) | st.integers(0, 8) | st.integers(10**15, 10**18)
counts = st.builds(Counts, promoters=numbers, passives=numbers, detractors=numbers)
some = counts.filter(lambda found: found.n > 0)


def sure(value: float | None) -> float:
    assert value is not None
    return value


def test_every_answer_has_its_band() -> None:
    assert [band_of(answer) for answer in range(11)] == (
        [Band.DETRACTOR] * 7 + [Band.PASSIVE] * 2 + [Band.PROMOTER] * 2
    )


@pytest.mark.parametrize("answer", [11, -1, 8.5, "ten", "9", None, True, math.nan, math.inf, [9]])
def test_what_is_no_whole_number_from_0_to_10_is_no_answer(answer: object) -> None:
    assert whole_score(answer) is None
    assert counted([answer, 10, 3]) == Counts(promoters=1, detractors=1)
    with pytest.raises(ValueError, match="whole number from 0 to 10"):
        band_of(answer)  # type: ignore[arg-type]  # what is refused has any type


def test_a_whole_number_written_with_a_point_is_taken() -> None:
    assert whole_score(9.0) == 9


def test_no_answers_make_no_score_and_never_0() -> None:
    assert score(Counts()) is None
    assert interval(Counts()) is None
    assert margin(Counts()) is None
    assert shares(Counts()) is None


def test_a_number_below_0_is_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        Counts(promoters=-1)


def test_five_promoters_are_not_certainty() -> None:
    found = interval(Counts(promoters=5))
    assert found is not None
    assert found.high == 100
    assert found.low == pytest.approx(17.491453034169, abs=1e-9)


def test_one_answer_says_next_to_nothing() -> None:
    found = interval(Counts(promoters=1))
    assert found is not None
    assert (round(found.low, 1), round(found.high, 1)) == (-48.5, 98.5)


@given(some)
def test_score_and_interval_stay_within_a_hundred(found: Counts) -> None:
    between = interval(found)
    assert between is not None
    assert -100 <= sure(score(found)) <= 100
    assert -100 <= between.low <= between.high <= 100


@given(some)
def test_promoters_and_detractors_swapped_turn_everything_around(found: Counts) -> None:
    turned = Counts(promoters=found.detractors, passives=found.passives, detractors=found.promoters)
    one, other = interval(found), interval(turned)
    assert one is not None
    assert other is not None
    assert score(turned) == -sure(score(found))
    assert (other.low, other.high) == (-one.high, -one.low)


@given(some)
def test_one_more_promoter_never_lowers_the_score(found: Counts) -> None:
    assert sure(score(found + Counts(promoters=1))) >= sure(score(found))


@given(st.lists(st.integers(0, 10), max_size=30))
def test_only_the_counts_matter_not_the_order(answers: list[int]) -> None:
    assert counted(answers) == counted(sorted(answers))
    assert counted(answers).n == len(answers)


@given(some)
def test_the_shares_make_up_the_whole_and_the_score(found: Counts) -> None:
    parts = shares(found)
    assert parts is not None
    assert parts.promoters + parts.passives + parts.detractors == pytest.approx(1)
    assert 100 * (parts.promoters - parts.detractors) == pytest.approx(sure(score(found)), abs=1e-9)


@given(some)
def test_ten_times_the_answers_narrow_the_interval(found: Counts) -> None:
    tenfold = Counts(
        promoters=10 * found.promoters, passives=10 * found.passives, detractors=10 * found.detractors
    )
    assert sure(margin(tenfold)) < sure(margin(found))


@given(some)
def test_a_higher_level_is_a_wider_interval(found: Counts) -> None:
    assert sure(margin(found, 0.99)) > sure(margin(found, 0.95)) > sure(margin(found, 0.9))
