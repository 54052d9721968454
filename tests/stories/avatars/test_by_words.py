"""Answers by words alone, cautiously; and both sides of a question."""

from __future__ import annotations

from stories.avatars.by_words import sharing_words
from stories.avatars.tone import both_sides, tone

SAID = (
    "I do my invoices at four in the morning.",
    "Paper never asks me to log in.",
    "The invoices come out without the tax line.",
)


def test_a_quote_that_holds_the_questions_words_is_found_in_other_forms_too() -> None:
    assert sharing_words("invoicing in the morning", SAID) == (0,)


def test_one_word_in_common_of_many_is_no_answer() -> None:
    assert sharing_words("Would bakers pay for invoices by subscription in euros?", SAID) == ()
    assert sharing_words("", SAID) == ()
    assert sharing_words("anything", ()) == ()


def test_the_other_side_is_heard_where_there_is_one() -> None:
    ranked = ["It never works.", "I hate it.", "Slow and broken.", "I would not pay.", "I love it, great."]
    assert [tone(words) for words in ranked] == [-1, -1, -1, -1, 1]
    assert both_sides(ranked, most=4) == (0, 1, 2, 4)
    assert both_sides(ranked[:4], most=4) == (0, 1, 2, 3)
    assert both_sides([], most=4) == ()
