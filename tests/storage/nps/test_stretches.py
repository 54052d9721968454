"""Whole histories of cells, and what a question looks up: in one statement each, and the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import nps_answers, nps_counts, nps_figures, nps_settings, nps_sources
from storage.nps_figures import Figure
from storage.nps_lookup import look_up
from storage.nps_settings import NpsSettings
from storage.nps_stretches import stretches, sums
from storage.nps_words import words
from stories.nps.periods import DAY, Period
from stories.nps.stretches import NO_HISTORY, History, Timeline, following, grid, monday, stretch
from tests.conftest import NOW, WORKSPACE
from tests.storage.nps.conftest import START, Shop, answer

LONG_AGO = date(2000, 1, 3)

days = st.dates(min_value=date(2000, 1, 1), max_value=date(2040, 12, 31))


@given(days)
def test_a_stretch_is_a_week_cut_where_a_month_begins(day: date) -> None:
    first = stretch(day)
    assert first == max(monday(day), day.replace(day=1))
    assert first <= day < following(first)
    assert stretch(following(first)) == following(first)
    assert {stretch(first + at * DAY) for at in range((following(first) - first).days)} == {first}


@given(days.filter(lambda day: day.weekday() == 0), st.integers(1, 12))
def test_a_grid_names_what_lies_before_and_within(end: date, fiscal: int) -> None:
    along = grid(end.year - 1, end, fiscal)
    assert along.days[-1] == end
    for at, day in enumerate(along.days):
        month = along.month_within[at]
        assert along.days[along.four_weeks_before[at]] >= day - timedelta(days=28)
        assert along.begins_quarter[at] == (day.day == 1 and (day.month - fiscal) % 3 == 0)
        if month is not None and month != at:
            assert along.days[month].day == 1
            assert day < along.days[month] <= day + timedelta(days=6)


async def test_a_history_adds_up_to_the_counts_of_every_period(either_shop: Shop) -> None:
    async with either_shop.database.begin() as session:
        other = await nps_sources.create(session, WORKSPACE, kind="file", name="another", now=NOW)
        for source in (either_shop.source_id, other):
            batch = [
                answer(f"a{n}", n * 7 % 11, n * 3 % 100, plan="Firm" if n % 2 else "Solo") for n in range(60)
            ]
            await nps_answers.take_in(session, WORKSPACE, source, batch)
    async with either_shop.database.read() as session:
        number = (await words(session, WORKSPACE)).number({"plan": "Firm"})
        assert number is not None
        told = (await stretches(session, WORKSPACE, [number, 0, 999]))[number]
        along = grid(START.year, monday(START.date() + timedelta(days=120)), 1)
        timeline = Timeline.of(along, told)
        assert timeline is not None
        for first, after in zip(along.days, along.days[9:], strict=False):
            kept = await nps_counts.total(session, WORKSPACE, {"plan": "Firm"}, first, after - DAY)
            assert timeline.counts(Period(first=first, last=after - DAY)) == kept
            summed = await sums(session, WORKSPACE, [number, 999], (first, after))
            assert summed == ({number: kept} if kept.n else {}, {})
        firm = (
            await nps_counts.weekly(session, WORKSPACE, [{"plan": "Firm"}], date(2000, 1, 3), NOW.date())
        )[0]
        assert all(day.weekday() == 0 for day in firm)
        assert sum(one.n for one in firm.values()) == sum(
            map(sum, (told.promoters, told.passives, told.detractors))
        )


async def test_all_that_a_question_needs_is_looked_up_at_once(either_shop: Shop) -> None:
    async with either_shop.database.read() as session:
        assert (await look_up(session, WORKSPACE)).covered is None
    settings = NpsSettings(time_zone="Europe/Paris", year_begins=4, smallest_group=7)
    async with either_shop.database.begin() as session:
        await nps_answers.take_in(session, WORKSPACE, either_shop.source_id, [answer("a", 9, 3, plan="Firm")])
        await nps_settings.change(session, WORKSPACE, settings)
        await nps_figures.take_in(
            session, WORKSPACE, [Figure(name="revenue", month=date(2026, 1, 1), amount=1)]
        )
        silent = await nps_sources.create(
            session, WORKSPACE, kind="interview", name="Talks", now=NOW, counted=False
        )
        await nps_sources.share_verbatims(session, WORKSPACE, silent, shared=True)
    async with either_shop.database.read() as session:
        found = await look_up(session, WORKSPACE)
        assert found.words == await words(session, WORKSPACE)
    day = (START + 3 * DAY).date()
    assert (found.settings, found.figures, found.covered) == (settings, ("revenue",), (day, day))
    assert found.sources == {either_shop.source_id: "answers", silent: "Talks"}
    assert (found.counted, found.speaking) == (frozenset({either_shop.source_id}), frozenset({silent}))


@pytest.mark.parametrize("told", [NO_HISTORY, History([date(2026, 11, 22)], [1], [0], [0])])
def test_what_is_not_over_yet_has_no_history(told: History) -> None:
    found = Timeline.of(grid(2026, date(2026, 11, 16), 1), told)
    assert found is None or found.totals[-1] == 0
