"""Seats, questions, whom to invite, and days that come round."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from stories.stage.events import Asked, Place, Question, Seat, has_room, moving_up, top
from stories.stage.inviting import Moving, suggested
from stories.stage.remembering import comes_round, years
from stories.story import Reaction

TODAY = date(2026, 11, 16)
LONG_AGO = TODAY - timedelta(weeks=20)


def seat(number: int, minute: int) -> Seat:
    since = datetime(2026, 11, 16, 9, minute, tzinfo=UTC)
    return Seat(
        id=number, event_id=1, user_id=f"U{number}", place=Place.WAITING, time_zone="UTC", since=since
    )


def test_whoever_waited_longest_moves_up_and_nobody_beyond_the_seats() -> None:
    queue = [seat(1, 30), seat(2, 10), seat(3, 20)]
    assert [one.id for one in moving_up(5, 3, queue)] == [2, 3]
    assert [one.id for one in moving_up(None, 3, queue)] == [2, 3, 1]
    assert moving_up(3, 4, queue) == ()
    assert (has_room(3, 2), has_room(3, 3), has_room(None, 99)) == (True, False, True)


def question(number: int, votes: int, asked: Asked = Asked.SHOWN) -> Question:
    return Question(
        id=number, event_id=1, asker_id="U1", anonymous=True, words="Why?", asked=asked, votes=votes
    )


def test_the_questions_most_wanted_come_first_and_only_those_that_are_shown() -> None:
    asked = [question(1, 2), question(2, 5), question(3, 9, Asked.WAITING), question(4, 2)]
    assert [one.id for one in top(asked, 2)] == [2, 1]


def moving(story: int, customer: int, last_on: date = LONG_AGO, **more: object) -> Moving:
    values: dict[str, object] = {"counts": {Reaction.THANKS: 1}} | more
    return Moving(story_id=story, customer_id=customer, last_on=last_on, **values)  # type: ignore[arg-type]


def test_what_moved_most_is_suggested_a_customer_once_and_nobody_who_rests() -> None:
    stories = [
        moving(1, 1),
        moving(2, 2, counts={Reaction.THOUGHT: 2}),
        moving(3, 2, counts={Reaction.THOUGHT: 9}),
        moving(4, 3, endings=1),
        moving(5, 4, counts={Reaction.THOUGHT: 50}, last_on=TODAY - timedelta(weeks=11)),
        moving(6, 5, counts={Reaction.THOUGHT: 50}, rests_until=TODAY + timedelta(days=1)),
        moving(7, 6, counts={}),
    ]
    assert [one.story_id for one in suggested(stories, TODAY)] == [3, 4, 1]


@pytest.mark.parametrize(
    ("since", "today", "comes"),
    [
        (date(2019, 3, 28), date(2027, 3, 28), True),
        (date(2019, 3, 28), date(2027, 3, 29), False),
        (date(2020, 2, 29), date(2027, 2, 28), True),
        (date(2020, 2, 29), date(2028, 2, 28), False),
        (date(2020, 2, 29), date(2028, 2, 29), True),
        (date(2027, 1, 1), date(2026, 1, 1), False),
    ],
)
def test_a_day_comes_round_each_year(since: date, today: date, *, comes: bool) -> None:
    assert comes_round(since, today) is comes
    assert not comes or years(since, today) == today.year - since.year
