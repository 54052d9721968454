"""What moves among customers of one kind is told of enough people alone, and not of chance."""

from __future__ import annotations

from datetime import date

import pytest

from stories.series.trends import Spoke, moving

DAY = date(2026, 3, 30)


def found(before: int, after: int, everybody: tuple[int, int] = (40, 40), fewest: int = 5) -> list[str]:
    trends = moving(
        {"Exports": Spoke(before=before, after=after)},
        Spoke(before=everybody[0], after=everybody[1]),
        segment="Bakeries",
        day=DAY,
        fewest=fewest,
    )
    return [one.theme for one in trends]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (5, 20, True),
        (20, 5, True),
        (0, 9, True),
        (8, 0, True),
        (4, 20, False),
        (20, 4, False),
        (12, 15, False),
    ],
)
def test_groups_and_differences_have_to_be_large_enough(before: int, after: int, told: bool) -> None:
    assert bool(found(before, after)) is told


def test_those_who_do_not_speak_of_it_are_nobody_or_enough_too() -> None:
    assert found(5, 20, everybody=(5, 20)) == ["Exports"]
    assert found(5, 20, everybody=(8, 40)) == []
    assert found(5, 20, everybody=(40, 23)) == []


def test_the_workspaces_own_smallest_group_counts() -> None:
    assert found(5, 20, fewest=6) == []


def test_what_moved_most_comes_first_and_says_on_how_many_it_rests() -> None:
    trends = moving(
        {"Exports": Spoke(before=5, after=20), "Ovens": Spoke(before=30, after=6)},
        Spoke(before=60, after=60),
        segment="Bakeries",
        day=DAY,
    )
    assert [(one.theme, one.people) for one in trends] == [("Ovens", 6), ("Exports", 5)]
