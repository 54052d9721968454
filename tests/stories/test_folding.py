"""Text as names are compared in it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from stories.folding import fold, folded


@settings(max_examples=50)
@given(st.text(st.characters(max_codepoint=127)))
def test_plain_letters_are_folded_as_they_are_beside_others(text: str) -> None:
    accented = folded(f"{text}É")
    alone = folded(text)
    assert fold(text) == alone.text == fold(f"{text}É").removesuffix("e") == accented.text[:-1]
    assert list(alone.origin) == list(accented.origin)[:-1]
    assert list(alone.upper) == list(accented.upper)[:-1]


def test_accents_capitals_and_typographers_signs_make_no_difference() -> None:
    assert fold("Ørsted’s Łódź—Ⅳ") == fold("orsted's lodz-iv")
