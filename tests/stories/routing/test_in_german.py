"""Rules typed in German, and rules said to Germans."""

from __future__ import annotations

from datetime import time

import pytest

from stories.errors import UserError
from stories.language import speaking
from stories.routing.grammar import parse
from stories.routing.retyping import retyped
from stories.routing.rule import COMMENTS, STORIES, Rule
from stories.routing.saying import said
from tests.stories.routing.test_grammar import DETRACTORS, KNOWN


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("Kritiker aus Enterprise zum Thema Billing, höchstens drei am Tag, um 16 Uhr", DETRACTORS),
        ("um 16:00 Uhr höchstens 3 pro Tag: Kritiker von plan:“Enterprise” über „Billing“", DETRACTORS),
        ("detractors from enterprise about billing, at most three a day, at 4 pm", DETRACTORS),
        (
            "Geschichten über späte Rechnungen freitags um 12 Uhr",
            Rule(kinds=(STORIES,), words=("späte", "rechnungen"), weekday=4, at=time(12)),
        ),
        (
            "Kommentare mit Bewertungen unter 4 aus EMEA",
            Rule(kinds=(COMMENTS,), scores=(0, 3), segments=(("region", "EMEA"),)),
        ),
    ],
)
def test_a_rule_in_german_is_understood_and_said_back_so_that_it_can_be_typed(
    sentence: str, rule: Rule
) -> None:
    with speaking("de-DE"):
        assert parse(sentence, KNOWN).rule == rule
        assert parse(said(rule), KNOWN).rule == rule
        assert retyped(rule, KNOWN) == said(rule)


def test_a_german_reads_german_days_and_quotation_marks() -> None:
    weekly = Rule(theme="Billing", weekday=4)
    with speaking("de-DE"):
        assert said(weekly) == "Kommentare und Geschichten über „Billing“, höchstens 5 jeden Freitag um 09:00"
    assert said(weekly) == "comments and stories about “Billing”, at most 5 every Friday at 09:00"


def test_a_rule_that_german_does_not_tell_is_shown_in_english_to_be_changed() -> None:
    odd = Rule(words=("und", "kommentare"), theme="", segments=(("gone", "Gone"),))
    with speaking("de-DE"):
        assert retyped(odd, KNOWN).startswith("comments and stories from gone")


def test_a_word_nobody_knows_is_refused_with_german_words_near_it() -> None:
    with speaking("de-DE"), pytest.raises(UserError, match=r"„Kritker“ kenne ich hier nicht.*„kritiker“"):
        parse("Kritker aus Enterprise", KNOWN)
