"""Questions as people put them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.nps.counts import Band
from stories.nps.grammar import Ambiguous, Cell, Kind, Misread, Question, Vocabulary, parse, said_back
from stories.nps.grammar.spelling import distance
from stories.nps.periods import Calendar, Unit

TODAY = date(2026, 11, 22)
WORDS = Vocabulary(
    {
        "plan": ["Enterprise", "SMB", "Basic", "Pro"],
        "region": ["EMEA", "APAC", "North America", "São Paulo", "basic", "IT"],
    },
    ["revenue", "churn rate"],
)
EMEA: Cell = (("region", "EMEA"),)
APAC: Cell = (("region", "APAC"),)
ENTERPRISE: Cell = (("plan", "Enterprise"),)
SMB: Cell = (("plan", "SMB"),)


def ask(text: str, words: Vocabulary = WORDS) -> Question:
    return parse(text, words, TODAY)


@pytest.mark.parametrize(
    ("text", "kind", "sides", "said"),
    [
        ("", Kind.SCORE, ((),), "last 13 weeks"),
        ("emea last quarter", Kind.SCORE, (EMEA,), "EMEA last quarter"),
        ("Last Quarter, EMEA!", Kind.SCORE, (EMEA,), "EMEA last quarter"),
        ("enterprise vs smb this year", Kind.COMPARISON, (ENTERPRISE, SMB), "Enterprise vs SMB this year"),
        (
            "SMBs compared to enterprises ytd",
            Kind.COMPARISON,
            (SMB, ENTERPRISE),
            "SMB vs Enterprise this year",
        ),
        ("by plan since march", Kind.BREAKDOWN, ((),), "by plan since march 2026"),
        ("plan", Kind.BREAKDOWN, ((),), "by plan last 13 weeks"),
        ("detractors last week", Kind.VERBATIMS, ((),), "detractors last week"),
        ("what do critics in EMEA say?", Kind.VERBATIMS, (EMEA,), "detractors EMEA last 13 weeks"),
        ("trend 12 months weekly", Kind.TREND, ((),), "trend last 12 months weekly"),
        ("worth revenue", Kind.WORTH, ((),), "worth revenue last 24 months"),
        ("what is a point worth in churn rate", Kind.WORTH, ((),), "worth churn rate last 24 months"),
        ("what's our nps in emea this month?", Kind.SCORE, (EMEA,), "EMEA this month"),
        ("<@U012AB> how's EMEA's score doing this month", Kind.SCORE, (EMEA,), "EMEA this month"),
        ("north-america q3", Kind.SCORE, ((("region", "North America"),),), "North America q3 2026"),
        ("sao paulo 2025", Kind.SCORE, ((("region", "São Paulo"),),), "São Paulo 2025"),
        ("emea and apac", Kind.COMPARISON, (EMEA, APAC), "EMEA vs APAC last 13 weeks"),
        ("enterprise vs everyone", Kind.COMPARISON, (ENTERPRISE, ()), "Enterprise vs everyone last 13 weeks"),
        ("this quarter vs last quarter", Kind.SCORE, ((),), "this quarter"),
        ("compare this quarter to last quarter", Kind.SCORE, ((),), "this quarter"),
        ("how happy are SMBs since the start of the year?", Kind.SCORE, (SMB,), "SMB this year"),
        ("IT this week", Kind.SCORE, ((("region", "IT"),),), "IT this week"),
        ("how is it going this week", Kind.SCORE, ((),), "this week"),
        ("help", Kind.HELP, ((),), "help"),
        ("?", Kind.HELP, ((),), "help"),
    ],
)
def test_what_people_ask(text: str, kind: Kind, sides: tuple[Cell, ...], said: str) -> None:
    question = ask(text)
    assert (question.kind, question.sides) == (kind, sides)
    assert question.understood
    assert said_back(question, WORDS, TODAY) == said


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("enterprize lsat quater", "enterprise last quarter"),
        ("north amercia", "north america"),
        ("detracters emae", "detractors emea"),
        ("by plna sinse march", "by plan since march"),
        ("plan: enterprse", "plan:enterprise"),
        ("worth chrun rate", "worth churn rate"),
    ],
)
def test_typos_are_put_right(typed: str, meant: str) -> None:
    assert ask(typed) == ask(meant)
    assert ask(typed).understood


def test_a_word_that_is_two_segments_is_asked_about() -> None:
    assert ask("basic last week").ambiguous == (
        Ambiguous(words="basic", choices=('"plan":"Basic"', '"region":"basic"')),
    )
    for choice in ask("basic").ambiguous[0].choices:
        assert ask(choice).understood


@pytest.mark.parametrize("text", ["basic plan", "plan basic", "plan:basic", "basic vs pro", "basic vs. smb"])
def test_words_beside_it_can_settle_which_is_meant(text: str) -> None:
    assert ask(text).sides[0] == (("plan", "Basic"),)
    assert ask(text).understood


def test_unknown_words_come_with_the_nearest_valid_ones() -> None:
    assert ask("enterpreneurs last week").misread == (
        Misread(words="enterpreneurs", nearest=("Enterprise",)),
    )
    assert ask("plan:gold").misread[0].nearest == ("Pro", "SMB", "Basic")
    assert ask("revenue").misread == (Misread(words="revenue", nearest=("worth revenue",)),)
    assert ask("xyzzy", Vocabulary()).misread[0].words == "xyzzy"


def test_a_segment_named_like_a_period_is_asked_about_unless_the_words_around_it_tell() -> None:
    words = Vocabulary({"cohort": ["2025", "May", "week"]})
    choices = ('period:"2025"', '"cohort":"2025"')
    assert ask("2025", words).ambiguous == (Ambiguous(words="2025", choices=choices),)
    assert ask("in 2025", words).sides == ((),)
    assert ask(choices[1], words).sides == ((("cohort", "2025"),),)
    assert ask("week last week", words).sides == ((("cohort", "week"),),)


def test_sides_share_what_only_one_of_them_says() -> None:
    first, second = ask("emea enterprise vs smb").sides
    assert first == (("plan", "Enterprise"), ("region", "EMEA"))
    assert second == (("plan", "SMB"), ("region", "EMEA"))
    assert ask("enterprise vs emea").sides == (ENTERPRISE, EMEA)


def test_a_third_side_or_value_is_left_out_and_said() -> None:
    assert [wrong.words for wrong in ask("emea vs apac vs IT").misread] == ["IT"]
    assert [wrong.words for wrong in ask("emea apac north america").misread] == ["north america"]


def test_bands_unit_breakdown_and_figure() -> None:
    assert ask("promoters and passives").bands == {Band.PROMOTER, Band.PASSIVE}
    assert ask("comments").bands == frozenset(Band)
    assert ask("emea weekly").unit is Unit.WEEK
    assert ask("trend by quarter").unit is Unit.QUARTER
    assert ask("enterprise by the region").breakdown == "region"
    assert ask("worth", Vocabulary({}, ["revenue"])).figure == "revenue"
    assert ask("worth").figure is None


def test_two_periods_that_are_no_neighbours_leave_one_out() -> None:
    question = ask("march 2026 q3 2025")
    assert [wrong.words for wrong in question.misread] == ["q3 2025"]


def test_the_fiscal_year_moves_quarters() -> None:
    question = parse("q1", WORDS, TODAY, Calendar(fiscal_start=4))
    assert (question.period.first, question.period.last) == (date(2026, 4, 1), date(2026, 6, 30))


def test_a_very_long_message_is_read_from_its_beginning() -> None:
    assert ask("emea last quarter " + "blah " * 100_000).sides == (EMEA,)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("emea", "emea", 0), ("emae", "emea", 1), ("quater", "quarter", 1), ("ab", "cd", 2), ("", "abcd", 3)],
)
def test_slips_are_counted_up_to_the_most_that_matter(one: str, other: str, slips: int) -> None:
    assert distance(one, other, 2) == slips


@given(st.text("abc", max_size=7), st.text("abc", max_size=7), st.integers(0, 4))
def test_slips_are_those_of_the_whole_table(one: str, other: str, most: int) -> None:
    table = {(i, j): max(i, j) for i in range(len(one) + 1) for j in range(len(other) + 1) if not i * j}
    for i, letter in enumerate(one, start=1):
        for j, across in enumerate(other, start=1):
            cost = min(table[i - 1, j], table[i, j - 1]) + 1
            cost = min(cost, table[i - 1, j - 1] + (letter != across))
            if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
                cost = min(cost, table[i - 2, j - 2] + 1)
            table[i, j] = cost
    assert distance(one, other, most) == min(table[len(one), len(other)], most + 1)
