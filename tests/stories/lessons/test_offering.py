"""Which lesson helps now: after the first write-up, after several with the same hint, and never twice."""

from __future__ import annotations

import pytest

from stories.hints.hints import Family
from stories.lessons.offering import Lately, WriteUp, lesson_for
from stories.lessons.values import Lesson, Moment

ALL = {
    "quoting": Moment.OWN_WORDS,
    "listening": Moment.QUESTIONS,
    "insight": Moment.SO_WHAT,
    "asking-why": Moment.FIRST,
    "consent": Moment.UNSHARED,
    "change": Moment.ACTING,
}
LESSONS = [
    Lesson(
        key=key,
        language="en",
        title=key,
        summary="",
        order=order,
        offered=frozenset({moment}),
        screens=(),
    )
    for order, (key, moment) in enumerate(ALL.items())
]


def lately(*families: Family | None, total: int = 0, shared: bool = True, acting: bool = False) -> Lately:
    write_ups = tuple(WriteUp(families=frozenset({one} if one else ()), shared=shared) for one in families)
    return Lately(write_ups=write_ups, total=total or len(write_ups), acting=acting)


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        (Lately(), None),
        (Lately(acting=True), None),
        (lately(None), "asking-why"),
        (lately(Family.SO_WHAT), "insight"),
        (lately(Family.SO_WHAT, None), None),
        (lately(Family.SO_WHAT, None, Family.SO_WHAT), "insight"),
        (lately(Family.OWN_WORDS, Family.OWN_WORDS), "quoting"),
        (lately(Family.QUESTIONS, Family.QUESTIONS, total=40), "listening"),
        (lately(None, None, total=40), None),
        (lately(None, None, None, Family.QUESTIONS, Family.QUESTIONS), None),
        (lately(None, None, shared=False), "consent"),
        (lately(None, None, acting=True), "change"),
    ],
)
def test_the_lesson_that_helps(situation: Lately, expected: str | None) -> None:
    found = lesson_for(situation, LESSONS, ())
    assert (found.key if found else None) == expected


def test_what_is_known_is_not_offered_again_and_the_next_reason_counts() -> None:
    situation = lately(Family.SO_WHAT)
    assert lesson_for(situation, LESSONS, {"insight"}) == LESSONS[3]
    assert lesson_for(situation, LESSONS, ALL) is None
