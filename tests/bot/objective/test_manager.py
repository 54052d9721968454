"""What a manager learns of objectives: how many there are, where at least five are meant. Never whose."""

from __future__ import annotations

import pytest

from bot.desk import Desk
from bot.messages.parts import part_page
from storage import objectives
from tests.blockkit import assert_valid
from tests.bot.objective.conftest import HEARING, set_out
from tests.conftest import NOW, WORKSPACE


@pytest.mark.parametrize(
    ("people", "with_one", "told"),
    [(4, 4, ("", "")), (5, 4, ("Together: 10", "")), (6, 5, ("Together: 15", "5 of them have"))],
)
def test_only_where_five_are_meant(people: int, with_one: int, told: tuple[str, str]) -> None:
    page = part_page([(f"Name {n}", n) for n in range(people)], command="/x", objectives=with_one)
    assert_valid(page, "message")
    assert [words for words in ("Together: 10", "Together: 15", "5 of them have") if words in str(page)] == [
        words for words in told if words
    ]


async def test_an_objective_counts_once_a_head_and_in_its_period_alone(desk: Desk) -> None:
    for user in ("U1", "U1", "U2"):
        await set_out(desk, user)
    async with desk.read() as session:
        days = (NOW.date(), HEARING.first.replace(month=9))
        counts = [await objectives.how_many_of(session, WORKSPACE, ["U1", "U2", "U3"], day) for day in days]
        assert counts == [2, 0]
        assert await objectives.how_many_of(session, WORKSPACE, [], NOW.date()) == 0
