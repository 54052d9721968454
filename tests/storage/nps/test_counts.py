"""What answers come to is kept as they arrive, change and go, and asked for without looking at them."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import nps_answers, nps_counts, nps_deeper, nps_sources
from storage.nps_answers import Answer, Taken
from storage.nps_counts import Sources
from storage.nps_segments import MOST_PROPERTIES, MOST_VALUES
from stories.nps.counts import Band
from tests.conftest import NOW, WORKSPACE
from tests.storage.nps.conftest import START, Shop, answer, counts, span

YEAR = span(0, 364)


async def test_a_segment_a_pair_and_everybody(either_shop: Shop) -> None:
    taken = await either_shop.take(
        answer("1", 10, 0, plan="Firm", region="UK"),
        answer("2", 7, 1, plan="Firm", region="CA"),
        answer("3", 0, 8, plan="Solo", region="UK"),
        answer("4", 9, 30, plan="Solo"),
    )
    assert taken == Taken(new=4)
    async with either_shop.database.read() as session:
        assert await nps_counts.total(session, WORKSPACE, {}, *YEAR) == counts(2, 1, 1)
        assert await nps_counts.total(session, WORKSPACE, {"plan": "firm"}, *YEAR) == counts(1, 1, 0)
        pair = {"region": "UK", "plan": "Solo"}
        assert await nps_counts.total(session, WORKSPACE, pair, *YEAR) == counts(0, 0, 1)
        assert await nps_counts.total(session, WORKSPACE, {}, *span(1, 8)) == counts(0, 1, 1)
        assert await nps_counts.total(session, WORKSPACE, {"plan": "Team"}, *YEAR) == counts(0, 0, 0)
        by_plan = await nps_counts.by(session, WORKSPACE, "Plan", {"region": "uk"}, *YEAR)
        assert by_plan == {"Firm": counts(1, 0, 0), "Solo": counts(0, 0, 1)}
        daily = await nps_deeper.daily(session, WORKSPACE, {"plan": "Firm"}, *YEAR)
        assert daily == {span(0, 0)[0]: counts(1, 0, 0), span(1, 1)[0]: counts(0, 1, 0)}
        weekly = await nps_counts.weekly(session, WORKSPACE, [{}, {"plan": "Solo"}], *YEAR)
        assert [len(series) for series in weekly] == [3, 2]
        assert weekly[0][START.date()] == counts(1, 1, 0)
        words = await nps_counts.vocabulary(session, WORKSPACE)
        assert words == {"plan": ("Firm", "Solo"), "region": ("CA", "UK")}
        assert await nps_counts.days_covered(session, WORKSPACE) == span(0, 30)
        deep = {"plan": "firm", "region": "uk"}
        assert await nps_deeper.counted(session, WORKSPACE, deep, *YEAR) == counts(1, 0, 0)
    assert await either_shop.kept() == await either_shop.rebuilt()


async def test_what_changes_moves_and_what_goes_is_taken_off(either_shop: Shop) -> None:
    first = answer("1", 10, 0, plan="Firm", region="UK")
    await either_shop.take(first, answer("2", 9, 0, plan="Solo"))
    assert await either_shop.take(first) == Taken(same=1)
    changed = answer("1", 3, 0, plan="Team", comment="It got slow.")
    assert await either_shop.take(changed) == Taken(changed=1)
    async with either_shop.database.read() as session:
        assert await nps_counts.vocabulary(session, WORKSPACE) == {"plan": ("Solo", "Team")}
        assert await nps_counts.total(session, WORKSPACE, {"plan": "team"}, *YEAR) == counts(0, 0, 1)
        assert await nps_counts.total(session, WORKSPACE, {}, *YEAR) == counts(1, 0, 1)
    assert await either_shop.kept() == await either_shop.rebuilt()
    async with either_shop.database.begin() as session:
        assert await nps_answers.remove(session, WORKSPACE, either_shop.source_id, ["1", "2", "3"]) == 2
    assert await either_shop.kept() == []


async def test_a_source_that_is_left_out_counts_where_it_is_named(shop: Shop) -> None:
    await shop.take(answer("1", 10))
    async with shop.database.begin() as session:
        other = await nps_sources.create(
            session, WORKSPACE, kind=nps_sources.INTERVIEW, name="interviews", now=NOW, counted=False
        )
        await nps_answers.take_in(session, WORKSPACE, other, [answer("1", 0)])
        assert await nps_counts.total(session, WORKSPACE, {}, *YEAR) == counts(1, 0, 0)
        named = Sources(ids=(other,))
        assert await nps_counts.total(session, WORKSPACE, {}, *YEAR, of=named) == counts(0, 0, 1)
        await nps_sources.count_in(session, WORKSPACE, other, counted=True)
        assert await nps_counts.total(session, WORKSPACE, {}, *YEAR) == counts(1, 0, 1)


async def test_ids_and_free_text_are_no_segments_and_say_so(shop: Shop) -> None:
    await shop.take(answer("0", 9, 0, plan="Firm", account="a-first"))
    rows = [answer(str(n), 10, 0, plan="Firm", account=f"a{n}") for n in range(MOST_VALUES + 1)]
    await shop.take(*rows, answer("t", 1, 0, plan="Solo", essay="long " * 30))
    async with shop.database.read() as session:
        assert await nps_counts.vocabulary(session, WORKSPACE) == {"plan": ("Firm", "Solo")}
        refused = await nps_counts.refused_properties(session, WORKSPACE)
        assert refused == {"account": "values", "essay": "text"}
        assert await nps_counts.total(session, WORKSPACE, {"account": "a7"}, *YEAR) == counts(0, 0, 0)
        deep = await nps_deeper.counted(session, WORKSPACE, {"account": "a7"}, *YEAR)
        assert deep == counts(1, 0, 0)
    assert await shop.kept() == await shop.rebuilt()


async def test_properties_beyond_the_bound_are_no_segments(shop: Shop) -> None:
    await shop.take(answer("1", 9, 0, **{f"p{n:02}": "x" for n in range(MOST_PROPERTIES + 2)}))
    async with shop.database.read() as session:
        assert len(await nps_counts.vocabulary(session, WORKSPACE)) == MOST_PROPERTIES
        refused = await nps_counts.refused_properties(session, WORKSPACE)
    assert refused == {"p12": "properties", "p13": "properties"}


async def test_verbatims_stay_silent_until_an_admin_lets_them_speak(either_shop: Shop) -> None:
    await either_shop.take(
        answer("1", 10, 0, plan="Firm", comment="Lovely."),
        answer("2", 2, 1, plan="Firm", comment="Slow."),
        answer("3", 2, 2, plan="Solo"),
    )
    asked = (WORKSPACE, {"plan": "firm"}, *YEAR)
    async with either_shop.database.begin() as session:
        assert await nps_deeper.verbatims(session, *asked) == ()
        await nps_sources.share_verbatims(session, WORKSPACE, either_shop.source_id, shared=True)
        told = await nps_deeper.verbatims(session, *asked)
        assert [one.comment for one in told] == ["Slow.", "Lovely."]
        low = await nps_deeper.verbatims(session, *asked, bands=[Band.DETRACTOR])
        assert [one.comment for one in low] == ["Slow."]


async def test_what_cannot_be_an_answer_is_not_taken(shop: Shop) -> None:
    for score in (11, -1, 8.5, True):
        with pytest.raises(ValueError, match="0 to 10"):
            await shop.take(answer("1", score))  # type: ignore[arg-type]  # what a caller might do
    with pytest.raises(ValueError, match="zone"):
        await shop.take(Answer(key="1", score=1, at=START.replace(tzinfo=None)))
    async with shop.database.read() as session:
        with pytest.raises(ValueError, match="2 segments"):
            await nps_counts.total(session, WORKSPACE, {"a": "1", "b": "2", "c": "3"}, *YEAR)
        with pytest.raises(ValueError, match="one property"):
            await nps_counts.by(session, WORKSPACE, "a", {"A": "1"}, *YEAR)


_ANSWERS = st.lists(
    st.builds(
        lambda key, score, day, plan, region: answer(str(key), score, day, plan=plan, region=region),
        st.integers(0, 12),
        st.integers(0, 10),
        st.integers(0, 40),
        st.sampled_from(["Firm", "Solo", "solo ", ""]),
        st.sampled_from(["UK", "CA"]),
    ),
    max_size=12,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(_ANSWERS, max_size=3), first=st.integers(0, 40), days=st.integers(0, 40))
async def test_any_history_gives_the_counts_of_what_stands(
    shop: Shop, batches: list[list[Answer]], first: int, days: int
) -> None:
    latest: dict[str, Answer] = {}
    async with shop.database.begin() as session:
        await nps_answers.remove(session, WORKSPACE, shop.source_id, [str(n) for n in range(13)])
        for batch in batches:
            await nps_answers.take_in(session, WORKSPACE, shop.source_id, batch)
            latest |= {one.key: one for one in batch}
    period = span(first, first + days)
    inside = [one for one in latest.values() if period[0] <= one.at.date() <= period[1]]
    bands = Counter(2 if one.score <= 6 else 1 if one.score <= 8 else 0 for one in inside)
    async with shop.database.read() as session:
        found = await nps_counts.total(session, WORKSPACE, {}, *period)
        by_day = await nps_deeper.daily(session, WORKSPACE, {}, *period)
    assert found == counts(bands[0], bands[1], bands[2])
    assert sum(one.n for one in by_day.values()) == found.n
    assert await shop.kept() == await shop.rebuilt()


async def test_a_period_is_the_sum_of_its_days_wherever_it_begins(shop: Shop) -> None:
    await shop.take(*(answer(str(n), n % 11, n) for n in range(60)))
    async with shop.database.read() as session:
        for first in range(9):
            for last in (first, first + 5, first + 6, first + 13, first + 40):
                total = await nps_counts.total(session, WORKSPACE, {}, *span(first, last))
                assert total.n == last - first + 1


async def test_the_same_answers_at_the_same_moment_are_counted_once(either_shop: Shop) -> None:
    batch = [answer(str(number), number, number, plan="Firm") for number in range(11)]
    other = [answer(str(number), 3, number, plan="Solo") for number in range(5, 16)]
    taken = await asyncio.gather(either_shop.take(*batch), either_shop.take(*batch), either_shop.take(*other))
    assert sum(one.new for one in taken) == 16
    assert sum(one.new + one.changed + one.same for one in taken) == 33
    assert await either_shop.kept() == await either_shop.rebuilt()
