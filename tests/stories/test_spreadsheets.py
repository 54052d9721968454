"""No cell of an export is a formula to a spreadsheet."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.spreadsheets import safe_cell


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "＝", " =", "\u00a0@"])
def test_what_begins_like_a_formula_is_quoted(begins: str) -> None:
    assert safe_cell(f"{begins}cmd|' /C calc'!A0") == f"'{begins}cmd|' /C calc'!A0"


def test_plain_words_stay_as_they_are() -> None:
    assert safe_cell("a = b, 3-4") == "a = b, 3-4"


@given(st.text())
@settings(max_examples=60)
def test_no_cell_begins_with_a_sign_that_spreadsheets_obey(text: str) -> None:
    assert not safe_cell(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t"))
