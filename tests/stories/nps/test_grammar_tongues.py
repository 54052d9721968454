"""Questions in German, read and said back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.language import speaking
from stories.nps.grammar import Kind, Question, Vocabulary, parse
from stories.nps.grammar.tongues import asked, in_own_words, suggested, told

TODAY = date(2026, 11, 22)
WORDS = Vocabulary(
    {
        "plan": ["Enterprise", "SMB", "Basic", "Pro"],
        "region": ["EMEA", "APAC", "North America", "Seit 2020", "Monat"],
    },
    ["revenue", "churn rate"],
)


def in_german(words: str, vocabulary: Vocabulary = WORDS) -> Question:
    with speaking("de-DE"):
        return asked(words, vocabulary, TODAY)


@pytest.mark.parametrize(
    ("typed", "english", "back"),
    [
        ("", "", "letzte 13 Wochen"),
        ("NPS letzten Monat Enterprise", "enterprise last month", "Enterprise letzten Monat"),
        ("warum ist er letztes Quartal gefallen?", "last quarter", "letztes Quartal"),
        (
            "Enterprise gegen SMB dieses Jahr",
            "enterprise vs smb this year",
            "Enterprise gegen SMB dieses Jahr",
        ),
        ("EMEA im Vergleich zu allen", "emea vs everyone", "EMEA gegen insgesamt letzte 13 Wochen"),
        ("nach plan seit März", "by plan since march", "nach plan seit März 2026"),
        ("Was sagen die Kritiker in EMEA?", "detractors emea", "Kritiker EMEA letzte 13 Wochen"),
        ("Kommentare auf Deutsch", "comments in german", "Kommentare auf Deutsch letzte 13 Wochen"),
        ("Verlauf 12 Monate wöchentlich", "trend 12 months weekly", "Verlauf letzte 12 Monate wöchentlich"),
        ("Was ist ein Punkt wert in churn rate", "worth churn rate", "Wert churn rate letzte 24 Monate"),
        ("3. Quartal 2025", "q3 2025", "q3 2025"),
        ("1.3.2026 bis 15.4.2026", "2026-03-01 to 2026-04-15", "2026-03-01 bis 2026-04-15"),
        ("zwischen Januar und März 2025", "january to march 2025", "Januar 2025 bis März 2025"),
        ("letzen Qartal enterprize", "enterprise last quarter", "Enterprise letztes Quartal"),
        ("Hilfe", "help", "Hilfe"),
        ("enterprise last month", "enterprise last month", "Enterprise letzten Monat"),
    ],
)
def test_germans_ask_in_german_and_read_what_was_understood_in_german(
    typed: str, english: str, back: str
) -> None:
    question = in_german(typed)
    assert question.understood
    assert question == parse(english, WORDS, TODAY)
    with speaking("de-DE"):
        assert told(question, WORDS, TODAY) == back
        assert asked(back, WORDS, TODAY) == question


def test_german_is_read_of_those_whose_slack_is_english_too() -> None:
    question = asked("Enterprise letzten Monat", WORDS, TODAY)
    assert question == parse("enterprise last month", WORDS, TODAY)
    assert told(question, WORDS, TODAY) == "Enterprise last month"


def test_a_name_stays_a_name_whatever_it_means_in_german() -> None:
    assert in_german("pro letzten Monat").sides == ((("plan", "Pro"),),)
    assert in_german("Seit 2020").sides == ((("region", "Seit 2020"),),)
    assert in_german('region:Monat, "Monat"').sides == ((("region", "Monat"),),)
    question = in_german("Monat dieses Jahr")
    assert question.sides == ((("region", "Monat"),),)
    with speaking("de-DE"):
        assert asked(told(question, WORDS, TODAY), WORDS, TODAY) == question


def test_what_is_not_understood_is_named_as_it_was_typed() -> None:
    question = in_german("Quatschwort letzten Monat")
    assert [one.words for one in question.misread] == ["Quatschwort"]
    assert question.kind is Kind.SCORE
    with speaking("de-DE"):
        assert (suggested("last month", WORDS), suggested("Pro", WORDS)) == ("letzten Monat", "Pro")
    assert in_own_words("last month") == "last month"


@given(st.text(max_size=120))
def test_whatever_a_german_types_is_read_and_said_back_so_that_it_means_the_same(typed: str) -> None:
    with speaking("de-DE"):
        question = asked(typed, WORDS, TODAY)
        assert asked(told(question, WORDS, TODAY), WORDS, TODAY) == question
