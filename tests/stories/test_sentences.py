"""Sentences begin and end where they were said to, and trimming only leaves out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.sentences import sentences, trim
from stories.text import shortened

TALK = (
    "We kept the rota on paper. It got wet, of course! So I typed it in again, every Monday at 6 a.m. sharp. "
    'My boss said, "Why not both?" and left. Now nobody knows which one is right.'
)
PIECES = st.sampled_from(
    [
        *(
            "We tried it.",
            "Then it broke!",
            "Why?",
            "I use .NET now.",
            "About 3.5 days.",
            "他很好。",
            "نعم، لكنها بطيئة.",
        ),
        *(
            "e.g. this",
            "\n",
            "…",
            "a.b",
            "Dr. Ash rang.",
            "\u200f",
            "no end",
            " ",
            "\t",
            "wait...",
            "(So we left.)",
            "\u2028",
            "İ",
        ),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=300), st.lists(PIECES, max_size=30).map(" ".join), st.lists(PIECES).map("".join)
)


def texts(text: str) -> list[str]:
    return [part.text for part in sentences(text)]


def test_abbreviations_quotes_and_names_with_dots_do_not_end_a_sentence() -> None:
    assert texts("I use .NET and Node.js, e.g. here. It is 70% .NET.") == [
        "I use .NET and Node.js, e.g. here.",
        "It is 70% .NET.",
    ]
    assert texts(TALK)[3] == 'My boss said, "Why not both?" and left.'


def test_a_line_end_after_a_mark_ends_a_sentence_and_one_within_does_not() -> None:
    assert texts('She said "no."\nThen she\nleft.') == ['She said "no."', "Then she\nleft."]


@pytest.mark.parametrize(
    "text", ["Then we …", "We had to—", "so we left.", "Costs", "Our costs:", "…", "What we\nNext steps."]
)
def test_what_was_broken_off_or_glued_together_is_not_whole(text: str) -> None:
    assert not any(part.whole for part in sentences(text))


@pytest.mark.parametrize(
    "text", ["We left.", '"We left!"', "Why?", "3 days.", "他很好。", "לא הצלחנו.", "We\nleft."]
)
def test_a_sentence_with_a_beginning_and_an_end_is_whole(text: str) -> None:
    (part,) = sentences(text)
    assert part.whole


@given(TEXTS)
def test_sentences_stand_in_the_text_in_order_with_only_space_between(text: str) -> None:
    end = 0
    for part in sentences(text):
        assert text[part.start : part.end] == part.text != ""
        assert text[end : part.start].strip() == ""
        end = part.end
    assert text[end:].strip() == ""


def test_trimming_marks_each_stretch_that_is_left_out_once() -> None:
    assert trim(TALK, {0, 4}) == "We kept the rota on paper. … Now nobody knows which one is right."
    assert trim(TALK, [1]) == "… It got wet, of course! …"
    assert trim(TALK, range(5)) == TALK


@pytest.mark.parametrize("keep", [set(), {5}, {-1}, {0, 9}])
def test_trimming_to_nothing_or_to_what_is_not_there_is_refused(keep: set[int]) -> None:
    with pytest.raises(ValueError, match="sentences 0 to 4"):
        trim(TALK, keep)


@given(TEXTS.filter(lambda text: bool(sentences(text))), st.data())
def test_trimming_never_rewrites(text: str, data: st.DataObject) -> None:
    parts = texts(text)
    keep = data.draw(st.sets(st.integers(0, len(parts) - 1), min_size=1))
    trimmed = trim(text, keep)
    if len(keep) == len(parts):
        assert trimmed == text
        return
    rest = trimmed
    for at, part in enumerate(parts):
        if at in keep:
            assert rest.startswith(part)
            rest = rest.removeprefix(part).removeprefix(" ")
        elif at == 0 or at - 1 in keep:
            assert rest.startswith("…")
            rest = rest.removeprefix("…").removeprefix(" ")
    assert rest == ""


@pytest.mark.parametrize(
    "text", ["a" * 120_000, "Hi. " * 15_000, ".\"'" * 30_000, "\n" * 80_000, "(" * 80_000, "a\nB" * 30_000]
)
@pytest.mark.timeout(30)
def test_hostile_text_comes_to_an_end(text: str) -> None:
    assert sum(part.end - part.start for part in sentences(text)) <= len(text)


def test_what_is_longer_than_fits_is_cut_after_a_word_even_where_there_is_none() -> None:
    assert shortened("one two three", 10) == "one two…"
    assert shortened(" " * 300, 100) == "…"
