from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.search import asking, facets, fusing, highlighting, spelling
from stories.search.asking import Narrowed, Search
from stories.search.codes import likeness, nearest, signs, small
from stories.search.frequent import rare


def test_a_question_is_looked_for_by_the_words_that_say_something() -> None:
    assert asking.terms("Why do the customers leave us?") == ("customers", "leave", "us")
    assert asking.terms("what is it") == ("what", "is", "it"), "rather than for nothing"
    assert asking.terms("…!") == ()
    assert len(asking.terms(" ".join(f"word{n}" for n in range(99)))) == asking.MOST_WORDS


def test_somebody_is_shown_what_everybody_may_see_and_their_own() -> None:
    asked = Search(workspace_id="T1", user_id="U1", words="x", today=date(2026, 11, 16))
    assert tuple(asking.marks(asked)) == ((facets.visible_to("T1"), facets.visible_to("T1", "U1")),)
    assert facets.visible_to("T1", "U1") != facets.visible_to("T1", "U2")
    assert facets.visible_to("T1") != facets.visible_to("T2")


def test_a_span_of_time_is_its_months() -> None:
    assert len(facets.months(date(2025, 12, 31), date(2026, 2, 1))) == 3
    asked = Search(
        workspace_id="T1",
        user_id="U1",
        words="x",
        today=date(2026, 11, 16),
        narrowed=Narrowed(when="quarter"),
    )
    assert asked.since == date(2026, 8, 16)


@given(st.text(max_size=30))
def test_a_mark_is_one_word_for_any_index(value: str) -> None:
    assert facets.of_segment(value.replace("\ud800", "")).isalnum()


def test_words_and_meaning_both_count() -> None:
    by_words = {1: 3.0, 2: 1.0}
    assert fusing.fused(by_words, {}, 0.5)[0][0] == 1
    assert fusing.fused(by_words, {1: 0.0, 2: 0.9, 3: 0.8}, 2.0)[0][0] == 2
    assert fusing.fused({}, {}, 1.0) == []
    assert [one for one, _ in fusing.fused({5: 1.0, 4: 1.0}, {}, 1.0)] == [4, 5]


def test_the_part_that_answers_is_shown_with_its_words() -> None:
    text = "Nothing here at all. " * 30 + "Her invoices came late, and the invoicing failed." + " More." * 90
    pieces = highlighting.excerpt(text, ("invoice",))
    assert [piece for piece, bold in pieces if bold] == ["invoices", "invoicing"]
    assert pieces[0] == ("…", False)
    assert pieces[-1] == ("…", False)
    assert sum(len(piece) for piece, _ in pieces) <= highlighting.LONGEST + 2
    assert highlighting.held(("invoices", "late", "zebra"), text) == 2
    assert highlighting.held(("art",), "a party started") == 0


@given(st.text(max_size=600), st.lists(st.text("abcdefgh", min_size=1, max_size=5), max_size=3))
def test_a_shown_part_adds_nothing(text: str, terms: list[str]) -> None:
    shown = "".join(piece for piece, _ in highlighting.excerpt(text, terms))
    assert shown.strip("…") in " ".join(text.split()) or "…" in text


@pytest.mark.parametrize(
    ("typed", "meant"), [("invocie", "invoice"), ("delivrey", "delivery"), ("zebra", ""), ("invoice", "")]
)
def test_a_slip_is_taken_for_the_nearest_word(typed: str, meant: str) -> None:
    assert spelling.most_like(typed, ["An invoice came.", "Delivery on Monday", "inventory"]) == meant


def test_small_vectors_keep_what_is_near() -> None:
    chance = np.random.default_rng(1)
    vectors = chance.normal(size=(500, 256)).astype(np.float32)
    query = vectors[7] + 0.3 * chance.normal(size=256).astype(np.float32)
    stored = small(vectors)
    alike = likeness(query, [one.tobytes() for one in stored])
    exact = vectors @ query / np.linalg.norm(vectors, axis=1) / np.linalg.norm(query)
    assert np.abs(alike - exact).max() < 0.01
    assert nearest(signs(query[None, :])[0], signs(vectors), 3)[0] == 7
    assert len(nearest(signs(query[None, :])[0], signs(vectors), 3)) == 3
    assert likeness(query, [b"\0" * 256]).tolist() == [0.0]
    assert likeness(query, []).tolist() == []


@pytest.mark.parametrize(
    ("said", "words", "narrowed"),
    [
        ("late invoices", "late invoices", Narrowed()),
        ("late theme:billing invoices", "late invoices", Narrowed(theme="billing")),
        ('Theme:"slow pages" segment:large', "", Narrowed(theme="slow pages", segment="large")),
        ("theme: billing at x:theme:y", "theme: billing at x:theme:y", Narrowed()),
        ("späte thema:„kalte Öfen“ um 12:30", "späte um 12:30", Narrowed(theme="kalte Öfen")),
    ],
)
def test_what_is_typed_can_narrow_the_results(said: str, words: str, narrowed: Narrowed) -> None:
    assert asking.typed(said, Narrowed()) == (words, narrowed)


def test_words_that_only_hold_a_question_together_are_left_out_in_german_too() -> None:
    assert asking.terms("Was ist mit den kalten Öfen?") == ("den", "kalten", "öfen")


def test_the_rarest_words_are_looked_for_in_all_that_was_said() -> None:
    assert rare({"the": 900, "price": 40, "pylon": 2}, 50) == ("pylon", "price")
    assert rare({"the": 900, "price": 60}, 50) == ()
