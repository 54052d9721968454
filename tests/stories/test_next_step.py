"""What somebody should do next: others who wait come first, then what was begun, then what is new."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from stories.next_step import FIRST_WEEK, FRESH, LATELY, Do, FirstWeek, NextStep, Situation, next_step

TODAY = date(2026, 11, 16)
EVERYTHING = Situation(
    today=TODAY,
    due=1,
    due_on=TODAY,
    draft=2,
    unpublished=3,
    unpublished_since=TODAY,
    first_week=FirstWeek(),
    last_talk=TODAY,
    unread=4,
)


def test_a_newcomer_is_asked_for_a_first_conversation() -> None:
    assert next_step(Situation(today=TODAY)) == NextStep(Do.WRITE_FIRST)


def test_each_thing_is_next_once_what_matters_more_is_out_of_the_way() -> None:
    no_promise = replace(EVERYTHING, due=None)
    no_draft = replace(no_promise, draft=None)
    all_published = replace(no_draft, unpublished=None)
    week_over = replace(all_published, first_week=None)
    all_read = replace(week_over, unread=None)
    situations = (EVERYTHING, no_promise, no_draft, all_published, week_over, all_read)
    assert [next_step(now) for now in situations] == [
        NextStep(Do.KEEP_PROMISE, 1),
        NextStep(Do.CONTINUE_DRAFT, 2),
        NextStep(Do.PUBLISH, 3),
        NextStep(Do.CHOOSE_CHANNEL),
        NextStep(Do.READ, 4),
        NextStep(Do.NOTHING),
    ]


@pytest.mark.parametrize(("days", "pressing"), [(-3, True), (0, True), (1, False)])
def test_a_promise_presses_from_its_day_on(days: int, pressing: bool) -> None:
    step = next_step(Situation(today=TODAY, due=1, due_on=TODAY + timedelta(days=days)))
    assert (step.do is Do.KEEP_PROMISE) is pressing


def test_a_story_that_was_kept_on_purpose_is_left_alone_after_a_while() -> None:
    kept = Situation(today=TODAY, unpublished=3, unpublished_since=TODAY - FRESH, last_talk=TODAY)
    assert next_step(kept).do is Do.PUBLISH
    older = replace(kept, unpublished_since=TODAY - FRESH - timedelta(days=1))
    assert next_step(older).do is Do.NOTHING


def test_somebody_who_has_not_talked_for_a_month_is_asked_for_another_conversation() -> None:
    assert next_step(Situation(today=TODAY, last_talk=TODAY - LATELY)).do is Do.NOTHING
    assert (
        next_step(Situation(today=TODAY, last_talk=TODAY - LATELY - timedelta(days=1))).do is Do.WRITE_AGAIN
    )


def test_the_first_week_goes_through_its_list_and_ends() -> None:
    weeks = (
        FirstWeek(),
        FirstWeek(pilot="C1"),
        FirstWeek(pilot="C1", notes=3),
        FirstWeek(pilot="C1", notes=3, previewed=True),
    )
    assert tuple(week.next() for week in weeks) == FIRST_WEEK
    over = FirstWeek(pilot="C1", notes=3, previewed=True, invited=2)
    assert over.next() is None
    assert next_step(Situation(today=TODAY, first_week=over)).do is Do.WRITE_FIRST


@pytest.mark.parametrize("week", [FirstWeek(notes=2), FirstWeek(invited=1)])
def test_a_thing_half_done_has_no_tick(week: FirstWeek) -> None:
    assert not any(week.done(item) for item in FIRST_WEEK)
