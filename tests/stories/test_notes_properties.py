"""Whatever stands in a file, reading it ends, and everything found is where it is said to be."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.errors import UserError
from stories.notes import read_notes

TODAY = date(2026, 11, 22)
FRAGMENTS = """\
---|# Goals|## Interview 1|## Interview 2|### *x*|**Ada:** we bake at night, all of us, always|Ada: yes
Q: why?|Date: 03/04/2024|date: [1, 2]|> “so it is with us” - State|===|```|![x](y)|[a](b(c))|**|“
"four words or more|(00:12)|\u202e|\t- x|1. "a b c d"|| a | b |"""
PIECES = FRAGMENTS.replace("\n", "|").split("|")


def refusal(data: bytes) -> str:
    """Why the file is refused; empty when it is read."""
    try:
        assert read_notes("notes.md", data, today=TODAY)
    except UserError as refused:
        return refused.message
    return ""


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=30).map("\n".join))
def test_any_notes_are_read_and_their_evidence_is_there(text: str) -> None:
    if reason := refusal(text.encode()):
        assert "“notes.md”" in reason
        return
    found = read_notes("notes.md", text.encode(), today=TODAY)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").split("\n")
    for notes in found:
        assert notes.title.value
        numbers = [notes.title.line, notes.line, *(person.line for person in notes.people)]
        numbers += [quote.line for quote in notes.quotes]
        assert all(0 <= number <= len(lines) for number in numbers)
        for part in (notes.wanted, notes.happened, notes.meaning):
            assert part is None or part.value.strip()
        if notes.talked_on is not None:
            assert notes.talked_on.value <= notes.talked_on.until


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_a_reason(data: bytes) -> None:
    reason = refusal(data)
    assert not reason or "“notes.md”" in reason


@pytest.mark.parametrize(
    "unit",
    [
        "**Ada:** we bake at night and sleep by day\n\n",
        "[[![<a<!-- “*a_b`~~",
        "## Goals\n\nx: y\n",
        "> “one two three four” - State\n",
        "**{word}:** so it is\n",
    ],
)
@pytest.mark.timeout(30)
def test_a_very_long_file_comes_to_an_end_whatever_is_in_it(unit: str) -> None:
    text = "".join(
        unit.format(word=chr(65 + at % 26) + "abcdefghij"[at % 9] * (at % 97)) for at in range(5_000)
    )
    assert read_notes("notes.md", b"# Talk with " + text.encode()[:60_000], today=TODAY)
