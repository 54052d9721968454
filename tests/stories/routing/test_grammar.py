"""Rules in plain words: understood in any order, said back, and refused with the nearest names."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.errors import UserError
from stories.routing.grammar import Known, parse
from stories.routing.rule import COMMENTS, MOST_A_DAY, STORIES, Rule, as_kept, rule_of
from stories.routing.saying import said

KNOWN = Known(
    {
        "plan": ("Enterprise", "Basic"),
        "region": ("EMEA", "Basic"),
        "product": ("Point of Sale",),
        "size": ("11-50",),
    },
    ("small business",),
    ("Billing", "Late invoices"),
)
DETRACTORS = Rule(scores=(0, 6), segments=(("plan", "Enterprise"),), theme="Billing", most=3, at=time(16))


@pytest.mark.parametrize(
    "sentence",
    [
        "detractors from enterprise about billing → <#C1|billing>, at most three a day, as a digest at 4 pm",
        "At 16:00 up to 3 per day to <#C1>: about BILLING from Enterprises, Detractors!".replace("!", ""),
        "send me detractor comments and stories of plan Enterprise about “Billing”, max 3 daily at 4pm",
        "scores 0 to 6 from plan:“Enterprise” about billing, no more than 3 a day at 16.00",
    ],
)
def test_the_same_is_understood_in_any_order_and_with_any_small_words(sentence: str) -> None:
    assert parse(sentence, KNOWN).rule == DETRACTORS


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        (
            "stories about late deliveries on fridays at noon",
            {"kinds": (STORIES,), "words": ("late", "deliveries"), "weekday": 4, "at": time(12)},
        ),
        ("promoters from small businesses", {"scores": (9, 10), "segments": (("", "small business"),)}),
        (
            "comments from point of sale from emea",
            {"kinds": (COMMENTS,), "segments": (("product", "Point of Sale"), ("region", "EMEA"))},
        ),
        ("passives and detractors about late invoices", {"scores": (0, 8), "theme": "Late invoices"}),
        ("comments mentioning billing", {"kinds": (COMMENTS,), "words": ("billing",)}),
        (
            "what do comments from 11-50 say about ovens weekly",
            {"kinds": (COMMENTS,), "words": ("ovens",), "segments": (("size", "11-50"),), "weekday": 0},
        ),
        (
            "stories 0-6 every working day, up to 4 a week",
            {"kinds": (STORIES,), "scores": (0, 6), "most": 4, "weekday": 0},
        ),
        ("comments with scores below 4", {"kinds": (COMMENTS,), "scores": (0, 3)}),
        ("comments scored above 8", {"kinds": (COMMENTS,), "scores": (9, 10)}),
        ("score 3 with the words “refund money”", {"scores": (3, 3), "words": ("refund", "money")}),
    ],
)
def test_each_part_means_what_it_says(sentence: str, rule: dict[str, object]) -> None:
    assert parse(sentence, KNOWN).rule == Rule(**rule)  # type: ignore[arg-type]  # parts of a rule


def test_the_channel_is_taken_by_its_id_or_told_by_its_name() -> None:
    assert parse("detractors to <#C0ABC|billing>", KNOWN).channel_id == "C0ABC"
    assert parse("detractors → #billing-eu, at 4 pm", KNOWN).named == "billing-eu"


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("detractors from enterprize", "Did you mean “Enterprise”"),
        ("detracters about billing", "“detractors”"),
        ("comments from basic", "plan: “Basic” or region: “Basic”"),
        ("comments from atlantis", "write: about atlantis"),
        ("everything please", "bring everything"),
        ("", "bring everything"),
        ("detractors about", "about what"),
        ("detractors about “<!channel>  ”, at most 400 a day", "At most 10"),
        ("stories about bread or butter", "a rule for each"),
        ("scores 9 to 3", "lower one first"),
        ("scores 4 to 300", "0 to 10"),
        ("scores below 0", "lower one first"),
        ("detractors \ue0007\ue000", "“7”"),
        ("detractors at 25:00", "25"),
        ("a" * 600, "at most 500"),
        ("detractors about " + " ".join(f"word{n}x" for n in range(9)), "at most 5 words"),
    ],
)
def test_what_is_wrong_is_named_with_what_would_be_right(sentence: str, words: str) -> None:
    with pytest.raises(UserError, match=words.replace("(", "\\(")):
        parse(sentence, KNOWN)


NAMED = st.sampled_from([*((n, v) for n, vs in KNOWN.properties.items() for v in vs), ("", "small business")])
RULES = st.builds(
    Rule,
    kinds=st.sampled_from([(COMMENTS,), (STORIES,), (COMMENTS, STORIES)]),
    scores=st.none() | st.tuples(st.integers(0, 5), st.integers(5, 10)),
    segments=st.lists(NAMED, max_size=2, unique=True).map(tuple),
    theme=st.sampled_from(["", *KNOWN.themes]),
    words=st.sampled_from([(), ("refund",), ("late", "refund")]),
    most=st.integers(1, MOST_A_DAY),
    weekday=st.none() | st.integers(0, 6),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None)),
)


@settings(max_examples=60)
@given(rule=RULES)
def test_what_is_said_back_means_exactly_that_when_it_is_typed_again(rule: Rule) -> None:
    assert rule_of(as_kept(rule)) == rule
    if rule.narrows:
        again = parse(said(rule), KNOWN).rule
        assert (again.scores, set(again.segments)) == (rule.scores, set(rule.segments))
        assert (again.kinds, again.theme, again.words) == (rule.kinds, rule.theme, rule.words)
        assert (again.most, again.weekday, again.at) == (rule.most, rule.weekday, rule.at)


@settings(max_examples=60)
@given(sentence=st.text(max_size=120))
def test_any_text_is_understood_or_refused(sentence: str) -> None:
    try:
        parse(sentence, KNOWN)
    except UserError as error:
        refused = str(error)
        assert refused
