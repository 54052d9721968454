"""Who meets whom: hard rules are never broken, turns and rhythms are kept, and a seed gives one rota."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.rota import solving
from stories.rota.figures import spread
from stories.rota.hours import Party, is_working, shared_slots
from stories.rota.matching import Situation, match
from stories.rota.pairs import paired
from stories.rota.people import Contact, Employee, Seniority, in_common, is_due, is_rested
from stories.rota.turns import turns

TODAY = date(2026, 11, 16)
LONDON, BERLIN = Party("Europe/London", "GB"), Party("Europe/Berlin", "DE")
SYDNEY, PACIFIC = Party("Australia/Sydney", "AU"), Party("America/Los_Angeles", "US")
PLACES = (LONDON, BERLIN, SYDNEY, PACIFIC, Party("Asia/Tokyo", "JP"))
NOW = Situation(today=TODAY)


def ana(**more: object) -> Employee:
    return replace(Employee(user_id="UANA", party=LONDON), **more)  # type: ignore[arg-type]  # by name


def customer(number: int, **more: object) -> Contact:
    return replace(Contact(customer_id=number, party=LONDON), **more)  # type: ignore[arg-type]  # by name


@st.composite
def companies(draw: st.DrawFn) -> tuple[list[Employee], list[Contact]]:
    chance = random.Random(draw(st.integers(0, 10_000)))
    languages = [frozenset({"en"}), frozenset({"de"}), frozenset({"en", "ja"})]
    ours = [
        Employee(
            user_id=f"U{i}",
            party=chance.choice(PLACES),
            languages=chance.choice(languages),
            talks=chance.choice([0, 5]),
            pairs=chance.random() < 0.4,
            seniority=chance.choice(list(Seniority)),
        )
        for i in range(draw(st.integers(0, 12)))
    ]
    theirs = [
        customer(i, party=chance.choice(PLACES), languages=chance.choice(languages), segment=f"s{i % 3}")
        for i in range(draw(st.integers(0, 15)))
    ]
    return ours, theirs


@given(companies(), st.integers(0, 99))
def test_no_hard_rule_is_ever_broken_and_the_same_seed_gives_the_same_rota(
    company: tuple[list[Employee], list[Contact]], seed: int
) -> None:
    ours, theirs = company
    found = match(ours, theirs, NOW, seed=seed)
    people, contacts = {one.user_id: one for one in ours}, {one.customer_id: one for one in theirs}
    asked = [who for one in found for who in (one.user_id, one.partner_id) if who]
    assert len(asked) == len(set(asked)), "nobody twice"
    assert len({one.customer_id for one in found}) == len(found), "never two colleagues at one customer"
    for one in found:
        side = [people[who] for who in (one.user_id, one.partner_id) if who]
        other = contacts[one.customer_id]
        assert frozenset.intersection(*(each.languages for each in side)) & other.languages
        for party in (*(each.party for each in side), other.party):
            assert is_working(party, one.at)
            assert is_working(party, one.at + timedelta(minutes=29))
    backwards = match(list(reversed(ours)), list(reversed(theirs)), NOW, seed=seed)
    assert backwards == found, "whatever order they come in"


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(1, 50)), max_size=16),
    st.integers(1, 5),
)
def test_the_matching_is_the_cheapest_there_is(edges: list[tuple[int, int, int]], rows: int) -> None:
    pytest.importorskip("lap", reason="the extra `rota` is not installed")
    graph = {(row, column): cost for row, column, cost in edges if row < rows}
    given_edges = [(row, column, cost) for (row, column), cost in sorted(graph.items())]
    left_out = [40 + row for row in range(rows)]

    def cost_of(found: list[tuple[int, int]]) -> int:
        matched = {row for row, _ in found}
        return sum(graph[pair] for pair in found) + sum(
            cost for row, cost in enumerate(left_out) if row not in matched
        )

    least = (
        min(
            cost_of([(row, column) for row, column in enumerate(way[:rows]) if (row, column) in graph])
            for way in permutations(range(5 + rows), rows)
        )
        if rows < 4
        else None
    )
    found = solving.exact(given_edges, left_out)
    assert len({column for _, column in found}) == len(found)
    assert least is None or cost_of(found) <= least
    assert cost_of(found) <= cost_of(solving.greedy(given_edges, left_out))


def test_whoever_waited_longest_is_matched_when_customers_are_few() -> None:
    ours = [ana(user_id=f"U{i}", last_on=TODAY - timedelta(days=50 + 40 * (i == 3))) for i in range(6)]
    (found,) = match(ours, [customer(1)], NOW, seed=1)
    assert found.user_id == "U3"


def test_long_unheard_segments_come_first_and_each_has_a_turn_before_one_has_many() -> None:
    contacts = [customer(i, segment="shops" if i < 6 else "clinics") for i in range(9)]
    heard = {"shops": TODAY - timedelta(weeks=3), "clinics": TODAY - timedelta(weeks=30)}
    order = [one.segment for one in turns(contacts, heard=heard, wanted=(), today=TODAY, seed=1)]
    assert order == ["clinics"] * 3 + ["shops"] * 6
    alike = [one.segment for one in turns(contacts, heard={}, wanted=(), today=TODAY, seed=1)]
    assert set(alike[:2]) == {"shops", "clinics"}
    asked = turns(contacts, heard=dict.fromkeys(heard, TODAY), wanted={"shops"}, today=TODAY, seed=1)
    assert [one.segment for one in asked[:6]].count("shops") >= 5, "a question is open about shops"


def test_of_a_segment_whoever_was_heard_longest_ago_comes_first() -> None:
    contacts = [customer(i, last_on=TODAY - timedelta(days=100 * i)) for i in range(4)]
    order = turns([*contacts, customer(9)], heard={}, wanted=(), today=TODAY, seed=1)
    assert [one.customer_id for one in order] == [9, 3, 2, 1, 0]


def test_the_mix_of_seniorities_and_the_part_of_the_business_tip_the_scales() -> None:
    boss = ana(user_id="UBOSS", seniority=Seniority.LEADERSHIP, part="sales")
    maker = ana(user_id="UMAKE", part="build")
    heard_by = {("shops", Seniority.HANDS_ON): 20}
    mixed = replace(NOW, voices=heard_by)
    first = customer(1, segment="shops")
    found = match([boss, maker], [first], mixed, seed=1)
    assert [one.user_id for one in found] == ["UBOSS"], "the CEO has not heard them yet"
    of_part = match([boss, maker], [replace(first, part="build")], NOW, seed=1)
    assert [one.user_id for one in of_part] == ["UMAKE"]


def test_nobody_meets_a_customer_they_said_no_to_and_their_own_account_comes_last() -> None:
    assert match([ana()], [customer(1, not_for=frozenset({"UANA"}))], NOW, seed=1) == ()
    own, other = customer(1, owner_id="UANA"), customer(2)
    assert [one.customer_id for one in match([ana()], [own, other], NOW, seed=1)] == [2]


def test_an_old_hand_takes_a_newcomer_along_when_both_would_like_that() -> None:
    old = ana(user_id="UOLD", talks=5, pairs=True, part="sales")
    new = ana(user_id="UNEW", pairs=True, part="build")
    alone = ana(user_id="UALONE", talks=9)
    (found,) = match([old, new], [customer(1)], NOW, seed=3)
    assert (found.user_id, found.partner_id) == ("UOLD", "UNEW")
    assert [one.partner for one in paired([alone, new], 3)] == [None, None], "nobody asked that one"
    far = replace(new, party=SYDNEY)
    assert all(one.partner is None for one in paired([old, far], 3))


def test_rhythms_rests_and_what_people_said_are_kept() -> None:
    six_weeks_ago = TODAY - timedelta(weeks=6)
    assert is_due(ana(last_on=six_weeks_ago), TODAY)
    assert not is_due(ana(last_on=six_weeks_ago, every_weeks=8), TODAY)
    assert not is_due(ana(not_before=TODAY + timedelta(days=1)), TODAY)
    assert is_due(ana(), TODAY)
    assert is_rested(customer(1), TODAY)
    assert not is_rested(customer(1, last_on=TODAY - timedelta(weeks=11)), TODAY)


def test_holidays_and_far_zones_leave_only_hours_that_both_work() -> None:
    over_christmas = shared_slots((LONDON, BERLIN), date(2026, 12, 18))
    days = {moment.date() for moment in over_christmas}
    assert days
    assert not days & {date(2026, 12, 25), date(2026, 12, 26), date(2026, 12, 28), date(2027, 1, 1)}
    assert {moment.hour for moment in shared_slots((LONDON, BERLIN), TODAY)} <= set(range(9, 16))
    assert shared_slots((LONDON, SYDNEY), TODAY) == ()
    east_west = shared_slots((SYDNEY, PACIFIC), TODAY)
    assert east_west
    assert all(is_working(SYDNEY, one) and is_working(PACIFIC, one) for one in east_west)
    assert is_working(LONDON, datetime(2026, 11, 16, 9, tzinfo=UTC))
    assert not is_working(LONDON, datetime(2026, 11, 15, 9, tzinfo=UTC))


def test_the_spread_of_conversations_is_told_in_figures() -> None:
    assert spread([2, 2, 2]).gini == 0
    assert spread([0, 0, 0, 4]).gini == pytest.approx(0.75)
    assert (spread([1, 3]).least, spread([1, 3]).mean, spread([1, 3]).most) == (1, 2, 3)
    with pytest.raises(ValueError, match="nobody"):
        spread([])


def test_a_customer_is_written_to_in_a_language_of_theirs_that_we_speak() -> None:
    assert in_common(("cy", "de", "en"), ("en", "de")) == "de"
    assert in_common(("ja",), ("en",)) == in_common((), ()) == "en"
