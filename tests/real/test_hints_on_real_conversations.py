"""A hint is right at least four times out of five, on questions that real people asked.

The conversations are not part of the project; the labels are, as numbers.
"""

from __future__ import annotations

import tomllib

import pytest

from benchmarks.hints import DATA, keywords, own_words_figures, questions_figures, rules
from benchmarks.labelled_hints import (
    OWN_WORDS,
    QUESTIONS,
    labelled_meanings,
    labelled_questions,
    labelled_sentences,
    made_up_questions,
)
from stories.hints.own_words import is_retold
from stories.hints.so_what import so_what

KNOWN = {"leading", "double", "hypothetical", "selling", "open", "closed"}
RIGHT = 0.8
"""The share of hints that have to be right."""

with_talks = pytest.mark.skipif(
    not DATA.is_dir(),
    reason=f"NO REAL CONVERSATIONS at {DATA}: set FIRSTHAND_DATA to the folder that has them",
)


def test_labels_are_numbers_and_never_words() -> None:
    for talk in tomllib.loads(QUESTIONS.read_text("utf-8"))["talk"]:
        assert talk.keys() == {"stamp", "half", "questions"}
        for one in talk["questions"]:
            assert one.keys() == {"at", "asks", "sentences", "kinds"}
            assert set(one["kinds"]) <= KNOWN
            assert one["asks"][0] <= one["asks"][1] < one["sentences"]
    for page in tomllib.loads(OWN_WORDS.read_text("utf-8"))["page"]:
        assert all(one.keys() == {"line", "sentence", "sentences", "whose"} for one in page["sentences"])


def test_there_are_enough_of_them_and_no_file_is_in_both_fair_halves() -> None:
    talks = tomllib.loads(QUESTIONS.read_text("utf-8"))["talk"]
    fair = {half: {talk["stamp"] for talk in talks if talk["half"] == half} for half in ("develop", "report")}
    assert not fair["develop"] & fair["report"]
    assert sum(len(talk["questions"]) for talk in talks if talk["half"] in fair) >= 200
    assert len({(t["stamp"], q["at"], q["asks"][0]) for t in talks for q in t["questions"]}) == sum(
        len(talk["questions"]) for talk in talks
    )


@with_talks
def test_hints_about_questions_on_which_no_rule_was_made_are_right() -> None:
    held_out = [one for one in labelled_questions(DATA) if one.half in ("report", "fresh")]
    ours, theirs = questions_figures(held_out, rules), questions_figures(held_out, keywords)
    for kind in ("leading", "double", "hypothetical", "all"):
        assert ours[kind]["precision"] >= RIGHT, kind
    assert ours["all"]["precision"] >= theirs["all"]["precision"] + 0.3
    assert ours["all"]["recall"] >= 0.6


@with_talks
def test_hints_about_whose_words_a_quote_is_are_right() -> None:
    pairs = [(one.text, one.writers) for one in labelled_sentences(DATA) if one.half == "report"]
    found = own_words_figures(pairs, is_retold)
    assert found["precision"] >= RIGHT
    assert found["recall"] >= 0.6


def test_hints_about_made_up_write_ups_and_questions_are_right() -> None:
    meanings = [one for one in labelled_meanings() if one.half == "report"]
    given = [one for one in meanings if so_what(one.meaning, one.happened, one.quotes) is not None]
    assert len(given) >= 15
    assert sum(one.says != "says" for one in given) >= RIGHT * len(given)
    found = questions_figures([one for one in made_up_questions() if one.half == "report"], rules)
    assert found["selling"]["precision"] >= RIGHT
    assert found["hypothetical"]["precision"] >= RIGHT
