"""A format on trial is called better only when that is more than chance, place by place."""

from __future__ import annotations

import math
from itertools import product

import pytest

from stories.nps.counts import critical
from stories.series.episodes import AT_FIRST, Format, Shape
from stories.series.liking import Heard
from stories.series.trying import Answer, verdict

COLD = Shape(format=Format.COLD_OPEN)


def heard(place: str, took_part: int, *, trial: bool = False, readers: int = 40, episode: int = 1) -> Heard:
    return Heard(
        episode_id=episode,
        place=place,
        shape=COLD if trial else AT_FIRST,
        trial=trial,
        readers=readers,
        took_part=took_part,
    )


def both(tried: list[int], usual: list[int]) -> list[Heard]:
    return [
        *(heard(f"T{at}", number, trial=True) for at, number in enumerate(tried)),
        *(heard(f"U{at}", number) for at, number in enumerate(usual)),
    ]


def test_nothing_is_said_before_a_trial_and_too_little_after_a_small_one() -> None:
    assert verdict([heard("C1", 3)]) is None
    few = verdict(both([30, 30], [2, 2, 2]))
    assert few is not None
    assert (few.answer, few.low, few.high) == (Answer.TOO_FEW, None, None)
    ways = product((True, False), range(5))
    small = verdict([heard(f"{trial}{at}", 1, trial=trial, readers=4) for trial, at in ways])
    assert small is not None
    assert small.answer is Answer.TOO_FEW


def test_a_clear_difference_is_called_so_with_its_interval() -> None:
    found = verdict(both([20, 22, 19, 21], [4, 5, 3, 6]))
    assert found is not None
    assert found.answer is Answer.BETTER
    assert found.low is not None
    assert found.high is not None
    assert 0 < found.low < found.difference < found.high
    assert found.difference == pytest.approx(82 / 160 - 18 / 160)
    worse = verdict(both([4, 5, 3, 6], [20, 22, 19, 21]))
    assert worse is not None
    assert worse.answer is Answer.WORSE


def test_places_that_differ_among_themselves_make_it_undecided() -> None:
    found = verdict(both([38, 2, 35, 1], [8, 10, 9, 11]))
    assert found is not None
    assert found.difference > 0.2
    assert found.answer is Answer.UNDECIDED


def test_only_episodes_that_were_told_both_ways_are_compared() -> None:
    dull = [heard(f"U{at}", 0, episode=2) for at in range(4)]
    assert verdict([*both([8, 8, 9, 7], [8, 8, 7, 9]), *dull]) == verdict(both([8, 8, 9, 7], [8, 8, 7, 9]))


def test_with_the_same_share_in_every_place_the_error_is_the_adjusted_binomial_one() -> None:
    found = verdict(both([10] * 4, [10] * 4))
    assert found is not None
    share = 41 / 162
    error = math.sqrt(2 * share * (1 - share) / 162)
    # Student's t with 6 degrees of freedom is 2.447 at 95 %.
    assert found.high == pytest.approx(2.447 * error, rel=2e-3)
    assert critical(0.95) == pytest.approx(1.96, abs=0.01)
