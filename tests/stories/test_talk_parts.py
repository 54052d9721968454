"""Numbers of conversations, and that nobody is found by them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stories.talk_parts import FEWEST_COLLEAGUES, Part, counted


def part(name: str, talks: int, colleagues: int) -> Part:
    return Part(name=name, talks=talks, colleagues=colleagues)


def test_parts_are_told_by_the_alphabet_and_small_ones_together() -> None:
    found = counted([part("Sales", 30, 12), part("Legal", 2, 1), part("Design", 6, 5), part("", 9, 6)])
    assert found is not None
    assert [one.name for one in found.parts] == ["Design", "Sales"]
    assert found.others == 11
    assert found.talks == 47


def test_a_small_part_is_not_found_by_subtraction() -> None:
    found = counted([part("Sales", 30, 12), part("Legal", 2, 1), part("Design", 6, 5)])
    assert found is not None
    assert [one.name for one in found.parts] == ["Sales"]
    assert found.others == 8, "the smallest of the others goes with it"
    assert counted([part("Legal", 2, 1)]) is None
    assert counted([]) is None


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "A", "B", "C", "D"]), st.integers(0, 40)), unique_by=lambda one: one[0]
    )
)
def test_whatever_is_told_is_about_enough_colleagues(drawn: list[tuple[str, int]]) -> None:
    parts = [part(name, people + 1 if people else 0, people) for name, people in drawn]
    found = counted(parts)
    if found is None:
        return
    assert all(one.colleagues >= FEWEST_COLLEAGUES and one.name for one in found.parts)
    shown = {one.name for one in found.parts}
    left = sum(one.colleagues for one in parts if one.name not in shown)
    assert left == 0 or left >= FEWEST_COLLEAGUES
    assert found.talks == sum(one.talks for one in parts)
