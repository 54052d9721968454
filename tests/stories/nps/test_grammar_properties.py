"""Whatever people type, and whatever a workspace calls its segments."""

from __future__ import annotations

import sys
from datetime import date
from types import FrameType

from hypothesis import example, given, settings
from hypothesis import strategies as st

from stories.nps.grammar import Vocabulary, parse, said_back
from stories.nps.grammar.tokens import quoted
from stories.nps.periods import Calendar

TYPED = """
    emea enterprise smb basic north america last this week month quarter year since march may vs by per plan
    region trend weekly monthly worth revenue churn rate detractors promoters comments 12 months q3 2025 fy24
    everyone 2026-03-15 to from between and in during what's our nps ? : = " “ plan:pro region:"North 29 feb
    week 53 ytd today yesterday all time help per the compare IT it's enterprize quater , ( ) <@U1> Straße
    after before until first second half h1 beginning of
"""
WORDS = TYPED.split()
words = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
NASTY = [
    "week", "last", "last week", "by", "vs", "Q3", "q3", "2025", "may", "IT", "in", "trend", "worth",
    "plan", "basic", "Basic", "North America", "north-america", 'say "hi"', ":", "=", '"', "  ", "🚀", "?",
    "İstanbul", "São Paulo", "Sao Paulo", "<b>", "a, b", "everyone", "help", "period", "ſ", "\u200b",
    "2026-01-01 to 2026-02-01",
]  # fmt: skip
names = st.sampled_from(NASTY) | st.text(min_size=1, max_size=12)
vocabularies = st.builds(
    Vocabulary,
    st.dictionaries(names, st.lists(names, min_size=1, max_size=4, unique=True), max_size=4),
    st.lists(names, max_size=3, unique=True),
)
PLAIN = Vocabulary(
    {"plan": ["Enterprise", "SMB", "Basic", "Pro"], "region": ["EMEA", "North America", "basic", "IT"]},
    ["revenue", "churn rate"],
)
days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
calendars = st.builds(Calendar, fiscal_start=st.integers(1, 12))


def goes_round(text: str, vocabulary: Vocabulary, today: date, calendar: Calendar) -> None:
    question = parse(text, vocabulary, today, calendar)
    again = parse(said_back(question, vocabulary, today, calendar), vocabulary, today, calendar)
    assert again == question
    assert again.understood


@settings(max_examples=50)
@given(st.text(max_size=60) | words, days, calendars)
@example("laſt week nıne months", date(2026, 1, 1), Calendar())
def test_anything_typed_is_read_and_what_was_understood_can_be_said_back(
    text: str, today: date, calendar: Calendar
) -> None:
    goes_round(text, PLAIN, today, calendar)


@settings(max_examples=50)
@given(st.data(), vocabularies, days, calendars)
def test_the_same_holds_whatever_segments_are_called(
    data: st.DataObject, vocabulary: Vocabulary, today: date, calendar: Calendar
) -> None:
    everything = [*WORDS, *vocabulary.figures]
    for name, values in vocabulary.segments.items():
        everything += [name, *values, *(f"{quoted(name)}:{quoted(value)}" for value in values)]
    text = " ".join(data.draw(st.lists(st.sampled_from(everything), max_size=8)))
    goes_round(text, vocabulary, today, calendar)


@given(vocabularies, st.data())
def test_every_segment_can_be_asked_for(vocabulary: Vocabulary, data: st.DataObject) -> None:
    segments = [(name, value) for name, values in vocabulary.segments.items() for value in values]
    for name, value in segments:
        question = parse(f"{quoted(name)}:{quoted(value)}", vocabulary, date(2026, 11, 22))
        assert question.sides == (((name, value),),)
        assert question.understood


@given(words)
def test_case_does_not_matter_but_for_short_names_in_capitals(text: str) -> None:
    today = date(2026, 11, 22)
    plain = Vocabulary({"plan": ["Enterprise", "SMB"], "region": ["EMEA", "North America"]}, ["revenue"])
    assert parse(text.title(), plain, today) == parse(text.lower(), plain, today)


def test_a_long_question_takes_as_much_longer_as_it_is() -> None:
    def calls(times: int) -> int:
        counted = 0

        def count(_frame: FrameType, event: str, _what: object) -> None:
            nonlocal counted
            counted += event == "call"

        text = " ".join(f"{first}{second}" for first in "bcdfghjklm" for second in "npqrstvwxz"[:times])
        parse(text, PLAIN, date(2026, 11, 22))
        sys.setprofile(count)
        try:
            parse(text, PLAIN, date(2026, 11, 22))
        finally:
            sys.setprofile(None)
        return counted

    assert calls(10) < 6 * calls(2)
