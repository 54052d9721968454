"""The weekly watch."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stories.nps.change import Change, compare
from stories.nps.counts import Counts
from stories.nps.watch import (
    HISTORY,
    LENIENT,
    NORMAL,
    SILENCE,
    STRICT,
    Direction,
    Movement,
    blip_due,
    discoveries,
    movements,
    total,
    was_blip,
)

SUNDAY = date(2026, 11, 15)
WEEK = timedelta(weeks=1)
GOOD = Counts(promoters=40, passives=35, detractors=25)
BAD = Counts(promoters=25, passives=35, detractors=40)


def weeks(before: Counts, after: Counts, how_many: int = 5) -> list[Counts]:
    return [before] * (HISTORY - how_many) + [after] * how_many


def test_a_clear_drop_is_told_with_before_and_after() -> None:
    (found,) = movements({"emea": weeks(GOOD, BAD), "apac": weeks(GOOD, GOOD)}, SUNDAY)
    assert (found.segment, found.direction, found.week_end) == ("emea", Direction.DOWN, SUNDAY)
    assert found.change.after == total([BAD] * 4)
    assert found.change.before == total([GOOD] * 12 + [BAD])


def test_a_rise_is_told_too() -> None:
    (found,) = movements({"emea": weeks(BAD, GOOD)}, SUNDAY)
    assert found.direction is Direction.UP


def test_one_look_alone_is_not_enough() -> None:
    sudden = Counts(promoters=0, passives=0, detractors=100)
    assert movements({"emea": weeks(GOOD, sudden, how_many=1)}, SUNDAY) == []
    assert movements({"emea": weeks(GOOD, sudden, how_many=2)}, SUNDAY) != []


def test_two_looks_in_opposite_directions_are_none() -> None:
    swing = [GOOD] * (HISTORY - 5) + [BAD, BAD, BAD, BAD, Counts(promoters=900, passives=0, detractors=0)]
    assert movements({"emea": swing}, SUNDAY) == []


def test_eight_weeks_of_silence_follow_a_post() -> None:
    weekly = {"emea": weeks(GOOD, BAD)}
    assert movements(weekly, SUNDAY, told={"emea": SUNDAY - 7 * WEEK}) == []
    assert movements(weekly, SUNDAY, told={"emea": SUNDAY - SILENCE}) != []


def test_a_short_history_a_small_group_and_no_answers_are_no_movement() -> None:
    few = Counts(promoters=1)
    assert movements({"new": weeks(GOOD, BAD)[1:]}, SUNDAY) == []
    assert movements({"small": weeks(Counts(detractors=9), few)}, SUNDAY, fewest=5) == []
    assert movements({"silent": weeks(Counts(), Counts())}, SUNDAY, fewest=0) == []


def test_the_surest_comes_first() -> None:
    weekly = {"a": weeks(GOOD, BAD, how_many=3), "b": weeks(GOOD, BAD)}
    assert [found.segment for found in movements(weekly, SUNDAY)] == ["b", "a"]


def test_the_stricter_setting_tells_no_more() -> None:
    drifting = {
        at: weeks(GOOD, Counts(promoters=40 - at, passives=35, detractors=25 + at)) for at in range(15)
    }
    told = [
        {found.segment for found in movements(drifting, SUNDAY, sensitivity=sensitivity)}
        for sensitivity in (STRICT, NORMAL, LENIENT)
    ]
    assert told[0] <= told[1] <= told[2]
    assert told[0] < told[2]


def test_discoveries_are_those_of_the_published_example() -> None:
    """Benjamini and Hochberg (1995), section 4.1: fifteen p-values, four discoveries at 5 %."""
    p_values = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459,
        0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
    ]  # fmt: skip
    assert discoveries(p_values, 0.05) == [0, 1, 2, 3]
    assert discoveries(p_values[::-1], 0.05) == [11, 12, 13, 14]
    assert discoveries([], 0.05) == []


@given(st.lists(st.floats(0, 1), max_size=30), st.floats(0.01, 0.5))
def test_nothing_less_sure_is_discovered_before_something_surer(p_values: list[float], rate: float) -> None:
    found = set(discoveries(p_values, rate))
    out = [p for at, p in enumerate(p_values) if at not in found]
    assert all(p_values[at] <= min(out, default=1.0) for at in found)


def change(before: Counts, after: Counts) -> Change:
    found = compare(before, after)
    assert found is not None
    return found


def test_a_movement_that_does_not_last_was_a_blip() -> None:
    moved = Movement(segment="emea", week_end=SUNDAY, change=change(total([GOOD] * 13), total([BAD] * 4)))
    assert was_blip(moved, total([GOOD] * 8))
    assert not was_blip(moved, total([BAD] * 8))
    assert not was_blip(moved, total([GOOD] * 4 + [BAD] * 4))
    assert not was_blip(moved, Counts())
    assert blip_due(moved) == SUNDAY + 8 * WEEK
