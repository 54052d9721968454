"""The alarm and its way into the channel."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stories.drift.speaking import REST, Answer, Audience, Listening, answered, audience, heard
from stories.drift.watch import CALIBRATION, LIMIT, Watch, deviation, seen, settled

MONDAY = date(2027, 1, 4)
USUAL, ELSEWHERE = 6.5, 1.0


def calibrated() -> Watch:
    watch = Watch()
    for _ in range(CALIBRATION):
        watch = seen(watch, USUAL)
    return watch


def test_nothing_is_said_before_what_is_usual_is_known() -> None:
    watch = Watch()
    for _ in range(CALIBRATION - 1):
        watch = seen(watch, -50.0)
        assert not watch.calibrated
        assert not watch.alarmed
    assert calibrated().usual == USUAL


def test_a_swerve_raises_the_alarm_and_one_odd_hour_does_not() -> None:
    watch = seen(calibrated(), -50.0)
    assert not watch.alarmed
    for _ in range(3):
        watch = seen(watch, USUAL)
    assert watch.total == 0.0
    for _ in range(12):
        watch = seen(watch, ELSEWHERE)
    assert watch.alarmed


def test_deviations_are_in_shares_of_what_is_usual() -> None:
    assert deviation(USUAL, USUAL) == 0.0
    assert deviation(20.0, 10.0) < 2 * deviation(10.0, 5.0)
    assert deviation(-3.0, -4.0) > 0


@given(st.lists(st.floats(-100, 100), max_size=60))
def test_the_sum_never_falls_below_nothing(scores: list[float]) -> None:
    watch = Watch()
    for score in scores:
        watch = seen(watch, score)
        assert watch.total >= 0
        assert len(watch.scores) < CALIBRATION


def alarmed() -> Listening:
    return Listening(watch=Watch(usual=USUAL, total=LIMIT + 2))


def test_an_alarm_of_one_day_is_not_told() -> None:
    listening, told = heard(alarmed(), ELSEWHERE, MONDAY)
    assert told is None
    for _ in range(20):
        listening, told = heard(listening, USUAL, MONDAY)
        assert told is None
    assert listening.alarmed_on is None


def test_an_alarm_that_stands_into_the_next_day_is_told_once_and_to_the_owner_first() -> None:
    listening, _ = heard(alarmed(), ELSEWHERE, MONDAY)
    listening, told = heard(listening, ELSEWHERE, MONDAY + timedelta(days=1))
    assert told is Audience.OWNER
    for day in range(2, REST.days):
        listening, told = heard(listening, ELSEWHERE, MONDAY + timedelta(days=day))
        assert told is None
    told_again = [heard(listening, ELSEWHERE, MONDAY + REST + timedelta(days=day))[1] for day in (1, 2)]
    assert told_again[0] is not None


def test_the_channel_hears_once_two_of_three_were_right() -> None:
    good, wrong = Answer.GOOD_POINT, Answer.WRONG
    assert audience(()) is Audience.OWNER
    assert audience((good,)) is Audience.OWNER
    assert audience((good, wrong)) is Audience.OWNER
    assert audience((good, wrong, Answer.ON_PURPOSE)) is Audience.CHANNEL
    assert audience((good, good)) is Audience.OWNER, "the first three are the owner's"
    assert audience((good, good, wrong, wrong)) is Audience.OWNER


def test_answers_change_how_easily_the_avatar_speaks_again() -> None:
    wrong = answered(alarmed(), Answer.WRONG, MONDAY)
    assert wrong.watch.allowance > 1
    assert wrong.watch == settled(wrong.watch)
    good = answered(alarmed(), Answer.GOOD_POINT, MONDAY)
    assert good.watch.allowance < 1
    assert good.silent_until == MONDAY + REST
    new_course = answered(alarmed(), Answer.ON_PURPOSE, MONDAY)
    assert not new_course.watch.calibrated
