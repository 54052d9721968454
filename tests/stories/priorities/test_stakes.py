"""What a theme is worth: points by share and gap, a figure by its slope, each with its error; or nothing."""

from __future__ import annotations

import random
from dataclasses import replace
from statistics import NormalDist, fmean, stdev

import pytest

from stories.nps.counts import Counts
from stories.nps.worth import Association
from stories.priorities.evidence import Candidate, Voice, candidate
from stories.priorities.stakes import Estimated, a_point, at_stake, points_lost

LINK = Association(
    lag=1, r=0.8, low=0.6, high=0.9, p_value=0.001, slope=100.0, by_lag=(0.8,), periods=40, segments=None
)
NONE = replace(LINK, p_value=0.4)


def spoken(*scores: int | None, everybody: int = 400) -> Candidate:
    return candidate(1, "Paper", [Voice(speaker=n, score=s) for n, s in enumerate(scores)], everybody, 3)


ALL = Counts(promoters=200, passives=100, detractors=100)


def test_points_are_the_share_times_how_far_the_score_lies_below() -> None:
    lost = points_lost(spoken(*[2] * 60, *[9] * 20), ALL)
    assert lost is not None
    # 80 of 400 speak of it: theirs is -50, the other 320 stand at +44 (180 promoters, 40 detractors).
    assert lost.value == pytest.approx(0.2 * (43.75 + 50), rel=0.05)
    assert lost.told_from_none
    praise = points_lost(spoken(*[10] * 80), ALL)
    assert praise is not None
    assert praise.high < 0


def test_of_few_scores_and_of_no_link_nothing_is_said() -> None:
    assert points_lost(spoken(1, 1, 1, 1), ALL) is None
    assert points_lost(spoken(*[1] * 9), Counts(detractors=9)) is None, "nobody else gave a score"
    assert at_stake(spoken(*[1] * 60), ALL, NONE) is None
    assert a_point(replace(LINK, r=0.0)) is None


def test_a_worth_is_points_times_what_goes_with_one() -> None:
    found, lost = at_stake(spoken(*[1] * 60), ALL, LINK), points_lost(spoken(*[1] * 60), ALL)
    assert found is not None
    assert lost is not None
    assert found.value == pytest.approx(100 * lost.value)
    assert found.error / found.value > lost.error / lost.value, "both errors count"
    fewer = at_stake(spoken(*[1] * 60), ALL, replace(LINK, slope=-100.0))
    assert fewer is not None
    assert fewer.value == pytest.approx(-found.value)
    assert fewer.error == pytest.approx(found.error)


def test_the_error_of_a_product_is_what_chance_makes_of_it() -> None:
    chance = random.Random(7)
    one, two = Estimated(value=3.0, error=1.0), Estimated(value=-20.0, error=8.0)
    drawn = [chance.gauss(3.0, 1.0) * chance.gauss(-20.0, 8.0) for _ in range(20_000)]
    assert (one * two).value == pytest.approx(fmean(drawn), rel=0.03)
    assert (one * two).error == pytest.approx(stdev(drawn), rel=0.03)
    assert one.high - one.low == pytest.approx(2 * NormalDist().inv_cdf(0.975))
