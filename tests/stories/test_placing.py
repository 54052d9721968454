"""Long writing is cut where it reads well, and nothing of it goes missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from stories.forms import LONGEST, Form
from stories.mrkdwn import as_typed
from stories.note_taking import laid_in
from stories.placing import cut, parts_of, unplaced

TODAY = date(2026, 11, 16)


def test_a_text_that_fits_is_left_alone() -> None:
    assert cut("short", 5) == ("short", "")


def test_a_long_text_is_cut_after_a_paragraph_a_sentence_or_a_word() -> None:
    assert cut("One two.\n\nThree four five.", 14) == ("One two.", "Three four five.")
    assert cut("One two. Three four five.", 14) == ("One two.", "Three four five.")
    assert cut("One two three four", 14) == ("One two three", "four")
    assert cut("x" * 20, 14) == ("x" * 14, "x" * 6)


@given(st.text(max_size=400), st.integers(1, 60))
def test_parts_fit_and_hold_every_letter(text: str, most: int) -> None:
    parts = parts_of(text, most)
    assert all(len(part) <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_only_sentences_that_stand_in_no_field_are_left() -> None:
    form = Form(happened="The bank refused it.", quotes=("At midnight!",))
    notes = "The bank refused it. She cried.\n“At midnight!” she said.\n\n- and then"
    assert unplaced(notes, form) == "She cried.\nshe said.\n- and then"


def test_everything_is_placed_once_it_was_copied() -> None:
    notes = "First line\n\nSecond, with “marks”. Third."
    assert unplaced(notes, Form(happened=notes)) == ""
    assert unplaced("# What happened\nFirst line", Form(happened="First line")) == ""


def test_a_message_reads_as_it_was_typed() -> None:
    text = "a &lt;b&gt; &amp; <https://x.test/a|the list>, <https://x.test>"
    text += ", <@U1|ana>, <@U2>, <#C1|pilot>, <!channel>"
    assert as_typed(text) == "a <b> & the list, https://x.test, @ana, @somebody, #pilot, @channel"


def test_marks_that_were_typed_are_not_taken_for_slacks() -> None:
    assert as_typed("&lt;https://x.test|label&gt; &lt;!channel&gt;") == "<https://x.test|label> <!channel>"


def test_notes_without_parts_are_what_happened() -> None:
    form = laid_in(Form(), "She rang. The bank had refused her file.", today=TODAY)
    assert form.happened == "She rang. The bank had refused her file."
    assert form.title == ""


def test_notes_fill_empty_fields_alone() -> None:
    notes = "# A bad Friday\n\n## What happened\nThe file was refused.\n\n> I did it by hand."
    form = laid_in(Form(happened="My words", name="Nia"), notes, today=TODAY)
    assert (form.happened, form.name) == ("My words", "Nia")
    assert form.quotes == ("I did it by hand.",)
    assert form.title == "A bad Friday"


def test_each_field_takes_what_fits() -> None:
    long = "She said it again and again. " * 400
    form = laid_in(Form(), f"## What happened\n{long}\n\n> {'I am so tired of it. ' * 80}", today=TODAY)
    assert 1500 < len(form.happened) <= LONGEST["happened"]
    assert len(form.quotes) > 1
    assert all(len(quote) <= LONGEST["quote"] for quote in form.quotes)
    assert replace(form, quotes=(), happened="", title="", talked_on="", name="") == Form()
