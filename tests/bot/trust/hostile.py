"""What hostile texts become in the fields that take them, and what is looked for in what is made of them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.search_seeing import Comment
from storage.follow_ups import PROMISE, FollowUp
from stories.nps.counts import Counts
from stories.priorities.priority import Happening, Note, Priority, Segment, State
from stories.text import clean, one_line
from tests.blockkit import assert_valid
from tests.bot.priorities.test_words import QUARTER
from tests.conftest import NOW
from tests.naughty import NAUGHTY, wrong_with

naughty = pytest.mark.parametrize("typed", NAUGHTY, ids=range(len(NAUGHTY)))
TODAY = NOW.date()
MANY, FEW = Counts(promoters=90, passives=9, detractors=9), Counts(promoters=5, passives=5, detractors=5)


def check(payload: dict[str, Any], surface: str = "message") -> None:
    assert wrong_with(payload) == []
    assert_valid(payload, surface)


def name(typed: str, most: int) -> str:
    """What a field for one line keeps of it."""
    return one_line(typed)[:most].strip() or "-"


def words(typed: str, most: int) -> str:
    """What a field for several lines keeps of it."""
    return clean(typed)[:most].strip() or "-"


def segment(typed: str) -> Segment:
    return ((name(typed, 40), name(typed, 40)),)


def priority(typed: str, state: State = State.STANDING) -> Priority:
    return Priority(
        id=1,
        place=1,
        theme_id=1,
        name=name(typed, 60),
        quarter=QUARTER.first,
        last_day=QUARTER.last,
        owner_id="U1",
        done_means=name(typed, 300),
        segment=segment(typed),
        start=FEW,
        chosen_by="U2",
        chosen_on=TODAY,
        state=state,
        latest=Note(what=Happening.PROGRESS, by="U1", at=NOW, words=words(typed, 500)),
    )


def comment(typed: str) -> Comment:
    return Comment(source=name(typed, 60), score=3, day=TODAY, words=words(typed, 500))


def task(typed: str) -> FollowUp:
    return FollowUp(
        id=1,
        kind=PROMISE,
        owner_id="U1",
        what=name(typed, 200),
        due_on=TODAY,
        done_at=NOW,
        story_id=1,
        author_id="U2",
        title=name(typed, 120),
        closing=name(typed, 300),
    )
