"""Hints about a write-up: where they come, what turns them off, and that they never fail."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.forms import Form, Step
from stories.hints.hints import FAMILIES, LESSONS, Family, Points, hints_for
from stories.hints.so_what import SoWhat, so_what

FORM = Form(
    name="Anna Ray",
    happened="The export stopped at 200 lines. I asked: “Would you pay for more?”",
    quotes=("She said that it is slow.", "I gave up at nine."),
    meaning="Interesting talk.",
)


def points(form: Form, step: Step, off: tuple[str, ...] = ()) -> list[Points]:
    return [hint.points for hint in hints_for(form, step, off=off)]


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (Step.WHO, []),
        (Step.WHAT, [Points.HYPOTHETICAL]),
        (Step.WORDS, [Points.RETOLD]),
        (Step.MEANING, [Points.NOTHING]),
        (Step.CONSENT, []),
        (Step.PREVIEW, [Points.RETOLD, Points.NOTHING, Points.HYPOTHETICAL]),
    ],
)
def test_each_step_has_its_own_hints_and_the_preview_has_them_all(step: Step, expected: list[Points]) -> None:
    assert points(FORM, step) == expected


def test_questions_in_notes_that_are_in_no_field_yet_count_too() -> None:
    found = hints_for(replace(FORM, happened=""), Step.WHAT, notes="Me: How easy was it?")
    assert [(hint.points, hint.words) for hint in found] == [(Points.LEADING, "How easy was it?")]


def test_a_family_that_is_off_and_a_hint_that_was_put_away_stay_away() -> None:
    assert points(FORM, Step.PREVIEW, off=(Family.QUESTIONS, Family.SO_WHAT)) == [Points.RETOLD]
    (hint,) = hints_for(FORM, Step.WORDS)
    put_away = replace(FORM, fine=(hint.sign,))
    assert points(put_away, Step.WORDS) == []
    assert points(replace(put_away, quotes=("She said something else.",)), Step.WORDS) == [Points.RETOLD]
    assert "slow" not in hint.sign


def test_a_draft_remembers_what_was_put_away() -> None:
    assert Form.from_json(replace(FORM, fine=("abc",)).as_json()).fine == ("abc",)
    assert Form.from_json({"name": "Anna"}).fine == ()


def test_an_empty_so_what_is_pointed_at_only_once_it_was_passed() -> None:
    empty = replace(FORM, meaning="")
    assert points(empty, Step.MEANING) == []
    assert Points.MISSING in points(empty, Step.PREVIEW)


def test_a_so_what_may_say_again_say_nothing_or_say_something() -> None:
    happened, quotes = "She waited four days for the assessor.", ("A roof, and no appointment.",)
    assert so_what("She waited for the assessor for four days.", happened, quotes) is SoWhat.AGAIN
    assert so_what("Very useful, thank you!", happened, quotes) is SoWhat.NOTHING
    assert so_what("People compare us with the neighbour's insurer.", happened, quotes) is None


def test_nothing_is_said_about_a_language_that_has_no_rules() -> None:
    french = "C’est l’export et il n’est pas rapide, et la cliente a abandonné. Would you pay for it, or not?"
    form = Form(
        happened=french, quotes=("Je ne savais pas ce que c’est dans la page.",), meaning="Bien, merci."
    )
    assert hints_for(form, Step.PREVIEW) == ()


def test_every_hint_is_of_a_family_and_has_a_lesson() -> None:
    assert LESSONS.keys() == FAMILIES.keys() == set(Points)


@settings(max_examples=40)
@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=200))
def test_whatever_is_written_is_read(happened: str, quote: str, meaning: str) -> None:
    form = Form(happened=happened, quotes=(quote,), meaning=meaning)
    assert len(hints_for(form, Step.PREVIEW, most=3)) <= 3


def test_a_wall_of_words_takes_no_time_to_speak_of() -> None:
    wall = "would you " * 600 + "?" + ", and what is it" * 200
    assert len(hints_for(Form(happened=wall, quotes=("the " * 700,), meaning="a, " * 900), Step.PREVIEW)) <= 3
